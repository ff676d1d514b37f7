"""Working out the status of people after a new fact, and for many when the policy changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from lianfang.ground.doors.act import act
from lianfang.ground.doors.bulk import insert, made
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.watchers import when_the_pack_changes
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor, Kind
from lianfang.people.register import seams
from lianfang.people.register.models import Person
from lianfang.people.screening.facts import Columns
from lianfang.people.screening.inforce import InForce, screen_of
from lianfang.people.screening.inforce import in_force as read_in_force
from lianfang.people.screening.judging import Last, evaluate, latest
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Standing
from lianfang.people.screening.turns import unscreened

AT_ONCE = 2_000
#: In whose name a status changes when the register told of a fact: nobody's but the rules'.
RULES = Actor(Kind.NOBODY, "rules", via="register", human="rules")


@dataclass(frozen=True, slots=True)
class Rescreened:
    """How many people were looked at, and whose status changed by which decisions."""

    looked_at: int
    subjects: tuple[UUID, ...]


@act("screening.rescreen")
def rescreen_unit(actor: Actor, unit: Unit | None) -> Rescreened:
    """Work out the status of everybody at a unit and below it, or in the whole installation."""
    return _everybody(actor, unit, clock.now())


def follow_turns(clock_actor: Actor, now: datetime) -> int:
    """Screen anew wherever the policy has turned since; return how many were looked at."""
    looked_at = 0
    while places := unscreened(now):
        looked_at += rescreen_unit(clock_actor, places[0]).looked_at
    return looked_at


def rescreen(
    people: Sequence[Person],
    now: datetime,
    actor: Actor,
    *,
    in_force: InForce | None = None,
    known: Columns | None = None,
) -> list[Standing]:
    """Work out the status of people and record what changed; runs inside the act of the fact.

    The people come with their unit and site. What the caller has at hand (the packs of their
    units, facts column by column) is not read again.
    """
    held = in_force or read_in_force({person.unit for person in people}, now)
    standings = evaluate(people, now, held.packs, known)
    _record(people, standings, actor, held.response)
    return standings


def _record(
    people: Sequence[Person],
    standings: Sequence[Standing],
    actor: Actor,
    response: UUID | None,
) -> list[Decision]:
    before = latest([person.pk for person in people])
    changed = [
        (person, standing)
        for person, standing in zip(people, standings, strict=True)
        if standing.pack_id and _differs(before.get(person.pk), standing)
    ]
    if not changed:
        return []
    same = {
        "response_id": response,
        "recorded_at": clock.now(),
        "by": actor.who,
        "via": actor.via,
    }
    fresh = [
        made(Decision, same | _decided(person, standing, before.get(person.pk)))
        for person, standing in changed
    ]
    if len(fresh) == 1:
        fresh[0].save(force_insert=True)
        return fresh
    insert(fresh)
    return fresh


def _differs(before: Last | None, standing: Standing) -> bool:
    return before is None or not before.says(standing)


def _decided(person: Person, standing: Standing, before: Last | None) -> dict[str, object]:
    return {
        "unit_id": person.unit_id,
        "person_id": person.pk,
        "population": person.population,
        "status": standing.status,
        "reasons": list(standing.reasons),
        "rule": standing.rule,
        "pack_id": standing.pack_id,
        "pack_version": standing.pack_version,
        "facts": dict(standing.facts),
        "at": standing.as_of,
        "replaces_id": before.id if before else None,
    }


def rescreen_people(people: Sequence[Person], now: datetime, actor: Actor) -> Rescreened:
    """Work out the status of some people inside an act, and name the decisions that changed."""
    held = read_in_force({person.unit for person in people}, now)
    standings = evaluate(people, now, held.packs)
    fresh = _record(people, standings, actor, held.response)
    return Rescreened(len(people), tuple(row.pk for row in fresh))


def _everybody(actor: Actor, unit: Unit | None, now: datetime) -> Rescreened:
    done = [rescreen_people(people, now, actor) for people in _present(unit)]
    changed = tuple(key for part in done for key in part.subjects)
    return Rescreened(sum(part.looked_at for part in done), changed)


def _present(unit: Unit | None) -> Iterator[list[Person]]:
    """Return those who have not left, part by part."""
    rows = Person.objects.filter(left_at=None).select_related("unit", "site").order_by("pk")
    if unit is not None:
        rows = rows.filter(unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path))
    people = list(rows[:AT_ONCE])
    while people:
        yield people
        people = list(rows.filter(pk__gt=people[-1].pk)[:AT_ONCE])


def _told_by_register(people: Sequence[Person], now: datetime) -> None:
    """Follow a change of whereabouts or history that the register recorded."""
    prefetch_related_objects(people, "unit")
    prefetch_related_objects([person for person in people if person.site_id], "site")
    for start in range(0, len(people), AT_ONCE):
        rescreen(people[start : start + AT_ONCE], now, RULES)


def _pack_changed(actor: Actor, before: Pack | None, after: Pack, now: datetime) -> None:
    """Refuse a pack with a rule that cannot be used; work out everybody's status by a good one."""
    for turn in (now, *(each for each in after.turns if each > now)):
        screen_of(after.at(turn))
    _everybody(actor, None, now)


seams.follow(_told_by_register)
when_the_pack_changes(_pack_changed)
