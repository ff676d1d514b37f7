"""What is in force for the register: the response and what its pack says of people."""

from datetime import date, datetime

from django.utils.timezone import get_default_timezone

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response import queries as response
from lianfang.kernel.actor import Actor
from lianfang.people.register.rules.policy import Policy, policy_of


def policy_at(actor: Actor, at: datetime, unit: Unit | None = None) -> Policy:
    """Return what the pack in force says of people; nothing where no response has begun."""
    return policy_of(response.pack_or_none(actor, at, unit))


def day_of(unit: Unit | None, at: datetime) -> date:
    """Return the operating day of a unit, or the calendar day where no unit is named."""
    zone = get_default_timezone()
    return operating_day(at, zone, unit.day_starts) if unit else at.astimezone(zone).date()
