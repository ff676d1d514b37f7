"""The reports that are owed for a day, and who writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.hours import due_on, dues_on
from lianfang.rollup.reports.queries.occasions import units_of_day
from lianfang.rollup.reports.queries.pages import holders
from lianfang.rollup.reports.rules.states import ReportState, report_state


@dataclass(frozen=True, slots=True)
class DayLine:
    """A unit's report in the list of a day."""

    unit: Unit
    report: DailyReport | None
    state: ReportState
    late: bool
    clerk: str


@dataclass(frozen=True, slots=True)
class DayList:
    """The reports of a day as a list."""

    day: date
    due: datetime
    lines: Sequence[DayLine]
    owing: int
    missing: int

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.day + timedelta(days=1)


def day_list(actor: Actor, day: date, state: str = "", text: str = "") -> DayList:
    """Return the reports that the units in sight owe for a day, the missing ones first."""
    now = clock.now()
    units = units_of_day(actor, day, now)
    due, dues = due_on(actor, day), dues_on(actor, day, units)
    newest, held = frozen.newest(actor, day), holders(actor, units)
    lines = [
        DayLine(
            unit,
            newest.get(unit.pk),
            report_state(frozen.times_of(newest.get(unit.pk))),
            frozen.came_late(newest.get(unit.pk), dues[unit.pk], now),
            held.get((unit.pk, Role.CLERK), ""),
        )
        for unit in units
    ]
    shown = [line for line in lines if state in {"", line.state} and _matches(line.unit, text)]
    order = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SUBMITTED, ReportState.ACCEPTED)
    shown.sort(key=lambda line: (order.index(line.state), line.unit.path))
    out = sum(1 for line in lines if line.state in {ReportState.DRAFT, ReportState.RETURNED})
    return DayList(day, due, shown, len(lines), out)


def _matches(unit: Unit, text: str) -> bool:
    """Find a unit by code, name, pinyin with or without spaces, or the first letters of it."""
    words = f"{unit.code} {unit.name} {unit.short_name} {unit.sort_key}".lower()
    initials = "".join(word[0] for word in unit.sort_key.split())
    wanted = text.lower()
    return wanted in words or wanted in words.replace(" ", "") or wanted in initials


def missing_units(actor: Actor, day: date, act: str) -> Sequence[Unit]:
    """Return the units whose report of a day is missing, among those this may be done to."""
    missing = [
        line.unit.pk
        for line in day_list(actor, day).lines
        if line.state in {ReportState.DRAFT, ReportState.RETURNED}
    ]
    return list(orgs.units(actor, act).filter(pk__in=missing))
