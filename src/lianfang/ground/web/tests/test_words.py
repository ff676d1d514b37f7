"""Numbers, times and distances as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.web import lunar, words

DUE = datetime(2020, 1, 31, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (3928, "3,928"),
        (-400, "-400"),
        (36.5, "36.5"),
        (Decimal("12.00"), "12"),
        (Decimal("1400.50"), "1,400.5"),
        (Decimal("1E+3"), "1,000"),
        (None, ""),
    ],
)
def test_a_number_has_its_thousands_apart_and_no_empty_decimals(
    value: words.Number | None, written: str
) -> None:
    assert words.counted(value) == written


def test_a_time_of_day_is_the_time_at_the_place() -> None:
    assert words.clocktime(DUE) == "17:00"
    assert words.stamp(DUE) == "1-31 17:00"


def test_days_are_written_in_the_readers_language() -> None:
    day = date(2020, 1, 31)
    with translation.override("zh-hans"):
        assert words.long_day(day) == "2020 年 1 月 31 日"
        assert words.weekday(day) == "周五"
        assert words.lunar_day(day) == "正月初七"
    with translation.override("en"):
        assert words.long_day(day) == "31 Jan 2020"
        assert words.weekday(day) == "Fri"
        assert words.lunar_day(day) == ""


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2020, 1, 24), "腊月三十"),
        (date(2020, 1, 25), "正月初一"),
        (date(2020, 2, 8), "正月十五"),
        (date(2020, 2, 13), "正月二十"),
        (date(2020, 2, 14), "正月廿一"),
        (date(2020, 5, 23), "闰四月初一"),
        (date(1850, 1, 1), ""),
    ],
)
def test_a_day_has_its_lunar_name(day: date, named: str) -> None:
    assert lunar.name(day) == named


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_every_day_of_two_centuries_has_a_lunar_name(day: date) -> None:
    assert "月" in lunar.name(day)


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (timedelta(minutes=39, seconds=42), "39 min left"),
        (timedelta(0), "0 min left"),
        (timedelta(hours=2), "2 hours left"),
        (timedelta(days=1, hours=1, minutes=5), "1 day 1 hour left"),
        (timedelta(minutes=-20), "20 min late"),
        (timedelta(hours=-2, minutes=-20), "2 hours 20 min late"),
    ],
)
def test_the_distance_to_a_due_time_comes_in_its_largest_units(gap: timedelta, said: str) -> None:
    with translation.override("en"):
        assert words.left(DUE, DUE - gap) == said


def test_a_distance_is_said_in_chinese_too() -> None:
    with translation.override("zh-hans"):
        assert words.left(DUE, DUE - timedelta(minutes=39)) == "还剩 39 分"
        assert words.left(DUE, DUE + timedelta(hours=2, minutes=20)) == "已迟 2 小时 20 分"
