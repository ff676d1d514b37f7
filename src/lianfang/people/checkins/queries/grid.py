"""The clerk's grid: a row for each person of a part of the roll, with what was told before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import Attempt
from lianfang.people.checkins.queries.roll import RECORD
from lianfang.people.checkins.rules import Earlier, Policy, last, may_carry, since
from lianfang.people.checkins.standing import READ, earlier, policies
from lianfang.people.register.models import Person
from lianfang.people.screening.inforce import day_of, packs_of


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was looked for today, what came of it last and what is next."""

    number: int
    at: datetime
    channel: str
    outcome: str
    next_step: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person of the roll, the pack's words for his row, and what was told before."""

    person: Person
    policy: Policy
    before: Earlier | None
    carries: bool
    again: bool
    tries: Tries | None
    now: datetime

    @property
    def asks_town(self) -> bool:
        """Tell whether the policy asks where people are."""
        return self.policy.asks_for("in_town")


def people(actor: Actor, keys: Collection[UUID]) -> list[Person]:
    """Return the people whom a sent grid names, as far as the actor may record for them."""
    found = visible(Person, actor, RECORD).filter(pk__in=keys, left_at=None)
    return list(found.select_related("unit", "site", "stall").order_by("unit__path", "sort_key"))


def grid_rows(actor: Actor, people: Sequence[Person]) -> list[GridRow]:
    """Return the rows of some people, who were found by what the actor may do for them."""
    if not people:
        return []
    now = clock.now()
    rules = policies(packs_of({person.unit for person in people}, now))
    oldest = min(since(now, policy) for policy in rules.values())
    told = earlier([person.pk for person in people], oldest)
    tries = _tries(actor, people, now)
    return [
        _row(person, rules[person.unit_id], told[person.pk], tries.get(person.pk), now)
        for person in people
    ]


def _row(
    person: Person, policy: Policy, told: Sequence[Earlier], tries: Tries | None, now: datetime
) -> GridRow:
    before, today = last(told), day_of(person, now)
    again = before is not None and before.day == today
    carries = before is not None and (again or may_carry(told, today, policy))
    return GridRow(person, policy, before, carries, again, tries, now)


def _tries(actor: Actor, people: Sequence[Person], now: datetime) -> Mapping[UUID, Tries]:
    days = {day_of(person, now) for person in people}
    rows = (
        visible(Attempt, actor, READ)
        .filter(person__in=[person.pk for person in people], day__in=days)
        .order_by("happened_at", "id")
    )
    found: dict[UUID, Tries] = {}
    for row in rows:
        number = found[row.person_id].number if row.person_id in found else 0
        found[row.person_id] = Tries(
            number + 1, row.happened_at, row.channel, row.outcome, row.next_step
        )
    return found
