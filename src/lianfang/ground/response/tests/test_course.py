from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response.rules import (
    Method,
    TurningPoint,
    Verdict,
    countdown,
    day_number,
    turning_point,
)
from lianfang.ground.response.rules.turning import means

#: New cases a day of one city from 22 January 2020 on.
CITY = (2, 2, 4, 8, 14, 28, 54, 58, 55, 14, 24, 26, 49, 24, 32, 25, 17, 10, 16, 10, 7, 9, 6, 3, 3)
METHOD = Method(Decimal(20), 3, 7)


def series(*told: int) -> dict[date, int]:
    return {date(2020, 1, 22) + timedelta(days=step): new for step, new in enumerate(told)}


def known_on(day: date) -> TurningPoint:
    return turning_point({d: new for d, new in series(*CITY).items() if d <= day}, METHOD)


def test_the_turning_point_is_stated_on_the_seventh_of_february_and_not_earlier() -> None:
    assert known_on(date(2020, 1, 31)).verdict is Verdict.NOT_YET
    assert known_on(date(2020, 2, 6)).verdict is Verdict.NOT_YET
    found = known_on(date(2020, 2, 7))
    assert found.verdict is Verdict.REACHED
    assert found.since == date(2020, 2, 7)
    assert found.peak is not None
    assert (found.peak.day, found.peak.value) == (date(2020, 2, 3), Decimal(40))
    assert known_on(date(2020, 2, 15)).since == date(2020, 2, 7)


def test_a_week_without_numbers_says_nothing() -> None:
    assert turning_point({}, METHOD).verdict is Verdict.TOO_FEW
    assert turning_point(series(1, 2, 3), METHOD).verdict is Verdict.TOO_FEW


def test_a_missing_day_is_a_gap_and_no_zero() -> None:
    told = series(*CITY)
    del told[date(2020, 2, 5)]
    unknown = [mean.day for mean in means(told, 7) if mean.value is None]
    assert date(2020, 2, 5) in unknown
    assert date(2020, 2, 11) in unknown
    assert turning_point(told, METHOD).verdict is Verdict.REACHED
    until = {day: new for day, new in told.items() if day <= date(2020, 2, 13)}
    assert turning_point(until, METHOD).verdict is Verdict.NOT_YET


def test_a_series_of_zeros_never_turns() -> None:
    assert turning_point(series(*([0] * 20)), METHOD).verdict is Verdict.NOT_YET


@given(st.lists(st.integers(0, 100), min_size=7, max_size=40))
def test_a_stated_turning_point_rests_on_three_days_under_the_limit(told: list[int]) -> None:
    found = turning_point(series(*told), METHOD)
    assert (found.since is not None) == (found.verdict is Verdict.REACHED)
    assert (found.days_under >= METHOD.days) == (found.verdict is Verdict.REACHED)


def test_ten_days_are_counted_from_the_first_to_the_last() -> None:
    start = date(2020, 1, 29)
    third = countdown(start, 10, date(2020, 1, 31))
    assert (third.day, third.of, third.left, third.running) == (3, 10, 7, True)
    last = countdown(start, 10, date(2020, 2, 7))
    assert (last.day, last.left, last.last, last.running) == (10, 0, date(2020, 2, 7), True)
    assert not countdown(start, 10, date(2020, 2, 8)).running
    assert countdown(start, 10, date(2020, 1, 28)).day == 0
    assert day_number(date(2020, 1, 23), date(2020, 1, 31)) == 9
