"""How many there are of the staff and on site, by the way in which they belong to a unit."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.figures.form_f01 import PERSONS, place
from lianfang.ground.figures.registry import Family, declare_family, derive
from lianfang.kernel.actor import Actor
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
from lianfang.people.register.models import Membership
from lianfang.people.register.rules.words import ON_SITE, STAFF, Employment

FAMILY = "register.memberships"

#: Which ways of belonging each figure counts.
WAYS: Mapping[str, tuple[Employment, ...]] = MappingProxyType(
    {
        "headcount_total": STAFF,
        "headcount_regular": (Employment.REGULAR,),
        "headcount_dispatched": (Employment.DISPATCHED,),
        "headcount_temporary": (Employment.TEMPORARY,),
        "headcount_outsourced": (Employment.OUTSOURCED,),
        "headcount_intern": (Employment.INTERN,),
        "onsite_total": ON_SITE,
        "onsite_stall_holders": (Employment.STALL_HOLDER,),
        "onsite_stall_workers": (Employment.STALL_WORKER,),
        "onsite_tenants": (Employment.TENANT,),
        "onsite_contractors": (Employment.CONTRACTOR,),
    }
)
COUNTS = {code: Q(employment__in=ways) for code, ways in WAYS.items()}


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count everybody who belongs to a unit, by unit and way of belonging, all at once."""
    return counted(dated(Membership, actor, READ, day, as_of), COUNTS)


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Membership]:
    """Return the memberships that a figure counts."""
    found = dated(Membership, actor, OPEN, day, as_of)
    found = found.filter(COUNTS[code], unit__in=units)
    return found.select_related("person").order_by("person__sort_key", "pk")


declare_family(Family(FAMILY, "register", count, rows, show=show))
derive(
    FAMILY,
    "headcount_total",
    "headcount_regular",
    "headcount_dispatched",
    "headcount_temporary",
    "headcount_outsourced",
    "onsite_total",
)
new_figure(
    FAMILY,
    "headcount_intern",
    msgid("of these: interns"),
    msgid("On the roster as interns."),
    (place("staff", 6), "staff", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_stall_holders",
    msgid("of these: stall holders"),
    msgid("Who runs a stall; somebody with several stalls counts once."),
    (place("onsite", 3), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_stall_workers",
    msgid("of these: stall workers"),
    msgid("Who works for a stall holder and is registered by name."),
    (place("onsite", 4), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_tenants",
    msgid("of these: tenants"),
    msgid("Who rents in a building or works for somebody who does."),
    (place("onsite", 5), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_contractors",
    msgid("of these: contractors"),
    msgid("Who works on site for a contractor and is not on the roster."),
    (place("onsite", 6), "onsite", PERSONS),
)
