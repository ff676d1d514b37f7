"""Calls about loops that are due, overdue, not acknowledged or not verified: each is made once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.ground.doors.act import act
from lianfang.ground.loops.models import Escalation, Loop
from lianfang.ground.loops.queries.standing import (
    ACKNOWLEDGE_WITHIN,
    OPEN,
    VERIFY_WITHIN,
    WAITING,
)
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.rules import OWNER, Call, Rung, called_for, passed, rungs
from lianfang.ground.loops.services.calling import VERIFIER, Called, Switchboard
from lianfang.ground.response import queries as responses
from lianfang.ground.response.rules import Pack
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Reminded:
    """The loops about which somebody was told."""

    subjects: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class _Due:
    """A call that has come due for a loop."""

    loop: Loop
    step: str
    call: Call
    to: str
    due_at: datetime


def waiting(actor: Actor, now: datetime) -> bool:
    """Tell whether any call has come due, so that the clock enters nothing where nothing is."""
    pack = responses.pack_or_none(actor, now)
    return pack is not None and any(rows.exists() for rows in candidates(pack, now))


@act("loops.remind")
def remind(actor: Actor, where: None, now: datetime, *, bundled: bool = False) -> Reminded:
    """Make the calls that have come due, some hundreds at a time, and note that they were made."""
    pack = responses.pack_or_none(actor, now)
    if pack is None:
        return Reminded(())
    by_ladder, by_silence, by_wait = (list(_held(rows)) for rows in candidates(pack, now))
    found = [
        *_of_ladders(pack, by_ladder, now),
        *_unacknowledged(pack, by_silence),
        *_unverified(pack, by_wait),
    ]
    _call(found, now, bundled=bundled)
    return Reminded(tuple(dict.fromkeys(row.pk for row in (*by_ladder, *by_silence, *by_wait))))


def _held(rows: QuerySet[Loop]) -> Iterable[Loop]:
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    return locked.select_related("unit", "owner", "verifier_unit")[:CHUNK]


def candidates(pack: Pack, now: datetime) -> tuple[QuerySet[Loop], QuerySet[Loop], QuerySet[Loop]]:
    """Return the loops with a step of a ladder to take, in silence, and waiting for too long."""
    return _on_ladders(pack, now), _in_silence(pack, now), _in_waiting(pack, now)


def _ladders(pack: Pack) -> dict[str, tuple[Rung, ...]]:
    """Return the ladder of each kind whose ladder the pack states."""
    return {
        kind.code: rungs(pack.entries(kind.ladder))
        for kind in KINDS.values()
        if pack.has(kind.ladder)
    }


def _on_ladders(pack: Pack, now: datetime) -> QuerySet[Loop]:
    kinds: dict[tuple[Rung, ...], list[str]] = {}
    for code, ladder in _ladders(pack).items():
        kinds.setdefault(ladder, []).append(code)
    which = Q(pk__in=())
    for ladder, codes in kinds.items():
        for rung in ladder:
            below = Q(reached=None) | Q(reached__lt=rung.minutes)
            come = Q(due__lte=now - timedelta(minutes=rung.minutes))
            which |= Q(kind__in=codes) & come & below
    return Loop.objects.filter(OPEN).filter(which)


def _in_silence(pack: Pack, now: datetime) -> QuerySet[Loop]:
    if not pack.has(ACKNOWLEDGE_WITHIN):
        return Loop.objects.none()
    asked = [kind.code for kind in KINDS.values() if kind.acknowledged]
    called = Escalation.objects.filter(loop=OuterRef("pk"), call=Call.ACKNOWLEDGE)
    since = now - pack.span(ACKNOWLEDGE_WITHIN)
    found = Loop.objects.filter(OPEN, kind__in=asked, acknowledged_at=None, assigned_at__lte=since)
    return found.filter(~Exists(called))


def _in_waiting(pack: Pack, now: datetime) -> QuerySet[Loop]:
    if not pack.has(VERIFY_WITHIN):
        return Loop.objects.none()
    called = Escalation.objects.filter(
        loop=OuterRef("pk"), call=Call.VERIFY, at__gte=OuterRef("done_at")
    )
    since = now - pack.span(VERIFY_WITHIN)
    return Loop.objects.filter(WAITING, done_at__lte=since).filter(~Exists(called))


def _of_ladders(pack: Pack, rows: Sequence[Loop], now: datetime) -> Iterator[_Due]:
    """Return what the ladders call for, and note on each loop how far it has come."""
    ladders = _ladders(pack)
    for row, due in [(row, row.due) for row in rows if row.due is not None]:
        steps = passed(ladders[row.kind], due, now, row.reached)
        row.reached = max(rung.minutes for rung in steps)
        for rung in called_for(steps, due, row.assigned_at):
            yield _Due(row, rung.code(due), rung.call, rung.to, rung.at(due))
    Loop.objects.bulk_update(rows, ["reached"], batch_size=CHUNK)


def _unacknowledged(pack: Pack, rows: Sequence[Loop]) -> Iterator[_Due]:
    for row in rows:
        due = row.assigned_at + pack.span(ACKNOWLEDGE_WITHIN)
        yield _Due(row, Call.ACKNOWLEDGE, Call.ACKNOWLEDGE, OWNER, due)


def _unverified(pack: Pack, rows: Sequence[Loop]) -> Iterator[_Due]:
    for row, done in [(row, row.done_at) for row in rows if row.done_at is not None]:
        step, due = f"{Call.VERIFY}:{done.isoformat()}", done + pack.span(VERIFY_WITHIN)
        yield _Due(row, step, Call.VERIFY, VERIFIER, due)


def _call(found: Sequence[_Due], now: datetime, *, bundled: bool) -> None:
    """Note each call and make it, unless somebody else noted it first."""
    board = Switchboard.at(now)
    made = [(_noted(each, board, now), each) for each in found]
    Escalation.objects.bulk_create(
        [row for row, _ in made], ignore_conflicts=True, batch_size=CHUNK
    )
    keys = [row.pk for row, _ in made]
    own = set(Escalation.objects.filter(pk__in=keys).values_list("pk", flat=True))
    calls = [
        Called(each.loop, each.call, row.step, board.addressee(each.loop, each.to))
        for row, each in made
        if row.pk in own
    ]
    board.ring(calls, bundled=bundled)


def _noted(told: _Due, board: Switchboard, now: datetime) -> Escalation:
    to = board.addressee(told.loop, told.to)
    return Escalation(
        pk=ids.new(),
        loop=told.loop,
        step=told.step,
        call=told.call,
        to_unit=to.unit,
        to_role=to.role,
        to_user=to.user,
        due_at=told.due_at,
        at=now,
    )
