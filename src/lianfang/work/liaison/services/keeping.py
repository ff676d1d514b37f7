"""Logging a call or visit in one tap, and completing it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext

from lianfang.ground.command import queries as command
from lianfang.ground.command.models import Appointment
from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.sealing import seal
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.standing import OPEN
from lianfang.ground.loops.services import finish
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import myself, name_of
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response import queries as responses
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.rules.contacts import (
    NAME_LENGTH,
    PLACE_LENGTH,
    TEXT_LENGTH,
    How,
    Sort,
)

REMINDER = "liaison.contact"
NO_RESPONSE = msgid("No epidemic response is in force; begin one first.")
NOBODY = msgid("This unit has no liaison leader for whom it could be logged.")
NOT_YET = msgid("This is in the future.")
NOT_YOURS = msgid("Only whoever logged a call completes it.")
CHANGED = msgid("This was completed in the meantime; open it again.")
PASSED = msgid("The day of the next call has passed.")
TOO_LONG = msgid("Not more than %(limit)s characters.")
CALLED = msgid("The call or visit is in the log.")
SEALED = ("said", "measure", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """What is told of a call or visit; one tap tells nothing but that it was."""

    how: str = How.PHONE.value
    sort: str = Sort.CALL.value
    happened_at: datetime | None = None
    with_name: str = ""
    with_post: str = ""
    place: str = ""
    said: str = field(default="", repr=False)
    measure: str = field(default="", repr=False)
    told: str = field(default="", repr=False)
    next_on: date | None = None
    instead: bool = False


@act("contacts.log")
def log(actor: Actor, unit: Unit, line: ContactLine) -> Contact:
    """Log that somebody was in touch with a unit: his own call, or that of its liaison leader."""
    now = clock.now()
    row = _row(actor, unit, line, now)
    row.save(force_insert=True)
    _answer_reminders(actor, [unit], now)
    return row


@log.together
def _log_all(actor: Actor, items: Sequence[Pending[Contact]]) -> Sequence[Contact]:
    """Log many at once, each reminder of their units answered once."""
    now, units, rows = clock.now(), [], []
    for item in items:
        unit, line = item.where, item.told.args[0]
        if not isinstance(unit, Unit) or not isinstance(line, ContactLine):
            raise TypeError(item)
        units.append(unit)
        rows.append(_row(actor, unit, line, now))
    Contact.objects.bulk_create(rows)
    _answer_reminders(actor, units, now)
    return rows


@act("contacts.complete")
def complete(actor: Actor, former: Contact, line: ContactLine) -> Contact:
    """Say more about a call that was logged: a fuller row takes the place of the one before."""
    if former.by != actor.who:
        raise NotYourself(NOT_YOURS)
    if Contact.objects.filter(replaces=former).exists():
        raise Conflict(CHANGED)
    row = _row(actor, former.unit, line, former.happened_at)
    row.leader, row.leader_name, row.replaces = former.leader, former.leader_name, former
    row.recorded_at = clock.now()
    row.save(force_insert=True)
    return row


def _row(actor: Actor, unit: Unit, line: ContactLine, moment: datetime) -> Contact:
    now, response = clock.now(), responses.current(actor)
    if response is None:
        raise Conflict(NO_RESPONSE)
    at = line.happened_at or moment
    if at > now:
        raise BadInput(NOT_YET, field="happened_at")
    if line.next_on is not None and line.next_on < localtime(now).date():
        raise BadInput(PASSED, field="next_on")
    leader, name = _leader(actor, unit, line, now)
    row = Contact(
        pk=ids.new(),
        response=response,
        unit=unit,
        leader=leader,
        leader_name=name,
        happened_at=at,
        day=operating_day(at, get_default_timezone(), unit.day_starts),
        how=How(line.how),
        sort=Sort(line.sort),
        with_name=_short(line.with_name, NAME_LENGTH, "with_name"),
        with_post=_short(line.with_post, PLACE_LENGTH, "with_post"),
        place=_short(line.place, PLACE_LENGTH, "place"),
        next_on=line.next_on,
        recorded_at=now,
        by=actor.who,
        by_name=name_of(actor),
        via=actor.via,
    )
    for column in SEALED:
        text = _short(getattr(line, column), TEXT_LENGTH, column)
        setattr(row, column, seal(row, column, text))
    return row


def _leader(actor: Actor, unit: Unit, line: ContactLine, now: datetime) -> tuple[User | None, str]:
    """Return whose call it was: one's own, or that of the liaison leader for whom it is logged."""
    if not line.instead:
        return myself(actor), name_of(actor) or str(unit)
    rows = command.liaisons(actor, localtime(now).date())
    named: Appointment | None = command.by_unit(rows).get(unit.pk)
    if named is None:
        raise Conflict(NOBODY)
    return named.user, named.name


def _answer_reminders(actor: Actor, units: Sequence[Unit], now: datetime) -> None:
    rows = Loop.objects.filter(OPEN, kind=REMINDER, unit__in=units).select_related("unit")
    for loop in rows:
        finish(loop, actor, now, gettext(CALLED))


def _short(text: str, limit: int, field_: str) -> str:
    said = text.strip()
    if len(said) > limit:
        raise BadInput(TOO_LONG, field=field_, limit=limit)
    return said
