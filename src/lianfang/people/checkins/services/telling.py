"""What a check-in tells beyond its own row: where somebody is, and what history he told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Earlier, Reading, history_told
from lianfang.people.checkins.standing import Policies, Readings, columns_of
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.rules.lines import Told as History
from lianfang.people.register.rules.lines import Whereabouts, after_checkin
from lianfang.people.register.services import rows
from lianfang.people.register.services.moments import moment
from lianfang.people.screening.facts import Columns
from lianfang.people.screening.inforce import Packs, day_of
from lianfang.people.screening.judging import facts_of


@dataclass(frozen=True, slots=True)
class Told:
    """A reading that was just recorded, what was told before, and whether it stands now.

    One that came in too late to stand teaches nothing of where somebody is today.
    """

    person: Person
    reading: Reading
    row: CheckIn
    before: Earlier | None
    stands: bool


def take_over(
    actor: Actor,
    now: datetime,
    told: Sequence[Told],
    readings: Readings,
    policies: Policies,
    packs: Packs,
) -> Columns:
    """Write to the register what is new there, and return the facts of all these people.

    A plain function inside the act of the check-in, which looks to screening itself.
    """
    people = [each.person for each in told]
    own = columns_of(people, readings, now, policies)
    known = facts_of(people, now, packs, own)
    moved = [
        each
        for each, in_town in zip(told, known["in_town"], strict=True)
        if each.stands and _may_have_moved(each.reading, in_town)
    ]
    newly = [each for each in told if history_told(each.reading, each.before)]
    if not moved and not newly:
        return known
    _move(actor, now, moved)
    _expose(actor, now, newly)
    return facts_of(people, now, packs, own)


def _may_have_moved(said: Reading, known: object) -> bool:
    """Tell whether the register may have to learn something of the whereabouts."""
    if said.in_town is None:
        return False
    return said.in_town is not known or (said.in_town is False and bool(said.region))


def _move(actor: Actor, now: datetime, told: Sequence[Told]) -> None:
    """Take over where people say they are; nothing where the register knows it."""
    if not told:
        return
    at, before = moment(actor, None, now), rows.open_movements([each.person.pk for each in told])
    fresh: list[tuple[Person, Whereabouts]] = []
    for each in told:
        said = Whereabouts(
            in_town=each.reading.in_town, region=each.reading.region, how=each.reading.how
        )
        known = rows.whereabouts(before.get(each.person.pk))
        new = after_checkin(known, said, day_of(each.person, now))
        if new is not None:
            fresh.append((each.person, new))
    rows.close_movements([person.pk for person, _ in fresh], at)
    Movement.objects.bulk_create([rows.movement(person, new, at) for person, new in fresh])


def _expose(actor: Actor, now: datetime, told: Sequence[Told]) -> None:
    """Keep the history that was newly told; its last day is not known, so it is the day told."""
    if not told:
        return
    at = moment(actor, None, now)
    made = [
        rows.exposure(
            each.person,
            History(kind=kind, last_day=each.row.day, last_day_known=False, how=each.reading.how),
            at,
        )
        for each in told
        for about in history_told(each.reading, each.before)
        for kind in at.policy.kinds_about(about)[:1]
    ]
    Exposure.objects.bulk_create(made)
