"""Which people somebody may see or work on, and how one of them is found."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.sealing import blind
from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Exposure, Person, PersonalLink
from lianfang.people.register.rules.words import Population, SealedColumn

READ = "people.read"


def people(actor: Actor, act: str = READ) -> QuerySet[Person]:
    """Return the people to whom the actor may do this."""
    return visible(Person, actor, act).select_related("unit", "site", "stall")


def person(actor: Actor, key: UUID, act: str = READ) -> Person:
    """Return one person, or say that there is none."""
    return get_object_or_404(people(actor, act), pk=key)


def told_by_number(actor: Actor, number: str, act: str = READ) -> QuerySet[Person]:
    """Return who has exactly this document or this telephone; its index is looked up, not it."""
    document = Q(document_index=blind(number, SealedColumn.DOCUMENT))
    phone = Q(phone_index=blind(number, SealedColumn.PHONE))
    return people(actor, act).filter(document | phone)


def exposure(actor: Actor, key: UUID, act: str = READ) -> Exposure:
    """Return one piece of history, or say that there is none."""
    found = visible(Exposure, actor, act).select_related("person__unit")
    return get_object_or_404(found, pk=key)


def link(actor: Actor, person: Person, act: str = "links.make") -> PersonalLink | None:
    """Return the personal link of somebody that opens his page now."""
    found = visible(PersonalLink, actor, act).filter(person=person, revoked_at=None)
    return found.filter(expires_at__gt=clock.machine()).first()


def linked(actor: Actor, people: Sequence[Person], act: str = "links.make") -> int:
    """Return how many of these people have a link that opens their page now."""
    found = visible(PersonalLink, actor, act).filter(revoked_at=None)
    found = found.filter(expires_at__gt=clock.machine())
    return found.filter(person__in=[person.pk for person in people]).count()


def lacks(prefix: str = "") -> Q:
    """Return the condition under which something is missing of a person (待补)."""
    bare = Q((f"{prefix}document_index", None)) | Q((f"{prefix}phone_index", None))
    unnumbered = Q((f"{prefix}population", Population.STAFF), (f"{prefix}person_no", ""))
    return bare | unnumbered
