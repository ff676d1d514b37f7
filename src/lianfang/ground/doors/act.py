"""The one door for every change: permission, one durable transaction, one entry."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model

from lianfang.ground.doors import many, once, trail
from lianfang.ground.doors.broken import BROKEN
from lianfang.ground.doors.broken import refusal as refusal_of
from lianfang.ground.doors.gathering import Queue
from lianfang.ground.doors.many import NOTHING_HERE, Item, Together
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.visible import visible
from lianfang.ground.doors.walls import place_of
from lianfang.kernel.actor import Actor, Everywhere
from lianfang.kernel.refusals import NotAllowed, Refused

P = ParamSpec("P")
Where = TypeVar("Where", bound=Model | None)
R = TypeVar("R")

#: Every act there is: the catalogue behind posts, trail, documentation and tests.
ACTS: dict[str, "Act[Any, ..., Any]"] = {}

__all__ = ["ACTS", "NOTHING_HERE", "Act", "Item", "Pending", "act", "may"]


def may(actor: Actor, name: str, where: Model | None) -> bool:
    """Tell whether the actor may do the act there; no place at all is the whole installation."""
    if where is None:
        return any(isinstance(reach, Everywhere) for reach in actor.reaches(name))
    return visible(type(where), actor, name).filter(pk=where.pk).exists()


def _model(value: object) -> Model | None:
    if value is not None and not isinstance(value, Model):
        raise TypeError("An act takes objects, never ids.")
    return value


@dataclass(frozen=True, slots=True)
class Pending(Generic[R]):
    """An act written down and not yet done: who is still open."""

    act: "Act[Any, ..., R]"
    where: Model | None
    also: tuple[Model | None, ...]
    told: trail.Told

    @property
    def places(self) -> tuple[Model | None, ...]:
        """Return every place that the act touches."""
        return (self.where, *self.also)

    def do(self, actor: Actor) -> R:
        """Run the service itself; only the door calls this."""
        return self.act.service(actor, self.where, *self.told.args, **self.told.kwargs)

    def check(self, actor: Actor) -> None:
        """Refuse unless the actor may do it at every place that it touches."""
        if not all(may(actor, self.act.name, place) for place in self.places):
            raise NotAllowed(NOTHING_HERE)

    def run(self, actor: Actor) -> R:
        """Do it: once, wholly, and on the record."""
        if self.act.queue is not None:
            return self.act.queue.run(self, actor, partial(self.alone, actor))
        return self.alone(actor)

    def alone(self, actor: Actor) -> R:
        """Do it in a transaction of its own; only `run` and the queue call this."""
        try:
            return self._stored(actor)
        except Refused as refused:
            refusal, cause = refused, None
        except BROKEN as broken:
            refusal, cause = refusal_of(broken), broken
        with turn(), transaction.atomic(durable=True):
            trail.refuse(self.act.name, actor, place_of(self.where), refusal)
        raise refusal from cause

    def _stored(self, actor: Actor) -> R:
        with turn(), transaction.atomic(durable=True):
            answer = once.claim(actor)
            self.check(actor)
            result = self.do(actor)
            place = place_of(self.where) or place_of(many.row(result))
            trail.enter(self.act.name, actor, place, self.told.plain(), [result])
            once.settle(answer, actor, result)
            return result


class Act(Generic[Where, P, R]):
    """A service behind the door."""

    def __init__(
        self,
        name: str,
        also: tuple[str, ...],
        tells: frozenset[str],
        service: Callable[Concatenate[Actor, Where, P], R],
    ) -> None:
        """Put a service behind the door under a name of its own."""
        self.name, self.also, self.tells, self.service = name, also, tells, service
        self.names = tuple(inspect.signature(service).parameters)[2:]
        self.twin: Together[R] | None = None
        self.queue: Queue[R] | None = None
        update_wrapper(self, service)

    def __call__(self, actor: Actor, where: Where, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it: once, wholly, and on the record."""
        return self.on(where, *args, **kwargs).run(actor)

    def on(self, where: Where, *args: P.args, **kwargs: P.kwargs) -> Pending[R]:
        """Write down what is to be done."""
        told = trail.Told(args, kwargs, self.names, self.tells)
        named = {**dict(zip(self.names, args, strict=False)), **kwargs}
        also = tuple(_model(named[word]) for word in self.also)
        return Pending(self, _model(where), also, told)

    def together(self, twin: "Together[R]") -> "Together[R]":
        """Give the act a set-based twin that takes a chunk in one savepoint."""
        self.twin = twin
        return twin

    def gathered(self, twin: "Together[R]") -> "Together[R]":
        """Give the act a set-based twin that also does at once what single requests ask at once."""
        self.queue = Queue(self.name, twin)
        return self.together(twin)

    def many(
        self, actor: Actor, items: Iterable[Pending[R]], *, whole: bool = False
    ) -> Sequence[Item[R]]:
        """Do it to many in one transaction, item by item in order, with an outcome for each.

        With `whole` it is all or nothing: where one is refused, none is done.
        """
        return many.run(self.name, self.twin, actor, list(items), whole=whole)


def act(
    name: str, *, also: tuple[str, ...] = (), tells: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Actor, Where, P], R]], Act[Where, P, R]]:
    """Make a service an act: who does it first, where it is done second.

    `also` names the parameters that are places too; `tells` names the text parameters (or fields
    of a value) that the trail keeps as they are: never those that hold a person's data.
    """

    def wrap(service: Callable[Concatenate[Actor, Where, P], R]) -> Act[Where, P, R]:
        if name in ACTS:
            raise ValueError(f"The act {name} is declared twice.")
        made = Act(name, also, frozenset(tells), service)
        ACTS[name] = made
        return made

    return wrap
