"""Sites with their gates and stalls, as screens print them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Gate, Site, Stall, Unit
from lianfang.ground.orgs.queries.people import posts
from lianfang.ground.orgs.queries.places import gates, sites, stalls
from lianfang.ground.orgs.queries.search import sites_named
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules import SiteKind, StallState
from lianfang.ground.orgs.rules.words import POST, SITE_KIND, STALL_STATE
from lianfang.kernel import identities, tree
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site in the list."""

    site: Site
    kind: str
    gates: int
    stalls: int


@dataclass(frozen=True, slots=True)
class StallLine:
    """A stall in the list."""

    number: str
    state: str
    trades: bool
    helpers: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Who holds a post at this site alone."""

    word: str
    name: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One site with what stands at it."""

    site: Site
    kind: str
    region: str
    market: bool
    gates: Sequence[Gate]
    closed: Sequence[Gate]
    guards: Sequence[Guard]
    stalls: int
    states: Sequence[tuple[str, int]]
    may_change: bool


def found_sites(
    actor: Actor, query: str = "", kind: str = "", unit: Unit | None = None
) -> QuerySet[Site]:
    """Return the sites that were looked for; those of a unit with those of what stands under it."""
    found = sites(actor).order_by("unit__path", "code")
    if query:
        found = sites_named(found, query)
    if kind:
        found = found.filter(kind=kind)
    if unit is not None:
        found = found.filter(unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path))
    return found


def site_lines(actor: Actor, page: Sequence[Site]) -> list[SiteLine]:
    """Return a page of sites with the numbers of their gates and stalls."""
    keys = [site.pk for site in page]
    open_gates = visible(Gate, actor, "sites.read").filter(site__in=keys, closed_at=None)
    counted = _counted(open_gates)
    traded = _counted(stalls(actor).filter(site__in=keys))
    return [
        SiteLine(site, word(SITE_KIND, site.kind), counted.get(site.pk, 0), traded.get(site.pk, 0))
        for site in page
    ]


def site_page(actor: Actor, site: Site) -> SitePage:
    """Return one site with its gates, posts and the states of its stalls."""
    states = dict(
        stalls(actor).filter(site=site).order_by().values_list("state").annotate(n=Count("pk"))
    )
    region = identities.region(site.region) if site.region else None
    closed = visible(Gate, actor, "sites.read").filter(site=site).exclude(closed_at=None)
    held = posts(actor, "units.read").filter(site=site, user__is_active=True)
    return SitePage(
        site=site,
        kind=word(SITE_KIND, site.kind),
        region=region.name if region else "",
        market=site.kind == SiteKind.MARKET,
        gates=tuple(gates(actor, site)),
        closed=tuple(closed),
        guards=tuple(Guard(word(POST, post.role), post.user.name) for post in held),
        stalls=sum(states.values()),
        states=tuple((word(STALL_STATE, s), states[s]) for s in StallState if s in states),
        may_change=may(actor, "sites.change", site),
    )


def found_stalls(actor: Actor, site: Site, query: str = "") -> QuerySet[Stall]:
    """Return the stalls of a site that were looked for, in the order of their numbers."""
    found = stalls(actor).filter(site=site)
    if query:
        found = found.filter(Q(number__icontains=query) | Q(remark__icontains=query))
    return found


def stall_lines(page: Sequence[Stall]) -> list[StallLine]:
    """Return stalls in words."""
    return [
        StallLine(
            stall.number,
            word(STALL_STATE, stall.state),
            stall.state == StallState.OPEN,
            stall.helpers_declared,
            stall.remark,
        )
        for stall in page
    ]


def known_of(actor: Actor, site: Site) -> dict[str, object]:
    """Return what is known of a site, for a form to begin with."""
    names = ("code", "name", "kind", "address", "region", "subdistrict", "area_m2", "capacity")
    known = {name: getattr(site, name) for name in (*names, "day_starts")}
    return known | {"gates": "\n".join(gate.name for gate in gates(actor, site))}


def _counted(found: QuerySet[Gate] | QuerySet[Stall]) -> Mapping[UUID, int]:
    return dict(found.order_by().values_list("site").annotate(n=Count("pk")))
