"""The tree of units as a screen prints it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Site, Unit, UnitName
from lianfang.ground.orgs.queries.people import posts
from lianfang.ground.orgs.queries.places import units
from lianfang.ground.orgs.queries.search import named
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.rules.words import SECTOR, UNIT_KIND
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor

#: The posts that the tree shows beside each unit.
SHOWN = (Role.LIAISON_LEADER, Role.CLERK)
Names = Mapping[UUID, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One unit in the tree.

    `found` is false for a superior shown only to keep the shape; a unit of which a liaison leader
    and a clerk are `expected` is shown without them as such.
    """

    id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    sector: str
    principal: str
    phone: str
    depth: int
    found: bool
    former: str
    sites: int
    expected: bool
    liaison: str
    clerk: str


def unit_tree(actor: Actor, query: str = "", kind: str = "", sector: str = "") -> list[Line]:
    """Return the tree of units; of a search, what was found and the superiors above it."""
    everything = list(units(actor).order_by("path"))
    former = _former(actor)
    found = _found(actor, query, kind, sector)
    kept = _with_superiors(everything, found)
    paths = {unit.path for unit in everything}
    held, counted = {role: _holders(actor, role) for role in SHOWN}, _sites(actor)
    return [
        Line(
            id=unit.pk,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=word(UNIT_KIND, unit.kind),
            sector=word(SECTOR, unit.sector),
            principal=unit.principal,
            phone=unit.phone,
            depth=len(paths.intersection(tree.ancestors(unit.path))) - 1,
            found=found is None or unit.pk in found,
            former="、".join(former.get(unit.pk, ())),
            sites=counted.get(unit.pk, 0),
            expected=unit.kind == UnitKind.SUBSIDIARY,
            liaison="、".join(held[Role.LIAISON_LEADER].get(unit.pk, ())),
            clerk="、".join(held[Role.CLERK].get(unit.pk, ())),
        )
        for unit in kept
    ]


def _found(actor: Actor, query: str, kind: str, sector: str) -> set[UUID] | None:
    """Return the keys of what was looked for; None when nothing was asked."""
    if not (query or kind or sector):
        return None
    narrow = {key: told for key, told in (("kind", kind), ("sector", sector)) if told}
    candidates = units(actor).filter(**narrow)
    found = set(named(candidates, query).values_list("pk", flat=True))
    if query:
        former = visible(UnitName, actor, "units.read").filter(name__icontains=query)
        found |= set(_keys(candidates.filter(pk__in=former.values("unit"))))
    return found


def _keys(found: QuerySet[Unit]) -> Iterable[UUID]:
    return found.values_list("pk", flat=True)


def _with_superiors(everything: list[Unit], found: set[UUID] | None) -> list[Unit]:
    if found is None:
        return everything
    needed = {path for unit in everything if unit.pk in found for path in tree.ancestors(unit.path)}
    return [unit for unit in everything if unit.path in needed]


def _former(actor: Actor) -> Names:
    rows = visible(UnitName, actor, "units.read").values_list("unit", "name")
    return _grouped(rows)


def _holders(actor: Actor, role: str) -> Names:
    held = posts(actor, "units.read").filter(role=role, user__is_active=True)
    return _grouped(held.values_list("unit", "user__name"))


def _grouped(rows: Iterable[tuple[UUID, str]]) -> Names:
    grouped: dict[UUID, list[str]] = defaultdict(list)
    for key, name in rows:
        grouped[key].append(name)
    return {key: tuple(names) for key, names in grouped.items()}


def _sites(actor: Actor) -> Mapping[UUID, int]:
    counted = visible(Site, actor, "sites.read").values_list("unit").annotate(n=Count("pk"))
    return dict(counted.order_by())
