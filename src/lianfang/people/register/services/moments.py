"""The circumstances under which something is recorded: when, by whom, in which response."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register.queries.policy import day_of, policy_at
from lianfang.people.register.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is recorded, in which response, by whom, and what the pack says."""

    now: datetime
    today: date
    response_id: UUID | None
    policy: Policy
    by: str
    via: str


def moment(actor: Actor, unit: Unit | None = None, now: datetime | None = None) -> Moment:
    """Return the circumstances of this act."""
    at, found = now or clock.now(), response.current(OPERATOR)
    return Moment(
        at,
        day_of(unit, at),
        found.pk if found else None,
        policy_at(OPERATOR, at, unit),  # it holds for whoever acts, whatever he may read
        actor.who,
        actor.via,
    )
