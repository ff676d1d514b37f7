"""Loops as programs read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.loops import in_state, loops
from lianfang.ground.loops.registry import KINDS, own_page
from lianfang.ground.loops.rules import State, is_late, state
from lianfang.ground.notices.queries import say
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A loop in codes."""

    id: UUID
    kind: str
    title: str
    unit: str
    owner: str
    verifier: str
    due: datetime | None
    state: str
    late: bool
    url: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of loops, where the next one begins, and how many there are in all."""

    items: tuple[Entry, ...]
    next: UUID | None
    count: int


def page(
    actor: Actor, *, state: State | None, unit: str, after: UUID | None, limit: int
) -> EntryPage:
    """Return a page of the loops that the actor may see, the earliest opened first."""
    rows = in_state(loops(actor), state) if state else loops(actor)
    if unit:
        rows = rows.filter(unit__code=unit)
    count = rows.order_by().count()
    rest = rows.filter(pk__gt=after) if after else rows
    found = list(rest.order_by("pk")[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else None
    return EntryPage(tuple(entry(row) for row in found[:limit]), more, count)


def entry(loop: Loop) -> Entry:
    """Return one loop in codes."""
    kind = KINDS.get(loop.kind)
    return Entry(
        id=loop.pk,
        kind=loop.kind,
        title=say(loop.title),
        unit=loop.unit.code,
        owner=loop.owner.username if loop.owner else loop.owner_role,
        verifier=loop.verifier_role,
        due=loop.due,
        state=state(loop.course),
        late=is_late(loop.course, loop.due, clock.now()),
        url=kind.url(loop) if kind else own_page(loop),
    )
