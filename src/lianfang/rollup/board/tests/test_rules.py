from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.figures.rules import Override, Source, State, Value
from lianfang.rollup.board.rules.bridge import bridge, told
from lianfang.rollup.board.rules.columns import (
    CODES,
    COLUMNS,
    COVER,
    ROSTER,
    Population,
    groups,
    shown,
)
from lianfang.rollup.board.rules.curve import HIGH, curve
from lianfang.rollup.board.rules.heat import (
    Limits,
    Sign,
    cell,
    cover,
    cover_cell,
    rank,
    sign_of,
    tint,
    written,
)
from lianfang.rollup.board.rules.line import Sent, line
from lianfang.rollup.board.rules.opening import Reader, Start, start

DUE = datetime(2020, 1, 31, 8, tzinfo=UTC)
RELEASE = DUE + timedelta(hours=1)
LIMITS = Limits(
    {"close_contacts": [(Sign.BAD, Decimal(1))], "history": [(Sign.WARN, Decimal(1))]},
    Decimal(3),
    Decimal(5),
)


def typed(value: int | None, state: State = State.NUMBER, missing: int = 0) -> Value:
    return Value(value, state, Source.TYPED, missing=missing)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


moments = st.none() | st.integers(-600, 600).map(lambda minutes: DUE + timedelta(minutes=minutes))
reports = st.lists(st.builds(Sent, st.just("江海面粉"), moments, st.booleans()), max_size=30)


@given(reports, st.integers(-900, 900))
def test_every_report_that_came_stands_within_the_line(sent: Sequence[Sent], minutes: int) -> None:
    drawn = line(sent, DUE, RELEASE, DUE + timedelta(minutes=minutes))
    came = [mark for mark in drawn.marks if mark.at is not None]
    assert len(came) == sum(1 for each in sent if each.at is not None)
    assert all(0 <= percent(mark.x) <= 100 for mark in came)
    places = [(mark.x, mark.y) for mark in came]
    assert len(drawn.ticks) >= 2
    assert all(mark.late for mark in drawn.marks if mark.at is None)
    assert percent(drawn.due) <= percent(drawn.release)
    assert len(places) == len(came)


def test_dots_that_would_touch_stand_above_each_other() -> None:
    at = DUE - timedelta(minutes=30)
    drawn = line([Sent(str(n), at, late=False) for n in range(3)], DUE, RELEASE, DUE)
    assert len({mark.y for mark in drawn.marks}) == 3


def test_whoever_is_late_and_out_stands_behind_the_line_of_now() -> None:
    sent = [Sent("A", None, late=True), Sent("B", None, late=False)]
    drawn = line(sent, DUE, RELEASE, DUE + timedelta(minutes=20))
    assert [(mark.name, mark.at) for mark in drawn.marks] == [("A", None)]
    assert percent(drawn.marks[0].x) > percent(drawn.now)
    night = line(sent, DUE, RELEASE, DUE + timedelta(hours=9))
    assert night.now == ""
    assert not night.marks


@pytest.mark.parametrize("many", [1, 24, 400])
def test_however_many_are_late_they_stand_within_the_line(many: int) -> None:
    came = [Sent("B", DUE, late=False)]
    sent = [Sent(str(n), None, late=True) for n in range(many)] + came
    drawn = line(sent, DUE, RELEASE, RELEASE + timedelta(minutes=30))
    out = [mark for mark in drawn.marks if mark.at is None]
    assert len(out) == many
    assert all(percent(drawn.now) < percent(mark.x) < 98.5 for mark in out)
    assert min(mark.y for mark in out) >= 30


def test_the_line_goes_on_to_now_for_some_hours() -> None:
    soon = line([], DUE, RELEASE, RELEASE + timedelta(hours=2))
    assert percent(soon.release) < percent(soon.now) < 100


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_tint_is_one_of_five_and_grows_with_the_share(number: int, whole: int) -> None:
    found = tint(number, whole)
    assert 0 <= found <= 4
    assert tint(number, whole * 2) <= found


@pytest.mark.parametrize(("number", "expected"), [(4, 0), (5, 1), (10, 2), (15, 3), (20, 4)])
def test_the_steps_of_the_tint_are_a_twentieth_of_the_roster_each(
    number: int, expected: int
) -> None:
    assert tint(number, 100) == expected


def test_a_sign_stands_only_where_the_pack_draws_a_line() -> None:
    assert sign_of("close_contacts", 1, LIMITS) is Sign.BAD
    assert sign_of("close_contacts", 0, LIMITS) is Sign.NONE
    assert sign_of("close_contacts", None, LIMITS) is Sign.NONE
    assert sign_of("history", 3, LIMITS) is Sign.WARN
    assert sign_of("in_town", 300, LIMITS) is Sign.NONE
    assert sign_of("close_contacts", 1, Limits({})) is Sign.NONE


@pytest.mark.parametrize(
    ("stock", "used", "text", "sign"),
    [
        (28, 20, "1.4", Sign.BAD),
        (84, 20, "4.2", Sign.WARN),
        (100, 20, "5.0", Sign.NONE),
        (900, 20, "20+", Sign.NONE),
    ],
)
def test_the_days_of_cover_are_marked_by_the_packs_two_lines(
    stock: int, used: int, text: str, sign: Sign
) -> None:
    found = cover_cell(COVER, typed(stock), typed(used), LIMITS)
    assert (found.text, found.sign, found.state) == (text, sign, State.NUMBER)
    assert cover_cell(COVER, typed(stock), typed(used), Limits({})).sign is Sign.NONE


