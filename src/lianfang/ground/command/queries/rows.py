"""The rows of the command structure that somebody may see, of the response in force."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.command.models import (
    Appointment,
    AppointmentPaper,
    Charge,
    Letter,
    Undertaking,
)
from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as responses
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once
from lianfang.kernel.refusals import NotAllowed

READ = "command.read"


def response_key(actor: Actor) -> UUID | None:
    """Return the key of the response in force, looked up once a page."""
    return once(("response in force", actor.reaches("response.read")), lambda: _current(actor))


def unit_here(actor: Actor, code: str, act: str = READ) -> Unit:
    """Return the unit of an address, on which the actor may do this, or nothing to be found."""
    found = orgs.unit_by_code(actor, code, act)
    if found is None:
        raise NotAllowed(NOTHING_HERE)
    return found


def appointments(actor: Actor, act: str = READ) -> QuerySet[Appointment]:
    """Return the appointments of the response in force on which the actor may do this."""
    rows = visible(Appointment, actor, act).filter(response=response_key(actor))
    return rows.select_related("unit", "user")


def appointment(actor: Actor, key: UUID, act: str = READ) -> Appointment:
    """Return one appointment, or say that there is none."""
    return get_object_or_404(appointments(actor, act), pk=key)


def charges(actor: Actor, act: str = READ) -> QuerySet[Charge]:
    """Return which departments answer for lines of work, on which the actor may do this."""
    rows = visible(Charge, actor, act).filter(response=response_key(actor))
    return rows.select_related("unit", "department")


def charge(actor: Actor, key: UUID, act: str = READ) -> Charge:
    """Return one charge, or say that there is none."""
    return get_object_or_404(charges(actor, act), pk=key)


def letters(actor: Actor, act: str = READ) -> QuerySet[Letter]:
    """Return the versions of the letter of responsibility, the oldest first."""
    return visible(Letter, actor, act).filter(response=response_key(actor))


def newest_letter(actor: Actor) -> Letter:
    """Return the version that is to be signed, or say that there is none."""
    found = letters(actor, "command.sign").last()
    if found is None:
        raise NotAllowed(NOTHING_HERE)
    return found


def undertakings(actor: Actor, act: str = READ) -> QuerySet[Undertaking]:
    """Return who signed the letter, the last word of each company last."""
    rows = visible(Undertaking, actor, act).filter(response=response_key(actor))
    return rows.select_related("unit", "letter", "file")


def papers(actor: Actor, act: str = READ) -> QuerySet[AppointmentPaper]:
    """Return the notices of appointment that were issued, the newest first."""
    rows = visible(AppointmentPaper, actor, act).filter(response=response_key(actor))
    return rows.select_related("unit")


def paper(actor: Actor, key: UUID, act: str = READ) -> AppointmentPaper:
    """Return one notice of appointment, or say that there is none."""
    return get_object_or_404(papers(actor, act), pk=key)


def on(day: date) -> Q:
    """Return the condition of dated rows that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def units_of(actor: Actor, kinds: Collection[str], act: str = READ) -> QuerySet[Unit]:
    """Return the units of these kinds that the actor sees, superiors first."""
    return visible(Unit, actor, act).filter(kind__in=sorted(kinds)).order_by("path")


def _current(actor: Actor) -> UUID | None:
    found = responses.current(actor)
    return found.pk if found else None
