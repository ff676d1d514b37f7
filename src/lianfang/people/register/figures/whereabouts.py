"""Who is in town, not yet back or of unknown whereabouts: the three add up to everybody."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
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
from lianfang.people.register.models import Movement
from lianfang.people.register.queries.policy import policy_at
from lianfang.people.register.rules.words import Population

FAMILY = "register.whereabouts"

#: What each figure is called on the form, and among the people on site.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "in_town": "onsite_in_town",
        "not_returned": "onsite_not_returned",
        "whereabouts_unknown": "onsite_whereabouts_unknown",
        "in_hubei": "onsite_in_hubei",
        "returned_today": "onsite_returned_today",
    }
)
NOBODY = Q(pk__in=())


def _conditions(actor: Actor, day: date, as_of: datetime) -> dict[str, Q]:
    """Return which movements each figure counts, of both populations."""
    areas = policy_at(actor, as_of).key_areas
    within = reduce(or_, (Q(region__startswith=area) for area in areas), NOBODY)
    each = {
        "in_town": Q(in_town=True),
        "not_returned": Q(in_town=False),
        "whereabouts_unknown": Q(in_town=None),
        "in_hubei": Q(in_town=False) & within,
        "returned_today": Q(in_town=True, returned_on=day),
    }
    staff, on_site = Q(population=Population.STAFF), Q(population=Population.ON_SITE)
    return {code: found & staff for code, found in each.items()} | {
        KINDS[code]: found & on_site for code, found in each.items()
    }


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count where everybody is, by unit, all at once."""
    rows = dated(Movement, actor, READ, day, as_of)
    return counted(rows, _conditions(actor, day, as_of))


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Movement]:
    """Return the movements that a figure counts."""
    found = dated(Movement, actor, OPEN, day, as_of).filter(_conditions(actor, day, as_of)[code])
    found = found.filter(unit__in=units).select_related("person")
    return found.order_by("person__sort_key", "pk")


declare_family(Family(FAMILY, "register", count, rows, show=show))
derive(FAMILY, "in_town", "not_returned", "in_hubei", "returned_today")
new_figure(
    FAMILY,
    "whereabouts_unknown",
    msgid("Whereabouts unknown"),
    msgid("Staff of whom nobody has told yet whether they are in town."),
    (place("movement", 2), "movement", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_in_town",
    msgid("On site: in town"),
    msgid("People on site who stayed in town or are back."),
    (place("onsite", 11), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_not_returned",
    msgid("On site: not yet back"),
    msgid("People on site who left town and are not back."),
    (place("onsite", 12), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_whereabouts_unknown",
    msgid("On site: whereabouts unknown"),
    msgid("People on site of whom nobody has told yet whether they are in town."),
    (place("onsite", 13), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_in_hubei",
    msgid("On site: not yet back, in a key area"),
    msgid("People on site who are now in a key area of the policy pack."),
    (place("onsite", 14), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_returned_today",
    msgid("On site: back today"),
    msgid("People on site who came back to town on this day."),
    (place("onsite", 15), "onsite", PERSONS),
)
