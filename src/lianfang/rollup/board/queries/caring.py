"""The liaison leader's phone page: my units, red first, the day's state and the last call."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianfang.ground.command import queries as command
from lianfang.ground.command.queries.rows import on
from lianfang.ground.command.rules.seats import Seat
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.rollup.board.queries.loops import Open, by_unit
from lianfang.rollup.board.rules.caring import Care
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.hours import dues_on
from lianfang.rollup.reports.rules.states import ReportState, counts, report_state
from lianfang.work.liaison import queries as liaison
from lianfang.work.liaison.queries import UnitTouch

LOG = "contacts.log"
#: Whom a leader calls: who heads the work at the company, and who runs its office.
CALLED = (Seat.HEAD, Seat.OFFICE_HEAD)
SHORTEST = 7


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to call: who he is, and his number as a mask; it is opened by a tap."""

    id: UUID
    name: str
    seat: str
    mask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaredFor:
    """A unit on the page, with the day that it is there."""

    unit: Unit
    day: date
    care: Care
    report: ReportState
    came_at: datetime | None
    late: bool
    due: datetime
    loops: Open
    touch: UnitTouch
    phones: Sequence[str]
    callees: Sequence[Callee]


@dataclass(frozen=True, slots=True)
class Caring:
    """The page of one liaison leader."""

    day: date
    units: Sequence[CaredFor]
    grave: int
    quiet: int
    covers: bool


def caring(actor: Actor) -> Caring:
    """Return the actor's own units, those in trouble first."""
    now, day = clock.now(), reports.today()
    units = list(command.looked_after(actor, day, LOG))
    by_day: dict[date, list[Unit]] = defaultdict(list)
    for unit in units:
        by_day[reports.today(unit)].append(unit)
    rows = [each for on_day, some in by_day.items() for each in _units(actor, some, on_day, now)]
    found = sorted(rows, key=lambda each: (each.care.rank, each.unit.path))
    grave = sum(1 for each in found if each.care.sign == "bad")
    quiet = sum(1 for each in found if each.care.out_of_touch)
    return Caring(day, found, grave, quiet, covers=bool(actor.reaches("contacts.export")))


def _units(actor: Actor, units: Sequence[Unit], day: date, now: datetime) -> Sequence[CaredFor]:
    newest = reports.newest(actor, day)
    dues = dues_on(actor, day, units)
    asked = {unit.pk for unit in reports.asked_of(actor, units, day, now)}
    loops = by_unit(actor, units, now)
    touches = {each.unit.pk: each for each in liaison.touches(actor, units, now)}
    callees = _callees(actor, units, day)
    return [
        _unit(
            unit,
            day,
            (newest.get(unit.pk), dues[unit.pk], now, unit.pk in asked),
            loops[unit.pk],
            touches[unit.pk],
            callees[unit.pk],
        )
        for unit in units
    ]


def _unit(
    unit: Unit,
    day: date,
    told: tuple[DailyReport | None, datetime, datetime, bool],
    loops: Open,
    touch: UnitTouch,
    callees: Sequence[Callee],
) -> CaredFor:
    report, due, now, asked = told
    state = report_state(frozen.times_of(report))
    late = (asked or report is not None) and frozen.came_late(report, due, now)
    came = report.submitted_at if report is not None and counts(state) else None
    return CaredFor(
        unit=unit,
        day=day,
        care=Care(
            report_late=late and came is None,
            returned=state is ReportState.RETURNED,
            loops_late=loops.late,
            out_of_touch=touch.late,
        ),
        report=state,
        came_at=came,
        late=late,
        due=due,
        loops=loops,
        touch=touch,
        phones=_lines_of(unit.phone),
        callees=callees,
    )


def _callees(actor: Actor, units: Sequence[Unit], day: date) -> Mapping[UUID, Sequence[Callee]]:
    rows = command.appointments(actor, "command.phone").filter(
        on(day), unit__in=[unit.pk for unit in units], seat__in=CALLED
    )
    found: dict[UUID, list[Callee]] = defaultdict(list)
    for row in rows:
        if row.phone_mask:
            word = command.seat_word(row.seat)
            found[row.unit_id].append(Callee(row.pk, row.name, word, row.phone_mask))
    return found


def _lines_of(phone: str) -> Sequence[str]:
    """Return the office's telephones, which stand side by side in one column."""
    found = [part for part in phone.split() if sum(map(str.isdigit, part)) >= SHORTEST]
    return found or ([phone] if phone else [])