def test_the_four_values_are_never_shown_alike() -> None:
    unknown, never = typed(None, State.UNKNOWN, 1), typed(None, State.NOT_ASKED)
    assert cell("in_town", typed(0), LIMITS).zero
    assert cell("in_town", unknown, LIMITS).state is State.UNKNOWN
    assert cell("in_town", never, LIMITS).state is State.NOT_ASKED
    assert cell("in_town", typed(None), LIMITS).state is State.UNKNOWN
    assert cover_cell(COVER, typed(5), typed(0), LIMITS).state is State.NOT_APPLICABLE
    assert cover_cell(COVER, typed(5), unknown, LIMITS).state is State.UNKNOWN
    assert cover_cell(COVER, typed(5), never, LIMITS).state is State.UNKNOWN
    assert cover_cell(COVER, never, never, LIMITS).state is State.NOT_ASKED


def test_a_corrected_and_a_partial_number_say_so() -> None:
    told_by = Override(6, "told by phone", "Clerk", DUE)
    value = Value(6, State.NUMBER, Source.DERIVED, 5, told_by, missing=2)
    found = cell("in_town", value, LIMITS, whole=60)
    assert (found.corrected, found.missing, found.tint, found.text) == (True, 2, 2, "6")


def test_numbers_are_written_with_their_thousands() -> None:
    assert [written(each) for each in (None, 1234, Decimal("12.50"))] == ["", "1,234", "12.5"]
    assert cover(None, 3) is None


def test_whoever_stands_out_more_comes_first() -> None:
    calm = [cell("in_town", typed(3), LIMITS)]
    warned = [cell("history", typed(3), LIMITS)]
    grave = [cell("close_contacts", typed(1), LIMITS)]
    assert sorted([calm, grave, warned], key=rank) == [grave, warned, calm]


people = st.frozensets(st.integers(0, 30))


@given(people, people, st.integers(0, 40))
def test_a_bridge_always_adds_up(before: frozenset[int], now: frozenset[int], number: int) -> None:
    found = bridge(before, now, number)
    assert found is not None
    assert found.yesterday + found.new - found.gone + found.correction == found.today
    assert found.correction_size >= 0
    assert found.moved == bool(before or number or now - before)


def test_a_bridge_of_typed_numbers_is_shown_only_when_it_balances() -> None:
    found = told(5, 2, 1, 6)
    assert found is not None
    assert (found.yesterday, found.new, found.gone, found.today) == (5, 2, 1, 6)
    assert told(5, 2, 1, 7) is None
    assert told(None, 2, 1, 6) is None
    assert bridge((), (), None) is None


days = st.dates(date(2020, 1, 1), date(2020, 3, 31))


@given(
    st.dictionaries(days, st.integers(0, 50_000), max_size=60), st.none() | st.tuples(days, days)
)
def test_a_curve_stays_within_its_frame(
    series: Mapping[date, int], campaign: tuple[date, date] | None
) -> None:
    found = curve(series, campaign)
    assert (found is None) == (not series)
    if found is None:
        return
    assert len(found.bars) <= 28
    for bar in found.bars:
        assert 0 <= bar.height <= HIGH + 1
        assert bar.y + bar.height == HIGH
        assert 0 <= percent(bar.x) <= 100
    assert sum(1 for bar in found.bars if bar.last) <= 1


def test_a_curve_runs_on_to_the_end_of_the_campaign() -> None:
    series = {date(2020, 1, 20 + n): n for n in range(11)}
    found = curve(series, (date(2020, 1, 30), date(2020, 2, 8)))
    assert found is not None
    assert (found.bars[0].day, found.bars[-1].day) == (date(2020, 1, 20), date(2020, 2, 8))
    assert found.campaign == ("50.00%", "50.00%")
    assert found.top == 10
    over = curve(series, (date(2019, 1, 1), date(2019, 1, 9)))
    assert over is not None
    assert over.campaign is None


def test_columns_of_which_nothing_is_known_are_left_out() -> None:
    known = {"headcount_total", "not_returned", "confirmed", COVER}
    quiet = shown(COLUMNS[Population.STAFF], known, {"headcount_total"})
    assert [column.code for column in quiet] == ["headcount_total", "not_returned", COVER]
    told_of = shown(COLUMNS[Population.STAFF], known, {"confirmed"})
    assert "confirmed" in [column.code for column in told_of]
    assert groups(quiet)[0] == (ROSTER, 1)
    assert not shown(COLUMNS[Population.ON_SITE], known, known)


def test_every_column_but_the_cover_is_counted_with() -> None:
    for columns in COLUMNS.values():
        assert {column.code for column in columns} - {COVER} <= set(CODES)


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (Reader(sees_board=True, own_reports=2, is_person=True), Start.BOARD),
        (Reader(sees_board=False, own_reports=1, is_person=True), Start.REPORT),
        (Reader(sees_board=False, own_reports=2, is_person=False), Start.REPORTS),
        (Reader(sees_board=False, own_reports=0, is_person=True), Start.CHECK_IN),
        (Reader(sees_board=False, own_reports=0, is_person=False), Start.RAIL),
    ],
)
def test_a_day_begins_with_the_widest_view_of_ones_work(reader: Reader, expected: Start) -> None:
    assert start(reader) is expected
