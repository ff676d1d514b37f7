"""Which units and sites somebody may see."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Gate, Parentage, Site, Stall, Unit, UnitName
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor


def units(actor: Actor, act: str = "units.read") -> QuerySet[Unit]:
    """Return the units that the actor may do this to, parents first."""
    return visible(Unit, actor, act)


def unit_by_code(actor: Actor, code: str, act: str = "units.read") -> Unit | None:
    """Return a unit by its code, if the actor may do this to it."""
    return units(actor, act).filter(code=code).first()


def group(actor: Actor) -> Unit | None:
    """Return the unit at the top of what the actor may see."""
    return units(actor).order_by("path").first()


def tops(actor: Actor, act: str = "units.read") -> list[Unit]:
    """Return the top units of the actor's reach for an act: none of them is below another."""
    found: list[Unit] = []
    for unit in units(actor, act).order_by("path"):
        if not found or not tree.within(unit.path, found[-1].path):
            found.append(unit)
    return found


def below(actor: Actor, unit: Unit, act: str = "units.read") -> QuerySet[Unit]:
    """Return a unit and what stands under it."""
    return units(actor, act).filter(path__gte=unit.path, path__lt=tree.after(unit.path))


def reporting_units(actor: Actor, kinds: Sequence[str], act: str = "units.read") -> QuerySet[Unit]:
    """Return the units of the kinds that owe a report."""
    return units(actor, act).filter(kind__in=kinds)


def name_on(actor: Actor, unit: Unit, day: date) -> str:
    """Return the name that a paper of that day prints (R101)."""
    former = (
        visible(UnitName, actor, "units.read")
        .filter(unit=unit)
        .filter(Q(valid_from=None) | Q(valid_from__lte=day))
        .filter(valid_to__gt=day)
        .order_by("valid_to")
        .first()
    )
    return former.name if former else unit.name


def former_names(actor: Actor, unit: Unit) -> QuerySet[UnitName]:
    """Return the names that a unit had before."""
    return visible(UnitName, actor, "units.read").filter(unit=unit)


def parentages(actor: Actor, unit: Unit) -> QuerySet[Parentage]:
    """Return under which units a unit stood, newest first."""
    found = visible(Parentage, actor, "units.read").filter(unit=unit)
    return found.select_related("parent").order_by("-valid_from")


def sites(actor: Actor, act: str = "sites.read") -> QuerySet[Site]:
    """Return the sites that the actor may do this to."""
    return visible(Site, actor, act).select_related("unit")


def gates(actor: Actor, site: Site) -> QuerySet[Gate]:
    """Return the gates of a site that are in use."""
    return visible(Gate, actor, "sites.read").filter(site=site, closed_at=None)


def stalls(actor: Actor, act: str = "stalls.read") -> QuerySet[Stall]:
    """Return the stalls that the actor may do this to, in the order of their numbers."""
    return visible(Stall, actor, act).select_related("site", "unit")


def unit(actor: Actor, key: UUID, act: str = "units.read") -> Unit:
    """Return one unit, or say that there is none."""
    return get_object_or_404(units(actor, act), pk=key)


def site(actor: Actor, key: UUID, act: str = "sites.read") -> Site:
    """Return one site, or say that there is none."""
    return get_object_or_404(sites(actor, act), pk=key)


def chain(actor: Actor, unit: Unit) -> QuerySet[Unit]:
    """Return the superiors of a unit from the top down, as far as the actor may see them."""
    return units(actor).filter(path__in=tree.ancestors(unit.path)[:-1])
