"""Opening the day's obligations to report, and chasing those who have not met theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.loops import services as loops
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import Posting, To, post_all
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.queries.occasions import asked_units, is_every_day
from lianfang.rollup.reports.rules.days import day_in_key, loop_key

REPORT = "daily_report"
TITLE = msgid("Daily report of %(day)s")
CHASED = msgid("The group waits for the daily report of %(day)s, due at %(time)s.")
IN_TIME = msgid("This report is in; there is nothing to chase.")


@dataclass(frozen=True, slots=True)
class Opened:
    """The loops that a day has opened."""

    subjects: tuple[UUID, ...]


@act("reports.open_day")
def open_day(actor: Actor, nowhere: None, day: date) -> Opened:
    """Open the loop of every unit that owes a report of a day; done twice it opens nothing."""
    now = clock.now()
    if response.current(actor) is None:
        return Opened(())
    units = asked_units(actor, day, now)
    dues = queries.dues_on(actor, day, units)
    known = set(Loop.objects.filter(kind=REPORT, key__startswith=f"{day}:").values_list("key"))
    openings = [
        loops.Opening(
            kind=KINDS[REPORT],
            unit=unit,
            key=loop_key(unit.pk, day),
            title=Sentence(TITLE, {"day": day}),
            due=dues[unit.pk],
        )
        for unit in units
        if (loop_key(unit.pk, day),) not in known
    ]
    return Opened(tuple(loop.pk for loop in loops.begin_all(actor, openings, now)))


def unopened(actor: Actor, now: datetime) -> Sequence[date]:
    """Return the days since the last opened one of which a unit owes a report, with no loop yet.

    A day on which the clock did not run is opened afterwards: its silence has to be seen.
    """
    begun = response.current(actor)
    if begun is None:
        return ()
    day = queries.day_at(now)
    units = asked_units(actor, day, now)
    known = Loop.objects.filter(kind=REPORT, response=begun).order_by("-key").first()
    last = min(day_in_key(known.key), day) if known and is_every_day(actor, now) else day
    days = [last + timedelta(days=passed) for passed in range((day - last).days + 1)]
    keys = {each: [loop_key(unit.pk, each) for unit in units] for each in days}
    every = [key for each in days for key in keys[each]]
    there = set(Loop.objects.filter(kind=REPORT, key__in=every).values_list("key", flat=True))
    return [each for each in days if not there.issuperset(keys[each])]


@act("reports.chase")
def chase(actor: Actor, unit: Unit, day: date) -> Unit:
    """Remind clerk and principal of a unit that its report is waited for."""
    if queries.is_in(actor, unit, day):
        raise Conflict(IN_TIME)
    now = clock.now()
    due = queries.due_on(actor, day, unit)
    sentence = Sentence(CHASED, {"day": day, "time": due})
    post_all([_posting(actor, unit, day, role, sentence, now) for role in CHASED_ROLES], now)
    return unit


CHASED_ROLES = (Role.CLERK, Role.PRINCIPAL)


def _posting(
    actor: Actor, unit: Unit, day: date, role: Role, sentence: Sentence, now: datetime
) -> Posting:
    return Posting(
        to=To(unit=unit, role=role),
        sentence=sentence,
        kind=NoticeKind.REMINDER,
        key=f"report:{unit.pk}:{day}:{role}:{actor.who}:{now:%H%M}",
        url=f"/reports/{day}/{unit.code}/",
    )
