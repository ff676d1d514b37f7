"""The progress of the day: who has reported, who is missing and whom to call, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor
from lianfang.rollup.board.queries.numbers import Numbers
from lianfang.rollup.board.queries.table import Report, report_of
from lianfang.rollup.board.rules.line import Line, Sent, line
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries import bulletin_of
from lianfang.rollup.reports.queries.chasing import Button, button, chase_from
from lianfang.rollup.reports.queries.hours import due_on, dues_on, release_of
from lianfang.rollup.reports.queries.pages import holders
from lianfang.rollup.reports.queries.unreleased import unreleased
from lianfang.rollup.reports.rules.states import ReportState

NAMED = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A company whose report is missing, what it is at, and who writes it."""

    unit: Unit
    report: Report
    returned: bool
    filling: bool
    clerk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The strip over the board."""

    came: int
    owing: int
    late: int
    in_time: int
    line: Line
    due: datetime
    dues: Mapping[UUID, datetime]
    release: datetime
    release_over: bool
    missing: Sequence[Missing]
    more: int
    out: int
    over: bool
    marked: int
    absent: int
    bulletin: Bulletin | None
    unreleased: Sequence[date]
    sees_bulletin: bool
    chase: Button | None


def progress(actor: Actor, told: Numbers, pack: Pack) -> Progress:
    """Return how far the reports of the day are."""
    due, release = due_on(actor, told.day), release_of(pack, told.day)
    dues = dues_on(actor, told.day, told.units)
    reports = [(unit, report_of(told, unit, dues[unit.pk])) for unit in told.units]
    came = [report for _, report in reports if report.came]
    out = [(unit, report) for unit, report in reports if not report.came]
    named = _named(actor, told, out[:NAMED])
    marked = sum(1 for unit, _ in out if unit.pk in told.yesterday.sent)
    sees = told.whole and bool(actor.reaches("bulletins.read"))
    return Progress(
        came=len(came),
        owing=len(reports),
        late=sum(1 for _, report in reports if report.late),
        in_time=sum(1 for report in came if not report.late),
        line=line([Sent(str(u), r.at, r.late) for u, r in reports], due, release, told.as_of),
        due=due,
        dues=dues,
        release=release,
        release_over=told.as_of > release,
        missing=named,
        more=len(out) - len(named),
        out=len(out),
        over=told.as_of > due,
        marked=marked,
        absent=len(out) - marked,
        bulletin=bulletin_of(actor, told.day) if sees else None,
        sees_bulletin=sees,
        unreleased=unreleased(actor, told.day) if sees else (),
        chase=button(actor, told.day, len(out)) if told.as_of > due - chase_from(pack) else None,
    )


def _named(actor: Actor, told: Numbers, out: Sequence[tuple[Unit, Report]]) -> Sequence[Missing]:
    held = holders(actor, [unit for unit, _ in out])
    return [
        Missing(
            unit,
            report,
            report.state is ReportState.RETURNED,
            unit.pk in told.filling,
            held.get((unit.pk, Role.CLERK), ""),
        )
        for unit, report in out
    ]
