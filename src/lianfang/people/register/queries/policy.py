"""What is in force for the register: the response and what its pack says of people."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response import queries as response
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.people.register.rules.policy import Policy, policy_of

WINDOW, LINK_DAYS = "epi_window_days", "people.link_days"


def policy_at(actor: Actor, at: datetime, unit: Unit | None = None) -> Policy:
    """Return what the pack in force says of people; nothing where no response has begun."""
    return policy_of(response.pack_or_none(actor, at, unit))


def link_days(actor: Actor) -> int | None:
    """Return how many days a personal link is good for, by the pack in force."""
    pack = response.pack_or_none(actor, clock.now())
    return pack.whole(LINK_DAYS) if pack is not None and pack.has(LINK_DAYS) else None


def policy_of_all(actor: Actor, at: datetime) -> Policy:
    """Return the policy for people of many units, with how far each unit looks back of its own."""
    stricter = response.stricter_units(actor, WINDOW, at)
    told = {unit.path: policy_at(actor, at, unit).window_days or 0 for unit in stricter}
    return replace(policy_at(actor, at), windows=told)


def within_window(policy: Policy, day: date) -> Q:
    """Return which history still counts on a day: each unit looks back as far as it says."""
    asked = Q(last_day__gte=day - timedelta(days=policy.window_days or 0))
    for path, days in policy.windows.items():
        asked |= Q(
            last_day__gte=day - timedelta(days=days),
            person__unit__path__gte=path,
            person__unit__path__lt=tree.after(path),
        )
    return asked


def day_of(unit: Unit | None, at: datetime) -> date:
    """Return the operating day of a unit, or the calendar day where no unit is named."""
    zone = get_default_timezone()
    return operating_day(at, zone, unit.day_starts) if unit else at.astimezone(zone).date()
