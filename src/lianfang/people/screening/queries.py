"""The status of people, now and at an instant that has passed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import NUMBERED, Person
from lianfang.people.screening.judging import READ, evaluate
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Standing, Status, unknown

NOBODY = msgid("There is nobody here of whom you may know this.")


def status_of(actor: Actor, person: Person, at: datetime | None = None) -> Standing:
    """Return a person's status now, or what was decided of him at an instant that has passed."""
    now = clock.now()
    if at is None or at >= now:
        return evaluate([_one(actor, Q(pk=person.pk))], now)[0]
    decision = decisions(actor, person).filter(at__lte=at).first()
    return unknown(person.pk, at, "decision") if decision is None else _told(decision, at)


def person(actor: Actor, key: str) -> Person:
    """Return a person by his UUID or staff number, if the actor may see his status."""
    try:
        return _one(actor, Q(pk=UUID(key)))
    except ValueError:
        return _one(actor, NUMBERED & Q(person_no=key))


def decisions(actor: Actor, person: Person) -> QuerySet[Decision]:
    """Return what was decided of a person, the latest first."""
    return visible(Decision, actor, READ).filter(person=person).order_by("-at", "-id")


def history(actor: Actor, person: Person, most: int = 30) -> list[Standing]:
    """Return the latest changes of a person's status, the newest first."""
    return [_told(row, row.at) for row in decisions(actor, person)[:most]]


def _one(actor: Actor, named: Q) -> Person:
    rows = visible(Person, actor, READ).select_related("unit", "site")
    found = rows.filter(named).first()
    if found is None:
        raise NotAllowed(NOBODY)
    return found


def _told(row: Decision, at: datetime) -> Standing:
    return Standing(
        person=row.person_id,
        status=Status(row.status),
        reasons=tuple(row.reasons),
        rule=row.rule,
        pack_id=row.pack_id,
        pack_version=row.pack_version,
        as_of=at,
        facts=row.facts,
    )
