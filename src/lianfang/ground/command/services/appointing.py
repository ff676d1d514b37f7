"""Filling the seats of a unit's command, one dated row for each holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.ground.command.models import Appointment
from lianfang.ground.command.rules.seats import (
    DUTY_LENGTH,
    NAME_LENGTH,
    OWN,
    REASON_LENGTH,
    TITLE_LENGTH,
    Seat,
    Span,
    ended,
    refuse_taken,
)
from lianfang.ground.command.services.dated import Entered, close, entered, hold, short, why
from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.sealing import seal
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.services.units import sort_key
from lianfang.kernel import ids, masks
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_NAME = msgid("Say who: choose an account, or type a name.")
NO_SUCH_SEAT = msgid("Choose a seat.")
BY_THE_GROUP = msgid("The group names who looks after a company: use the page of liaison leaders.")
THERE = msgid("%(name)s sits in this seat already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """Who takes which seat from which day on; `until` is the first day without it."""

    seat: str
    since: date
    name: str = ""
    user: User | None = None
    title: str = ""
    duty: str = ""
    phone: str = ""
    reason: str = ""
    until: date | None = None


@act("command.appoint", tells=("seat",))
def appoint(actor: Actor, unit: Unit, line: AppointmentLine) -> Appointment:
    """Put somebody into a seat of a unit's command."""
    _own(line.seat)
    by = entered(actor)
    hold(unit)
    return _enter(unit, line, by)


@appoint.together
def _appoint_all(actor: Actor, items: Sequence[Pending[Appointment]]) -> Sequence[Appointment]:
    """Do it for many at once; what is not the first of its seat is looked at one by one."""
    by = entered(actor)
    rows = []
    for item in items:
        unit, line = item.where, item.told.args[0]
        if not isinstance(unit, Unit) or not isinstance(line, AppointmentLine):
            raise TypeError(item)
        _own(line.seat)
        rows.append((unit, line))
    hold(*(unit for unit, _ in rows))
    return [_enter(unit, line, by) for unit, line in rows]


@act("command.replace")
def replace(actor: Actor, former: Appointment, line: AppointmentLine) -> Appointment:
    """Put a successor into a seat; the one before leaves it on the day on which he begins."""
    _own(former.seat, line.seat)
    by, reason = entered(actor), why(line.reason)
    hold(former.unit)
    former.refresh_from_db()
    close(former, line.since, reason, by)
    return _enter(former.unit, line, by)


@act("command.end")
def end(actor: Actor, held: Appointment, until: date, reason: str) -> Appointment:
    """Let somebody leave a seat; the seat stands empty until it is filled."""
    _own(held.seat)
    by, said = entered(actor), why(reason)
    hold(held.unit)
    held.refresh_from_db()
    close(held, until, said, by)
    return held


@act("command.liaison")
def name_liaison(actor: Actor, unit: Unit, line: AppointmentLine) -> Appointment:
    """Name who of the group's leaders looks after a unit, in the place of whoever did (R87)."""
    by = entered(actor)
    hold(unit)
    open_rows = {"unit": unit, "response": by.response, "seat": Seat.LIAISON, "valid_to": None}
    former = Appointment.objects.filter(**open_rows).first()
    if former is not None:
        close(former, line.since, why(line.reason), by)
    return _enter(unit, line, by)


def _own(*seats: str) -> None:
    """Refuse a unit what the group alone decides: who of its leaders looks after the unit."""
    if Seat.LIAISON in seats:
        raise BadInput(BY_THE_GROUP, field="seat")


def _enter(unit: Unit, line: AppointmentLine, by: Entered) -> Appointment:
    if line.seat not in {*OWN, Seat.LIAISON}:
        raise BadInput(NO_SUCH_SEAT, field="seat")
    name = short(line.name or (line.user.name if line.user else ""), NAME_LENGTH, "name")
    if not name:
        raise BadInput(NO_NAME, field="name")
    wanted = Span(line.since)
    if line.until is not None:
        wanted = ended(wanted, line.until)
    held = list(Appointment.objects.filter(unit=unit, response=by.response, seat=line.seat))
    refuse_taken(line.seat, wanted, [(each.name, each.span) for each in held])
    if any(each.name == name and each.valid_to is None for each in held):
        raise Conflict(THERE, field="name", name=name)
    row = Appointment(
        pk=ids.new(),
        unit=unit,
        seat=line.seat,
        user=line.user,
        name=name,
        title=short(line.title, TITLE_LENGTH, "title"),
        duty=short(line.duty, DUTY_LENGTH, "duty"),
        place=1 + max((each.place for each in held), default=0),
        valid_from=line.since,
        valid_to=line.until,
        reason=short(line.reason, REASON_LENGTH, "reason"),
        sort_key=sort_key(name),
        **by.columns,
    )
    phone = line.phone.strip()
    row.phone, row.phone_mask = seal(row, "phone", phone), masks.phone(phone)
    row.save(force_insert=True)
    return row
