"""Single acts that come at the same moment share one transaction; each is answered for itself.

Whoever comes while nobody is at work leads: he takes all who wait and does them together. What
cannot be done together (a refusal, a key that was answered before, a lost race) is done alone by
the ordinary door, so that nothing but the time differs.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.db import transaction

from lianfang.ground.doors import many, once, trail
from lianfang.ground.doors.many import Together, Waiting
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.walls import place_of
from lianfang.kernel.actor import Actor

R = TypeVar("R")
MOST = 64


class Ticket(Generic[R]):
    """One act that waits for its turn, and what became of it."""

    def __init__(self, pending: Waiting[R], actor: Actor, alone: Callable[[], R]) -> None:
        """Take what is to be done, by whom, and how it is done when nobody else waits."""
        self.pending, self.actor, self._alone = pending, actor, alone
        self.settled = False
        self._result: R | None = None
        self._refusal: BaseException | None = None

    def keep(self, result: R) -> None:
        """Keep a result that is stored."""
        self._result, self.settled = result, True

    def do_alone(self) -> None:
        """Do it by the ordinary door."""
        try:
            self._result = self._alone()
        except Exception as refusal:  # noqa: BLE001 - it is raised again where the ticket was drawn
            self._refusal = refusal
        self.settled = True

    def answer(self) -> R:
        """Return the result or raise what stood in the way."""
        if self._refusal is not None:
            raise self._refusal
        return self._result  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Done(Generic[R]):
    ticket: Ticket[R]
    result: R


class Queue(Generic[R]):
    """Those who wait to do one kind of act."""

    def __init__(self, name: str, twin: Together[R]) -> None:
        """Open a queue before the set-based twin of an act."""
        self._name, self._twin = name, twin
        self._waiting: deque[Ticket[R]] = deque()
        self._lead = threading.Lock()

    def __len__(self) -> int:
        """Return how many wait at this moment."""
        return len(self._waiting)

    def run(self, pending: Waiting[R], actor: Actor, alone: Callable[[], R]) -> R:
        """Do it with whoever else waits at this moment; what is answered is stored."""
        ticket = Ticket(pending, actor, alone)
        self._waiting.append(ticket)
        with self._lead:
            if not ticket.settled:
                self._work(ticket)
        return ticket.answer()

    def _work(self, own: Ticket[R]) -> None:
        taken = [own]
        while self._waiting and len(taken) < MOST:
            other = self._waiting.popleft()
            if other is not own and not other.settled:
                taken.append(other)
        if len(taken) > 1:
            self._together(taken)
        for ticket in taken:
            if not ticket.settled:
                ticket.do_alone()

    def _together(self, tickets: Sequence[Ticket[R]]) -> None:
        """Do what can be done together, in one durable transaction; the rest stays as it is."""
        try:
            with turn(), transaction.atomic(durable=True):
                fresh = once.unanswered([ticket.actor for ticket in tickets])
                done = list(self._outcomes([tickets[at] for at in fresh]))
                trail.enter_each(self._entered(each) for each in done)
                once.settle_each([(each.ticket.actor, each.result) for each in done])
        except Exception:  # noqa: BLE001 - nothing was stored; each hears by itself what is wrong
            return
        for each in done:
            each.ticket.keep(each.result)

    def _outcomes(self, tickets: Sequence[Ticket[R]]) -> Iterator[_Done[R]]:
        by_actor = sorted(tickets, key=lambda ticket: (ticket.actor.kind, ticket.actor.id))
        for actor, group in groupby(by_actor, key=lambda ticket: _without_request(ticket.actor)):
            mine = list(group)
            items = many.outcomes(self._name, self._twin, actor, [each.pending for each in mine])
            for ticket, item in zip(mine, items, strict=True):
                if item.refused is None:
                    yield _Done(ticket, item.result)  # type: ignore[arg-type]

    def _entered(self, done: _Done[Any]) -> trail.Entered:
        pending, actor = done.ticket.pending, done.ticket.actor
        place = place_of(pending.where) or place_of(many.row(done.result))
        return trail.Entered(self._name, actor, place, pending.told.plain(), [done.result])


def _without_request(actor: Actor) -> Actor:
    """Return the actor as the same for all that he asks at one moment."""
    return replace(actor, request_id="", once=None)
