"""What becomes of one row of a file: entered, brought up to date, or left as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.bulk import insert, made
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.people.register import seams
from lianfang.people.register.models import Exposure, Membership, Movement, Person
from lianfang.people.register.rules.lines import PersonLine, Told, Whereabouts
from lianfang.people.register.rules.words import History, HowTold
from lianfang.people.register.services import rows
from lianfang.people.register.services.moments import Moment, moment
from lianfang.people.register.services.movements import differs

WHEREABOUTS = "whereabouts"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of a file: who it is about and what it tells of him; `key` for one who is new."""

    line: PersonLine
    person: UUID | None = None
    key: UUID | None = None
    where: Whereabouts | None = None
    history: tuple[History, ...] = ()
    site: UUID | None = None
    stall: UUID | None = None


@act("people.import")
def take(actor: Actor, unit: Unit, told: Taken) -> UUID:
    """Enter the person of one row of a file at a unit, or bring him up to date."""
    return take_all(moment(actor, unit), [(unit, told)])[0]


@take.together
def _take_many(actor: Actor, items: Sequence[Pending[UUID]]) -> Sequence[UUID]:
    """Take many rows of a file at once."""
    return take_all(moment(actor), [_told_by(item) for item in items])


def take_all(at: Moment, told: Sequence[tuple[Unit, Taken]]) -> list[UUID]:
    """Write the people of some rows: a handful of statements, however many they are."""
    known = _known([each.person for _, each in told if each.person])
    people = [_person(unit, each, known, at) for unit, each in told]
    _write(at, people)
    seams.changed([row.person for row in people], at.now)
    return [row.person.pk for row in people]


@dataclass(frozen=True, slots=True)
class _Row:
    """A person with what is told of him, what of that is new, and what was known."""

    person: Person
    told: Taken
    changed: frozenset[str] = frozenset()
    movement: Movement | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def fresh(self) -> bool:
        """Tell whether nobody knew of this person."""
        return self.told.person is None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of people of whom a file tells: they, their movements, their history."""

    people: Mapping[UUID, Person]
    movements: Mapping[UUID, Movement]
    kinds: Mapping[UUID, frozenset[str]]


def _known(keys: Sequence[UUID]) -> Known:
    found: dict[UUID, Person] = {}
    for part in parts(keys):
        found |= {each.pk: each for each in Person.objects.filter(pk__in=part)}
    return known_of(found)


def known_of(people: Mapping[UUID, Person]) -> Known:
    """Return the present movements and the history of people."""
    kinds: dict[UUID, frozenset[str]] = {}
    for part in parts(people):
        told = Exposure.objects.filter(person__in=part, withdrawn_at=None)
        for person, kind in told.values_list("person", "kind"):
            kinds[person] = kinds.get(person, frozenset()) | {kind}
    return Known(people, rows.open_movements(people), kinds)


def news(unit: Unit, told: Taken, known: Known, at: Moment) -> frozenset[str]:
    """Return what of a row is new about a person who is known; nothing is written."""
    row = _person(unit, told, known, at)
    found = set(row.changed)
    if told.where is not None and differs(row.movement, told.where, at):
        found.add(WHEREABOUTS)
    return frozenset((*found, *_newly_told(row, at)))


def _person(unit: Unit, told: Taken, known: Known, at: Moment) -> _Row:
    """Write into the row of a person what is told of him, new or known."""
    if told.person is None:
        key = told.key or ids.new()
        person = made(Person, {"id": key, "entered_at": at.now})
        _place(person, unit, told)
        rows.fill(person, told.line)
        return _Row(person, told)
    person = known.people[told.person]
    changed = _place(person, unit, told) | rows.fill(person, told.line)
    person.left_at = None
    return _Row(
        person,
        told,
        changed,
        known.movements.get(told.person),
        known.kinds.get(told.person, frozenset()),
    )


def _place(person: Person, unit: Unit, told: Taken) -> frozenset[str]:
    moved = person.unit_id != unit.pk or person.left_at is not None
    settled = bool(told.site) and (person.site_id, person.stall_id) != (told.site, told.stall)
    person.unit = unit
    if settled:
        person.site_id, person.stall_id = told.site, told.stall
    elif moved:
        person.site_id = person.stall_id = None
    found = {"unit": moved, "site": settled}
    return frozenset(name for name, is_new in found.items() if is_new)


def _write(at: Moment, people: Sequence[_Row]) -> None:
    fresh = [row.person for row in people if row.fresh]
    stale = [row.person for row in people if not row.fresh and row.changed]
    insert(fresh)
    Person.objects.bulk_create(
        stale,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*rows.COLUMNS, "unit", "site", "stall", "left_at"],
    )
    _write_memberships(at, people)
    _write_movements(at, people)
    Exposure.objects.bulk_create(
        [
            rows.exposure(row.person, _history(row, about, at), at)
            for row in people
            for about in _newly_told(row, at)
        ]
    )


def _write_memberships(at: Moment, people: Sequence[_Row]) -> None:
    keys = [row.person.pk for row in people if not row.fresh]
    open_ = Membership.objects.filter(person__in=keys, valid_to=None)
    same = {
        each[0]: each[1:]
        for each in open_.values_list("person", "unit", "population", "employment")
    }
    news = [row.person for row in people if same.get(row.person.pk) != _counts(row.person)]
    rows.close_memberships([person.pk for person in news if person.pk in same], at)
    insert([rows.membership(person, at) for person in news])


def _write_movements(at: Moment, people: Sequence[_Row]) -> None:
    made: list[Movement] = []
    known = {row.person.pk for row in people if row.movement is not None}
    for row in people:
        told, before = row.told.where, row.movement
        if told is not None and (before is None or differs(before, told, at)):
            made.append(rows.movement(row.person, told, at))
        elif before is None or _elsewhere(before, row.person):
            fresh = rows.movement(row.person, rows.whereabouts(before), at)
            if before is not None:
                fresh.how, fresh.by, fresh.via = before.how, before.by, before.via
            made.append(fresh)
    rows.close_movements([each.person_id for each in made if each.person_id in known], at)
    insert(made)


def _counts(person: Person) -> tuple[UUID, str, str]:
    return (person.unit_id, str(person.population), str(person.employment))


def _elsewhere(row: Movement, person: Person) -> bool:
    return (row.unit_id, row.population) != (person.unit_id, str(person.population))


def _newly_told(row: _Row, at: Moment) -> list[History]:
    """Return the sorts of history that were not told of this person before."""
    told = row.told.history
    return [about for about in told if not row.kinds.intersection(at.policy.kinds_about(about))]


def _history(row: _Row, about: History, at: Moment) -> Told:
    """Return a history that a file tells, on the latest day on which it can have ended.

    Nobody who is back in town was in a key area after the day on which he came back.
    """
    where = row.told.where
    back = where.returned_on if where is not None and where.in_town else None
    last_day = min(back, at.today) if back and about is History.KEY_AREA else at.today
    kind = at.policy.kinds_about(about)[0]
    return Told(kind, last_day, last_day_known=False, how=HowTold.FROM_FILE)


def _told_by(item: Pending[UUID]) -> tuple[Unit, Taken]:
    return cast("Unit", item.where), cast("Taken", item.told.args[0])
