"""Applying the rules in force to people, one or many by one path: plain functions for acts.

Whoever calls them has looked whether these people may be seen; nothing is recorded here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from lianfang.ground.doors.visible import visible
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.parts import parts
from lianfang.people.register.models import Person
from lianfang.people.screening import facts
from lianfang.people.screening.facts import Columns
from lianfang.people.screening.inforce import Packs, packs_of, screen_of
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Standing, unknown

READ = "screening.read"
LAST = ("person_id", "pk", "status", "reasons", "rule", "pack_id", "pack_version")


@dataclass(frozen=True, slots=True)
class Last:
    """The decision in force, as far as the next one asks of it."""

    id: UUID
    status: str
    reasons: list[str]
    rule: str
    pack_id: str
    pack_version: int

    def says(self, standing: Standing) -> bool:
        """Tell whether it says what holds now."""
        said = (self.status, tuple(self.reasons), self.rule, self.pack_id, self.pack_version)
        return said == (
            standing.status,
            standing.reasons,
            standing.rule,
            standing.pack_id,
            standing.pack_version,
        )


@dataclass(frozen=True, slots=True)
class _Group:
    """People for whom one pack holds, by their places in the whole list."""

    pack: Pack | None
    places: Sequence[int]

    def of(self, columns: Columns | None) -> Columns:
        """Return the part of some columns that is about this group."""
        return {
            name: [column[place] for place in self.places]
            for name, column in (columns or {}).items()
        }


def evaluate(
    people: Sequence[Person],
    at: datetime,
    packs: Packs | None = None,
    known: Columns | None = None,
) -> list[Standing]:
    """Apply the rules in force to people, in their order.

    `packs` and `known` are what the caller has at hand already: the packs of their units and
    facts, column by column. The same person may stand in the list more than once.
    """
    groups = _groups(people, packs or packs_of({person.unit for person in people}, at))
    if len(groups) == 1:
        return _evaluate(people, at, groups[0].pack, known or {})
    found: list[Standing | None] = [None] * len(people)
    for group in groups:
        members = [people[place] for place in group.places]
        standings = _evaluate(members, at, group.pack, group.of(known))
        for place, standing in zip(group.places, standings, strict=True):
            found[place] = standing
    return [standing for standing in found if standing is not None]


def facts_of(
    people: Sequence[Person], at: datetime, packs: Packs, known: Columns | None = None
) -> dict[str, list[object]]:
    """Return every fact that rules may speak of, column by column in the order of the people."""
    found: dict[str, list[object]] = {name: [None] * len(people) for name in facts.types()}
    for group in _groups(people, packs):
        if group.pack is None:
            continue
        members = [people[place] for place in group.places]
        loaded = facts.load(members, at, group.pack, group.of(known))
        for name, column in loaded.items():
            for place, value in zip(group.places, column, strict=True):
                found[name][place] = value
    return found


def latest(people: Collection[UUID]) -> dict[UUID, Last]:
    """Return the decision in force of each person, for the act that may follow it by another."""
    found: dict[UUID, Last] = {}
    for part in parts(people):
        rows = _last_of_one(part[0]) if len(part) == 1 else _last_of_many(part)
        for person, pk, *said in rows.values_list(*LAST):
            found[person] = Last(pk, *said)
    return found


def _last_of_one(person: UUID) -> QuerySet[Decision]:
    rows = visible(Decision, OPERATOR, READ).filter(person=person)
    return rows.order_by("-at", "-id")[:1]


def _last_of_many(people: Collection[UUID]) -> QuerySet[Decision]:
    last = (
        visible(Decision, OPERATOR, READ)
        .filter(person=OuterRef("pk"))
        .order_by("-at", "-id")
        .values("pk")[:1]
    )
    persons = visible(Person, OPERATOR, READ).filter(pk__among=people).order_by()
    keys = persons.annotate(last=Subquery(last)).values("last")
    return visible(Decision, OPERATOR, READ).filter(pk__in=keys).order_by()


def _groups(people: Sequence[Person], packs: Packs) -> list[_Group]:
    """Return who goes by which pack; nearly always it is one for everybody."""
    every = {id(pack): pack for pack in packs.values()}
    if len(every) == 1 and people:
        return [_Group(pack, range(len(people))) for pack in every.values()]
    places: dict[int, list[int]] = {}
    for place, person in enumerate(people):
        places.setdefault(id(packs[person.unit_id]), []).append(place)
    return [_Group(every[key], found) for key, found in places.items()]


def _evaluate(
    people: Sequence[Person], at: datetime, pack: Pack | None, known: Columns
) -> list[Standing]:
    if pack is None:
        return [unknown(person.pk, at, "pack") for person in people]
    screen, columns = screen_of(pack), facts.load(people, at, pack, known)
    told = screen.told(columns, len(people))
    # a million people are mostly a few hundred sorts: all but the name is the same of those alike
    alike = {
        facts: (
            *(found.status, found.reasons, found.rule),
            *(pack.id, pack.version, at),
            {name: fact for name, fact in zip(screen.names, facts, strict=True) if name in columns},
        )
        for facts, found in screen.say(told).items()
    }
    return [Standing(person.id, *alike[each]) for person, each in zip(people, told, strict=True)]
