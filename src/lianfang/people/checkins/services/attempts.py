"""Attempts to reach somebody who has not checked in: completeness never blocks, it has names."""

from lianfang.ground.doors.act import act
from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.checkins.models import Attempt
from lianfang.people.checkins.rules import Tried
from lianfang.people.register.models import Person
from lianfang.people.screening.inforce import day_of


@act("checkins.attempt")
def attempt(actor: Actor, person: Person, tried: Tried) -> Attempt:
    """Keep that somebody was looked for and not reached, and what is done next."""
    now = clock.now()
    return Attempt.objects.create(
        response=response.current(OPERATOR),
        unit_id=person.unit_id,
        person=person,
        population=person.population,
        day=day_of(person, now),
        happened_at=now,
        recorded_at=now,
        channel=tried.channel,
        outcome=tried.outcome,
        next_step=tried.next_step,
        by=actor.who,
        via=actor.via,
    )
