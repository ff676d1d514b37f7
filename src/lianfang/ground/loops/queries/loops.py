"""Which loops somebody sees, and which of them wait for him."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from types import MappingProxyType
from uuid import UUID

from django.db.models import Case, DateTimeField, F, Q, QuerySet, When
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.doors.visible import visible
from lianfang.ground.doors.walls import NONE
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.standing import (
    CLOSED,
    DONE_LATE,
    IN_STATE,
    OPEN,
    UNCLOSED,
    WAITING,
)
from lianfang.ground.loops.rules import State
from lianfang.ground.loops.rules.sides import REPORT_FOR, VERIFY_FOR
from lianfang.ground.notices.rules import account, seats
from lianfang.kernel.actor import Actor, Assigned
from lianfang.kernel.refusals import NotAllowed

READ = "loops.read"


class Tab(StrEnum):
    """The lists of the inbox."""

    MINE = "mine"
    VERIFY = "verify"
    ISSUED = "issued"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to."""

    kind: str = ""
    unit: str = ""
    words: str = ""
    late: bool = False


def loops(actor: Actor, act: str = READ) -> QuerySet[Loop]:
    """Return the loops on which the actor may do this, the earliest due time first.

    Whoever is at home in a unit without a post that looks over it sees what his own post owes.
    """
    own = visible(Loop, actor, act).filter(_reportable(actor) | _to_verify(actor))
    found = visible(Loop, _overseeing(actor), act) | own
    return found.select_related("unit", "owner", "verifier_unit")


def loop(actor: Actor, key: UUID, act: str = READ) -> Loop:
    """Return one loop, or say that there is none."""
    return get_object_or_404(loops(actor, act), pk=key)


def found(actor: Actor, key: UUID, act: str) -> Loop:
    """Return one loop for a program, or refuse as if nothing were there."""
    row = loops(actor, act).filter(pk=key).first()
    if row is None:
        raise NotAllowed(NOTHING_HERE)
    return row


def of_key(actor: Actor, kind: str, key: str, act: str = READ) -> Loop | None:
    """Return the loop of a kind with a key, if it was opened and the actor may see it."""
    return loops(actor, act).filter(kind=kind, key=key).first()


def in_tab(actor: Actor, tab: Tab) -> QuerySet[Loop]:
    """Return the loops of one list of the inbox."""
    found = loops(actor).filter(TABS[tab])
    if tab is Tab.MINE:
        return found.filter(_mine(actor))
    if tab is Tab.VERIFY:
        return found.filter(_to_verify(actor)).exclude(done_by=actor.who)
    if tab is Tab.ISSUED:
        return found.filter(_to_verify(actor) | Q(assigned_by=actor.who))
    if tab is Tab.CLOSED:
        closed = Case(
            When(verified_at__isnull=False, then=F("verified_at")),
            default=F("waived_at"),
            output_field=DateTimeField(),
        )
        return found.order_by(closed.desc(), "-id")
    return found


def narrowed(rows: QuerySet[Loop], told: Filter, now: datetime) -> QuerySet[Loop]:
    """Return those of the loops that somebody looks for."""
    if told.kind:
        rows = rows.filter(kind=told.kind)
    if told.unit:
        rows = rows.filter(unit__code=told.unit)
    if told.late:
        rows = rows.filter(late(now))
    for word in told.words.split():
        rows = rows.filter(words__icontains=word)
    return rows


def late(now: datetime) -> Q:
    """Return the condition of a loop that is, or was, not done in time."""
    return Q(waived_at=None) & (OPEN & Q(due__lt=now) | DONE_LATE)


def in_state(rows: QuerySet[Loop], state: State) -> QuerySet[Loop]:
    """Return those of the loops that stand in one state."""
    return rows.filter(IN_STATE[state])


def open_count(actor: Actor) -> int:
    """Return how many loops are not closed, of all that the actor sees."""
    return loops(actor).filter(UNCLOSED).count()


TABS: Mapping[Tab, Q] = MappingProxyType(
    {
        Tab.MINE: OPEN,
        Tab.VERIFY: WAITING,
        Tab.ISSUED: UNCLOSED,
        Tab.CLOSED: CLOSED,
        Tab.ALL: UNCLOSED,
    }
)


def _overseeing(actor: Actor) -> Actor:
    """Return the actor with those of his posts alone that look over whole units."""
    wide = tuple(grant for grant in actor.grants if not isinstance(grant.reach, Assigned))
    return replace(actor, grants=wide)


def _mine(actor: Actor) -> Q:
    held = [Q(unit=unit, owner_role=role, owner=None) for unit, role in seats(actor)]
    user = account(actor)
    return reduce(or_, [*held, Q(owner=user)] if user else held, NONE)


def _reportable(actor: Actor) -> Q:
    """Return the condition of what the actor may report: his own, or that of his unit's posts."""
    units = [unit for unit, role in seats(actor) if role in REPORT_FOR]
    return _mine(actor) | (Q(unit__in=units, owner=None) if units else NONE)


def _to_verify(actor: Actor) -> Q:
    instead = {deputy: role for role, deputies in VERIFY_FOR.items() for deputy in deputies}
    held = [
        Q(verifier_unit=unit, verifier_role__in=[role, instead.get(role, role)])
        for unit, role in seats(actor)
    ]
    return reduce(or_, held, NONE)
