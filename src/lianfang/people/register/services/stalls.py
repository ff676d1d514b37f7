"""Taking rows of a stalls file: the stall itself, who holds it, and who held it before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Person, StallTenure
from lianfang.people.register.rules.lines import PersonLine
from lianfang.people.register.rules.names import stall_key
from lianfang.people.register.rules.reading import StallTold
from lianfang.people.register.rules.words import Employment, Population
from lianfang.people.register.services.moments import Moment, moment
from lianfang.people.register.services.people import end
from lianfang.people.register.services.taking import Taken, take_all

TOLD = ("helpers_declared", "state", "remark")
Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class StallRow:
    """What a row tells of a stall, and who holds it by what key: somebody known, or new."""

    stall: StallTold
    holder: PersonLine | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The stall of a row and who holds it, for the trail."""

    subjects: tuple[UUID, ...]


@act("stalls.import")
def take_stall(actor: Actor, site: Site, row: StallRow) -> Kept:
    """Enter a stall with its holder, or bring both up to date."""
    return _take(moment(actor), [(site, row)])[0]


@take_stall.together
def take_stalls(actor: Actor, items: Sequence[Pending[Kept]]) -> Sequence[Kept]:
    """Take many rows at once."""
    return _take(moment(actor), [_told(item) for item in items])


def news(stall: Stall | None, told: StallTold) -> frozenset[str]:
    """Return what a row tells that is new of the stall itself."""
    values = {name: getattr(told, name) for name in TOLD}
    return frozenset(
        name
        for name, value in values.items()
        if value not in {"", None} and value != getattr(stall, name, None)
    )


def with_own_way(line: PersonLine, person: Person | None) -> PersonLine:
    """Leave somebody of the staff on the staff, also when he holds a stall."""
    if person is None or person.population != Population.STAFF:
        return line
    return replace(line, employment=Employment(person.employment))


def _take(at: Moment, told: Sequence[tuple[Site, StallRow]]) -> list[Kept]:
    stalls = _stalls(told)
    holders = _holders(at, told, stalls)
    _hold(at, {stalls[key].pk: (stalls[key], person) for key, person in holders.items()})
    return [_kept(stalls[_key(site, row)], holders.get(_key(site, row))) for site, row in told]


def _stalls(told: Sequence[tuple[Site, StallRow]]) -> dict[Key, Stall]:
    """Write the stalls of some rows and return them."""
    numbers = [row.stall.number for _, row in told]
    found = Stall.objects.filter(site__in=[site.pk for site, _ in told], number__in=numbers)
    known: dict[Key, Stall] = {(stall.site_id, stall.number): stall for stall in found}
    fresh, stale = [], []
    for site, row in told:
        stall, key = known.get(_key(site, row)), _key(site, row)
        if stall is None:
            stall = Stall(site=site, unit_id=site.unit_id, number=row.stall.number)
            stall.sort_key = stall_key(stall.number)
            fresh.append(stall)
        elif news(stall, row.stall):
            stale.append(stall)
        for name in news(stall, row.stall):
            setattr(stall, name, getattr(row.stall, name))
        known[key] = stall
    Stall.objects.bulk_create(fresh)
    Stall.objects.bulk_update(stale, TOLD, batch_size=100)
    return known


def _holders(
    at: Moment, told: Sequence[tuple[Site, StallRow]], stalls: Mapping[Key, Stall]
) -> dict[Key, UUID]:
    """Write who holds the stalls; somebody with several of them is written once."""
    named = [
        (site, row, row.holder, row.person)
        for site, row in told
        if row.holder is not None and row.person is not None
    ]
    wanted = [person for _, _, _, person in named]
    known = {each.pk: each for each in Person.objects.filter(pk__in=wanted).select_related("unit")}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={s.unit_id for s, *_ in named})}
    taken: dict[UUID, tuple[Unit, Taken]] = {}
    for site, row, holder, person in named:
        home = _home(known.get(person), units[site.unit_id])
        first = taken.get(person)
        fresh = _taken(holder, person, stalls[_key(site, row)], known.get(person))
        taken[person] = (home, replace(first[1], line=fresh.line) if first else fresh)
    take_all(at, list(taken.values()))
    return {_key(site, row): person for site, row, _, person in named}


def _home(person: Person | None, unit: Unit) -> Unit:
    """Somebody counts at one unit: where he is known, he stays, unless he had left."""
    return unit if person is None or person.left_at is not None else person.unit


def _taken(holder: PersonLine, key: UUID, stall: Stall, person: Person | None) -> Taken:
    placed = person is not None and person.stall_id is not None and person.left_at is None
    return Taken(
        with_own_way(holder, person),
        person=person.pk if person else None,
        key=key,
        site=None if placed else stall.site_id,
        stall=None if placed else stall.pk,
    )


def _hold(at: Moment, told: Mapping[UUID, tuple[Stall, UUID]]) -> None:
    """Have the people hold their stalls; who held one before and holds none now has left."""
    open_ = StallTenure.objects.filter(stall__in=told, valid_to=None)
    before = dict(open_.values_list("stall", "person"))
    changed = {key: each for key, each in told.items() if before.get(key) != each[1]}
    open_.filter(stall__in=changed).update(valid_to=at.now)
    StallTenure.objects.bulk_create(
        [
            StallTenure(
                stall=stall,
                unit_id=stall.unit_id,
                person_id=person,
                valid_from=at.now,
                recorded_at=at.now,
            )
            for stall, person in changed.values()
        ]
    )
    former = {before[key] for key in changed if key in before}
    still = StallTenure.objects.filter(person__in=former, valid_to=None).values_list("person")
    gone = Person.objects.filter(
        pk__in=former, employment=Employment.STALL_HOLDER, left_at=None
    ).exclude(pk__in=still)
    end(list(gone.values_list("pk", flat=True)), at)


def _key(site: Site, row: StallRow) -> Key:
    return site.pk, row.stall.number


def _kept(stall: Stall, person: UUID | None) -> Kept:
    return Kept((stall.pk, person) if person else (stall.pk,))


def _told(item: Pending[Kept]) -> tuple[Site, StallRow]:
    return cast("Site", item.where), cast("StallRow", item.told.args[0])
