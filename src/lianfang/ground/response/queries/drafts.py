"""Drafts of changes: who wrote what, what is wrong, what would be different, who may say yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import shipped
from lianfang.ground.response.models import Draft, DraftText, PackVersion
from lianfang.ground.response.queries.packs import stored, versions
from lianfang.ground.response.queries.situations import current
from lianfang.ground.response.rules import BadPack, Change, Leaf, Pack, difference
from lianfang.ground.response.rules.drafting import (
    Direction,
    Drafted,
    DraftKind,
    Examined,
    direction,
    examine,
    load,
)
from lianfang.ground.response.rules.files import Problem
from lianfang.ground.response.rules.files import examine as examine_file
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

WRITE = "response.draft"
DESKS = frozenset({Role.GROUP_OFFICE.value})
NOTHING_HERE = msgid("There is no draft here.")
FILE_WRONG = msgid("The file has something wrong in it; each line is named beside it.")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list."""

    draft: Draft
    title: str
    count: int
    by: str
    saved_at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Saving:
    """One saving of a draft: when, by whom."""

    number: int
    saved_at: datetime
    by: str


def drafts(actor: Actor) -> Sequence[DraftRow]:
    """Return the drafts that are still being written, the newest first."""
    rows = list(_drafts(actor).filter(settled_at=None).order_by("-recorded_at"))
    return [_row(actor, draft, last_text(actor, draft)) for draft in rows]


def settled(actor: Actor, most: int = 20) -> Sequence[DraftRow]:
    """Return the drafts that were put in force or laid aside, the newest first."""
    rows = list(_drafts(actor).exclude(settled_at=None).order_by("-settled_at")[:most])
    return [_row(actor, draft, last_text(actor, draft)) for draft in rows]


def draft(actor: Actor, key: UUID, act: str = WRITE) -> Draft:
    """Return a draft, or say that there is none."""
    found = visible(Draft, actor, act).select_related("response", "base", "made")
    return get_object_or_404(found, pk=key)


def writing_group(actor: Actor) -> Unit:
    """Return the group whose pack the actor may write changes of; nothing is there for others."""
    unit = orgs.units(actor, WRITE).order_by("path").first()
    if unit is None or not tree.is_root(unit.path) or current(actor) is None:
        raise NotAllowed(NOTHING_HERE)
    return unit


def version(actor: Actor, key: str) -> PackVersion:
    """Return a version of a pack by its key."""
    try:
        pk = UUID(key)
    except ValueError:
        raise NotAllowed(NOTHING_HERE) from None
    return get_object_or_404(versions(actor), pk=pk)


def last_text(actor: Actor, row: Draft) -> DraftText:
    """Return what a draft says now."""
    return visible(DraftText, actor, WRITE).filter(draft=row).order_by("-number")[0]


def savings(actor: Actor, row: Draft) -> Sequence[Saving]:
    """Return every saving of a draft, the newest first."""
    found = list(visible(DraftText, actor, WRITE).filter(draft=row).defer("text"))
    names = _names(actor, [each.by for each in found])
    return [
        Saving(each.number, each.saved_at, names.get(each.by, each.by)) for each in reversed(found)
    ]


def drafted_of(text: DraftText) -> Drafted:
    """Return what one saving of a draft says."""
    return load(text.text)


def newest(actor: Actor, row: Draft) -> PackVersion:
    """Return the version of the pack on which a draft would stand now."""
    return versions(actor).filter(response=row.response_id).order_by("-version")[0]


def whole_of(actor: Actor, row: Draft) -> Pack:
    """Return the pack that a draft changes, with all its amendments."""
    version = newest(actor, row)
    return once(("whole", version.pk), lambda: stored(actor, version))


def examined(actor: Actor, row: Draft, text: DraftText, drafted: Drafted | None = None) -> Examined:
    """Say what a draft would make of the pack in force, or everything that is wrong with it."""
    told = drafted or drafted_of(text)
    if row.kind == DraftKind.FILE:
        pack, problems = examine_file(told.file, shipped.packs())
        whole = BadPack(FILE_WRONG, "file") if problems else None
        return Examined(pack, whole=whole)
    zone = timezone.get_default_timezone()
    kind = DraftKind(row.kind)
    return examine(kind, whole_of(actor, row), told, shipped.known(), zone)


def problems_of(actor: Actor, row: Draft, drafted: Drafted) -> Sequence[Problem]:
    """Return what is wrong with an imported file, by its lines; nothing where none is imported."""
    if row.kind != DraftKind.FILE or not actor.reaches(WRITE):
        return ()
    return examine_file(drafted.file, shipped.packs())[1]


def changes_of(actor: Actor, row: Draft, found: Examined) -> Sequence[tuple[Change, Direction]]:
    """Return what a draft would change at the instant from which it holds, and which way."""
    if found.pack is None:
        return ()
    before = whole_of(actor, row)
    at = at_of(before, found.pack)
    told = difference(before.at(at), found.pack.at(at))
    return [(each, _direction(each)) for each in told]


def at_of(before: Pack, after: Pack) -> datetime:
    """Return the instant at which a change shows: the start of what is new, else now."""
    fresh = [each.valid_from for each in after.amendments if each not in before.amendments]
    return max([*fresh[-1:], clock.now()]) if fresh else max(clock.now(), after.valid_from)


def is_own(actor: Actor, row: Draft) -> bool:
    """Tell whether an actor wrote anything of a draft."""
    return actor.who in _writers(actor, row)


def others(actor: Actor, row: Draft) -> Sequence[str]:
    """Return who else of the group office could put a draft in force: the names of the desks."""
    group = orgs.group(actor)
    if group is None:
        return ()
    writers = _writers(actor, row)
    able = {each.who: each.name for each in orgs.able(group.path, DESKS)}
    return [name for who, name in able.items() if who not in writers]


def who_is(actor: Actor, who: str) -> str:
    """Return the name of somebody whom a saving names."""
    return _names(actor, [who]).get(who, who)


def _writers(actor: Actor, row: Draft) -> frozenset[str]:
    told = visible(DraftText, actor, WRITE).filter(draft=row).order_by()
    return frozenset({row.by, *told.values_list("by", flat=True)})


def _drafts(actor: Actor) -> QuerySet[Draft]:
    return visible(Draft, actor, WRITE).select_related("base", "made")


def _row(actor: Actor, row: Draft, text: DraftText) -> DraftRow:
    told = drafted_of(text)
    return DraftRow(
        row,
        told.title,
        len(told.lines),
        who_is(actor, text.by),
        text.saved_at,
        is_own(actor, row),
    )


def _names(actor: Actor, whos: Sequence[str]) -> Mapping[str, str]:
    keys = [UUID(who.partition(":")[2]) for who in whos if who.startswith(("user:", "person:"))]
    if not keys:
        return {}
    found = orgs.users(actor)
    told = [*found.filter(pk__in=keys), *found.filter(person__in=keys)]
    return {f"user:{each.pk}": each.name for each in told} | {
        f"person:{each.person}": each.name for each in told if each.person
    }


def _direction(change: Change) -> Direction:
    after: Leaf | None = change.after
    return direction(change.before, after) if after is not None else Direction.OTHER
