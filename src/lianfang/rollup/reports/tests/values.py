"""Invented figures, values and units for the properties of the papers' rules."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from lianfang.ground.figures.form_f01 import SECTIONS
from lianfang.ground.figures.rules import Figure, Kind, Override, Source, State, Value
from lianfang.rollup.reports.rules.bulletin import Content, UnitReport, compose
from lianfang.rollup.reports.rules.states import ReportState

MOMENT = datetime(2020, 1, 31, 8, 20, tzinfo=UTC)
DAY = date(2020, 1, 31)
CODES = (
    *("headcount_total", "in_town", "not_returned", "close_contacts", "confirmed", "symptomatic"),
    *("home_isolation", "masks_balance", "disinfectant_balance", "petitions_new", "unheard_of"),
)


def figure(code: str, kind: Kind = Kind.WHOLE) -> Figure:
    additive = kind is not Kind.TEXT
    return Figure(code, f"Label of {code}", "Means", "persons", additive, "staff", 1, kind=kind)


FIGURES = [
    *(figure(code) for code in CODES if code != "disinfectant_balance"),
    figure("disinfectant_balance", Kind.DECIMAL),
    figure("duty_leader", Kind.TEXT),
]
assert "staff" in SECTIONS

numbers = st.one_of(
    st.integers(0, 10**6),
    st.decimals(0, 10**6, places=2, allow_nan=False).map(Decimal),
)


@st.composite
def values(draw: st.DrawFn) -> Value:
    state = draw(st.sampled_from(State))
    source = draw(st.sampled_from(Source))
    if state is not State.NUMBER:
        return Value(None, state, source, missing=1 if state is State.UNKNOWN else 0)
    if draw(st.booleans()):
        return Value(None, state, Source.TYPED, text=draw(st.text(min_size=1, max_size=20)))
    number = draw(numbers)
    override = draw(st.none() | st.just(Override(number, "told by phone", "Clerk", MOMENT)))
    derived = number if source is Source.DERIVED else None
    if override is not None:
        derived = draw(st.integers(0, 99))
    return Value(number, state, source, derived, override)


tables = st.dictionaries(st.sampled_from(CODES), values())


@st.composite
def units(draw: st.DrawFn) -> UnitReport:
    number = draw(st.integers(1, 999))
    state = draw(st.sampled_from(ReportState))
    came = state in {ReportState.SUBMITTED, ReportState.ACCEPTED}
    return UnitReport(
        code=f"U{number}",
        name=f"企业 {number}",
        sector=draw(st.sampled_from(["food", "energy"])),
        state=state,
        version=draw(st.integers(0, 3)),
        submitted_at=MOMENT if came else None,
        late=draw(st.booleans()),
        values=draw(tables),
        previous=draw(tables),
        stale=not came,
        owes=draw(st.booleans()),
        nested=draw(st.booleans()),
        new_issues=draw(st.sampled_from(["", "15:51 南门 1 人发热\n已转诊"])),
        help_needed=draw(st.sampled_from(["", "请调拨口罩"])),
    )


groups = st.lists(units(), max_size=6, unique_by=lambda unit: unit.code)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    found = draw(groups)
    lines, missing = compose(FIGURES[: draw(st.integers(0, len(FIGURES)))], found)
    return Content(
        group="G",
        group_name="江海集团",
        day=DAY,
        number=draw(st.integers(1, 200)),
        as_of=MOMENT,
        units=found,
        lines=lines,
        remark=draw(st.sampled_from(["", "注意保暖\n错峰用餐"])),
        missing=missing,
        errata=[],
    )


def plain(values: Mapping[str, int]) -> dict[str, Value]:
    return {code: Value(n, State.NUMBER, Source.TYPED) for code, n in values.items()}
