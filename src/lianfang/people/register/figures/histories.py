"""Who told of an epidemiological history within the window of the policy pack."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import PERSONS, place
from lianfang.ground.figures.registry import Family, declare_family, derive
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.texts import msgid
from lianfang.people.register.figures.standing import (
    OPEN,
    READ,
    Counted,
    at,
    counted,
    dated,
    new_figure,
    show,
)
from lianfang.people.register.models import Exposure, Membership
from lianfang.people.register.queries.policy import policy_of_all, within_window
from lianfang.people.register.rules.words import History, Population

FAMILY = "register.histories"
COUNTS: Mapping[str, Q] = MappingProxyType(
    {
        "epi_history_14d": Q(population=Population.STAFF),
        "onsite_epi_history_14d": Q(population=Population.ON_SITE),
    }
)


def _people(actor: Actor, act: str, day: date, as_of: datetime) -> QuerySet[Membership]:
    """Return the memberships of everybody who told of such a history, each person once."""
    policy, instant = policy_of_all(actor, as_of), at(day, as_of, time.max)
    kinds = policy.kinds_about(History.KEY_AREA, History.PEOPLE_FROM_THERE)
    told = visible(Exposure, OPERATOR, READ).filter(
        within_window(policy, day),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=instant),
        kind__in=kinds,
        recorded_at__lte=instant,
        last_day__lte=day,
    )
    people = dated(Membership, actor, act, day, as_of)
    return people.filter(person__in=told.order_by().values("person"))


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count who told of such a history, by unit, all at once."""
    return counted(_people(actor, READ, day, as_of), COUNTS)


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Membership]:
    """Return the memberships of those whom a figure counts."""
    found = _people(actor, OPEN, day, as_of).filter(COUNTS[code])
    found = found.filter(unit__in=units).select_related("person")
    return found.order_by("person__sort_key", "pk")


declare_family(Family(FAMILY, "register", count, rows, show=show))
derive(FAMILY, "epi_history_14d")
new_figure(
    FAMILY,
    "onsite_epi_history_14d",
    msgid("On site: epidemiological history"),
    msgid(
        "People on site who lived in or travelled to a key area, or met people from there, "
        "within the window of the policy pack."
    ),
    (place("onsite", 16), "onsite", PERSONS),
)
