"""One unit as its page prints it, with what is missing shown as missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from lianfang.ground.doors.act import may
from lianfang.ground.orgs.models import Parentage, Post, Site, Unit, UnitName
from lianfang.ground.orgs.queries.people import posts
from lianfang.ground.orgs.queries.places import below, chain, former_names, parentages, sites
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.rules.words import POST, SECTOR, UNIT_KIND, WORDS
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

#: The posts without which nobody answers for a subsidiary.
EXPECTED = (Role.LIAISON_LEADER, Role.PRINCIPAL, Role.CLERK)
#: What has a legal person of its own.
LEGAL = (UnitKind.GROUP, UnitKind.SUBSIDIARY)
GAPS = {
    "credit_code": msgid("Unified social credit code not known"),
    "principal": msgid("Person in charge not known"),
    "phone": msgid("Telephone not known"),
    "address": msgid("Address not known"),
}
NOBODY = {
    Role.LIAISON_LEADER: msgid("No liaison leader"),
    Role.PRINCIPAL: msgid("No principal who can sign in"),
    Role.CLERK: msgid("No clerk who can sign in"),
}
ACTS = (
    "units.enter",
    "units.change",
    "units.move",
    "units.keep_name",
    "sites.enter",
    "users.read",
    "posts.give",
)


KNOWN = (
    "code",
    "name",
    "short_name",
    "second_plate",
    "kind",
    "sector",
    "credit_code",
    "registered_capital",
    "principal",
    "phone",
    "fax",
    "post_code",
    "address",
    "day_starts",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a unit and who holds it; an empty one is shown too."""

    role: str
    word: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known of a unit; `role` names the post that is not held."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that is known of one unit, and what the reader may do here."""

    unit: Unit
    kind: str
    sector: str
    legal: bool
    chain: tuple[Unit, ...]
    former: tuple[UnitName, ...]
    parentages: tuple[Parentage, ...]
    below: tuple[Unit, ...]
    sites: tuple[Site, ...]
    held: tuple[Held, ...]
    gaps: tuple[Gap, ...]
    may: frozenset[str]


def unit_page(actor: Actor, unit: Unit) -> UnitPage:
    """Return one unit with all that stands at it."""
    here = tuple(posts(actor, "units.read").filter(unit=unit).order_by("valid_from"))
    direct = below(actor, unit).exclude(pk=unit.pk)
    return UnitPage(
        unit=unit,
        kind=word(UNIT_KIND, unit.kind),
        sector=word(SECTOR, unit.sector),
        legal=unit.kind in LEGAL,
        chain=tuple(chain(actor, unit)),
        former=tuple(former_names(actor, unit)),
        parentages=tuple(parentages(actor, unit)),
        below=tuple(row for row in direct if len(row.path) == len(unit.path) + tree.WIDTH),
        sites=tuple(sites(actor).filter(unit=unit)),
        held=tuple(_held(unit, here)),
        gaps=tuple(_gaps(unit, {post.role for post in here if post.user.is_active})),
        may=frozenset(name for name in ACTS if may(actor, name, unit)),
    )


def known_of(unit: Unit) -> dict[str, object]:
    """Return what is known of a unit, for a form to begin with."""
    return {name: getattr(unit, name) for name in KNOWN}


def _held(unit: Unit, here: tuple[Post, ...]) -> Iterator[Held]:
    for role in WORDS[POST]:
        found = tuple(post for post in here if post.role == role)
        if found or (role in EXPECTED and unit.kind == UnitKind.SUBSIDIARY):
            yield Held(role, word(POST, role), found)


def _gaps(unit: Unit, filled: set[str]) -> Iterator[Gap]:
    for column, text in GAPS.items():
        if not getattr(unit, column) and (column != "credit_code" or unit.kind in LEGAL):
            yield Gap(gettext(text))
    if unit.kind == UnitKind.SUBSIDIARY:
        for role, text in NOBODY.items():
            if role not in filled:
                yield Gap(gettext(text), role)
