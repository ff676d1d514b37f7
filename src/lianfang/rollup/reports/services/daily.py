"""Sending a daily report, accepting it, or giving it back."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext

from lianfang.ground.doors.act import act
from lianfang.ground.loops import services as loops
from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as response
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.rules import Hand
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import DailyReport, ReportFigure
from lianfang.rollup.reports.queries.pages import facts_of
from lianfang.rollup.reports.queries.standing import Entry, Standing
from lianfang.rollup.reports.rules.days import loop_key
from lianfang.rollup.reports.rules.states import DAILY_REPORT, ReportState, Signing
from lianfang.rollup.reports.services.obligations import REPORT

CONTRADICTS = msgid("The report contradicts itself; mend what its page shows first.")
SAYS_NOTHING = msgid("Write what is new today, or tick that this is a zero report.")
NOT_SIGNED = msgid("The principal has not signed the numbers as they stand now.")
IN_ALREADY = msgid("The report is with the group and has not been sent back.")
NOT_WAITING = msgid("This report does not wait for an answer any more.")
OWN_REPORT = msgid("Whoever sent a report cannot be the one who accepts it.")
SAY_WHY = msgid("Say what the unit should mend.")
DOES_NOT_OWE = msgid("This unit owes no daily report.")


@act("reports.submit")
def submit(actor: Actor, unit: Unit, day: date) -> DailyReport:
    """Send a unit's report of a day as the numbers stand; the zero report is a report too."""
    now = clock.now()
    standing = queries.standing(actor, unit, response.countable(actor, unit, day))
    _refuse_unsound(standing)
    report = DailyReport.objects.create(
        response=standing.response,
        unit=unit,
        day=day,
        version=standing.version + 1,
        as_of=standing.as_of,
        due=standing.due,
        came_at=standing.came_at or now,
        zero=standing.zero,
        new_issues=standing.new_issues,
        help_needed=standing.help_needed,
        submitted_at=now,
        submitted_by=actor.who,
        submitted_by_name=orgs.name_of(actor),
        signatures=_hands(actor, standing, now),
    )
    _close_sheet(actor, standing, report)
    counted = queries.counted_ids(actor, standing)
    ReportFigure.objects.bulk_create(
        [_frozen(report, entry, counted.get(entry.figure.code, b"")) for entry in standing.entries]
    )
    note = gettext("version %(n)d") % {"n": report.version} if report.version > 1 else ""
    _move_loop(actor, report, loops.finish_anew, note)
    return report


@act("reports.accept")
def accept(actor: Actor, report: DailyReport) -> DailyReport:
    """Accept a report that somebody else has sent; it is frozen from now on."""
    report = _unsettled(actor, report)
    report.accepted_at = clock.now()
    report.accepted_by, report.accepted_by_name = actor.who, orgs.name_of(actor)
    report.save(update_fields=["accepted_at", "accepted_by", "accepted_by_name"])
    _move_loop(actor, report, loops.confirm)
    return report


@act("reports.return")
def give_back(actor: Actor, report: DailyReport, reason: str) -> DailyReport:
    """Give a report back with what should be mended; the next version takes its place."""
    report = _unsettled(actor, report)
    if not reason.strip():
        raise BadInput(SAY_WHY, field="reason")
    report.returned_at, report.return_reason = clock.now(), reason.strip()
    report.returned_by, report.returned_by_name = actor.who, orgs.name_of(actor)
    report.save(update_fields=["returned_at", "returned_by", "returned_by_name", "return_reason"])
    _move_loop(actor, report, loops.send_back, report.return_reason)
    return report


def _refuse_unsound(standing: Standing) -> None:
    if not standing.owes:
        raise Conflict(DOES_NOT_OWE)
    if standing.state in {ReportState.SUBMITTED, ReportState.ACCEPTED} and not standing.changed:
        raise Conflict(IN_ALREADY)
    if standing.contradictions:
        raise Conflict(CONTRADICTS)
    if not standing.says_something:
        raise Conflict(SAYS_NOTHING)
    if Signing.PRINCIPAL not in standing.signed:
        raise Conflict(NOT_SIGNED)


def _hands(actor: Actor, standing: Standing, now: datetime) -> list[list[str]]:
    """Return the names under the numbers that go; whoever sends them has filled them in."""
    valid = [each for each in standing.signatures if each.valid]
    hands = [
        Hand(
            part=each.part,
            name=each.name,
            at=each.at,
            stead=each.stead,
            recorder=each.recorder,
            heard=each.heard,
        )
        for each in valid
    ]
    if Signing.FILLER not in standing.signed and actor.who not in {each.who for each in valid}:
        own = signatures.own_hand(actor, signing.seat_of(actor, standing.unit.path, {Role.CLERK}))
        hands.insert(0, Hand(part=Signing.FILLER, name=own.name, at=now, stead=own.stead))
    order = list(Signing)
    return [h.plain() for h in sorted(hands, key=lambda h: order.index(Signing(h.part)))]


def _close_sheet(actor: Actor, standing: Standing, report: DailyReport) -> None:
    """Let nobody be owed a signature any more under a report that has gone."""
    key = loop_key(report.unit_id, report.day)
    sheet = signing.of_paper(actor, DAILY_REPORT, key)
    if sheet is not None:
        signatures.close(actor, sheet, report.submitted_at, facts_of(standing))


def _unsettled(actor: Actor, report: DailyReport) -> DailyReport:
    """Return a report as it is now, held until the end of the act, if it waits for an answer."""
    rows = DailyReport.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.get(pk=report.pk)
    newest = DailyReport.objects.filter(unit=row.unit, day=row.day).last()
    if newest != row or row.accepted_at or row.returned_at:
        raise Conflict(NOT_WAITING)
    if row.submitted_by == actor.who:
        raise NotYourself(OWN_REPORT)
    return row


def _frozen(report: DailyReport, entry: Entry, counted: bytes) -> ReportFigure:
    override = entry.override
    return ReportFigure(
        report=report,
        code=entry.figure.code,
        value=entry.value.value,
        text=entry.value.text,
        state=entry.value.state,
        source=entry.value.source,
        missing=entry.value.missing,
        derived=entry.derived,
        override_reason=override.reason if override else "",
        override_by=override.by_name if override else "",
        override_at=override.recorded_at if override else None,
        counted=counted,
    )


Step = Callable[[Loop, Actor, datetime, str], Loop]


def _move_loop(actor: Actor, report: DailyReport, step: Step, note: str = "") -> None:
    """Let the obligation to report follow its report, where one is open and was not waived."""
    key = loop_key(report.unit_id, report.day)
    loop = Loop.objects.filter(kind=REPORT, key=key).first()
    if loop is not None and loop.waived_at is None:
        step(loop, actor, clock.now(), note)
