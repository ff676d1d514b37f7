"""Of whom something is missing that has to be completed (待补): shown, never an error."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import PERSONS, place
from lianfang.ground.figures.registry import Family, declare_family
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.texts import msgid
from lianfang.people.register.figures.standing import (
    OPEN,
    READ,
    Counted,
    counted,
    dated,
    new_figure,
    show,
)
from lianfang.people.register.models import Membership, Person
from lianfang.people.register.queries.people import lacks
from lianfang.people.register.rules.words import Population

FAMILY = "register.completeness"
COUNTS: Mapping[str, Q] = MappingProxyType(
    {
        "to_complete": Q(population=Population.STAFF),
        "onsite_to_complete": Q(population=Population.ON_SITE),
    }
)


def _people(actor: Actor, act: str, day: date, as_of: datetime) -> QuerySet[Membership]:
    """Return the memberships of everybody of whom something is missing: few, so they lead."""
    few = visible(Person, OPERATOR, READ).filter(lacks()).order_by()
    return dated(Membership, actor, act, day, as_of).filter(person__in=few.values("pk"))


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count of whom something is missing, by unit, all at once."""
    return counted(_people(actor, READ, day, as_of), COUNTS)


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Membership]:
    """Return the memberships of those of whom something is missing."""
    found = _people(actor, OPEN, day, as_of).filter(COUNTS[code], unit__in=units)
    return found.select_related("person").order_by("person__sort_key", "pk")


declare_family(Family(FAMILY, "register", count, rows, show=show))
new_figure(
    FAMILY,
    "to_complete",
    msgid("Staff: to be completed"),
    msgid("Staff without staff number, document or telephone, as the register stands now."),
    (place("staff", 9), "staff", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_to_complete",
    msgid("On site: to be completed"),
    msgid("People on site without document or telephone, as the register stands now."),
    (place("onsite", 9), "onsite", PERSONS),
)
