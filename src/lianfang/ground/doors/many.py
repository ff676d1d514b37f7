"""The door for many at once: one transaction, one entry, an outcome for each item."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.db import transaction
from django.db.models import Model

from lianfang.ground.doors import once, trail
from lianfang.ground.doors.broken import BROKEN
from lianfang.ground.doors.broken import refusal as refusal_of
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.visible import visible
from lianfang.ground.doors.walls import place_of
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor, Everywhere
from lianfang.kernel.garbage import left_lying
from lianfang.kernel.parts import parts
from lianfang.kernel.refusals import NotAllowed, Refused
from lianfang.kernel.texts import msgid

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

NOTHING_HERE = msgid("There is nothing here that you may do this to.")


@dataclass(frozen=True, slots=True)
class Item(Generic[R]):
    """What became of one of many."""

    result: R | None
    refused: Refused | None


class Waiting(Protocol[R_co]):
    """An act written down and not yet done."""

    @property
    def where(self) -> Model | None:
        """Return the place."""
        ...

    @property
    def told(self) -> trail.Told:
        """Return the arguments."""
        ...

    @property
    def places(self) -> tuple[Model | None, ...]:
        """Return every place that it touches."""
        ...

    def do(self, actor: Actor) -> R_co:
        """Run the service itself."""
        ...


Together = Callable[[Actor, Sequence[Any]], Sequence[R]]


class _Undone(Exception):
    """All was asked for or nothing, and something was refused."""

    def __init__(self, done: Sequence[Item[Any]]) -> None:
        super().__init__()
        self.done = done


@left_lying()
def run(
    name: str,
    twin: Together[R] | None,
    actor: Actor,
    items: Sequence[Waiting[R]],
    *,
    whole: bool = False,
) -> Sequence[Item[R]]:
    """Do an act to many: places are checked once each, a bad item stands alone with its refusal.

    When the `whole` is asked for, one refusal undoes all the others: nothing has a result then.
    """
    try:
        return _run(name, twin, actor, items, whole=whole)
    except _Undone as undone:
        done: list[Item[R]] = [Item(None, item.refused) for item in undone.done]
        refused = next(item.refused for item in done if item.refused)
    except Refused as refusal:
        done, refused = [], refusal
    with turn(), transaction.atomic(durable=True):
        trail.refuse(name, actor, _common(items), refused)
    if not done:
        raise refused
    return done


def _run(
    name: str, twin: Together[R] | None, actor: Actor, items: Sequence[Waiting[R]], *, whole: bool
) -> Sequence[Item[R]]:
    with turn(), transaction.atomic(durable=True):
        answer = once.claim(actor)
        done = outcomes(name, twin, actor, items)
        if whole and any(item.refused for item in done):
            raise _Undone(done)
        enter(name, actor, items, done)
        once.settle(answer, actor, done)
    return done


def enter(name: str, actor: Actor, items: Sequence[Waiting[R]], done: Sequence[Item[R]]) -> None:
    """Enter how many were done, and how many were refused by which kind of refusal."""
    results = [item.result for item in done if item.refused is None]
    kinds = Counter(type(item.refused).__name__ for item in done if item.refused is not None)
    if not results and kinds:
        refused = next(item.refused for item in done if item.refused is not None)
        trail.refuse(name, actor, _common(items), refused, of=len(done))
    else:
        told = {"of": len(done)} | ({"refused": dict(kinds)} if kinds else {})
        trail.enter(name, actor, _common(items), told, results)


def _common(items: Sequence[Waiting[object]]) -> str:
    return tree.common(dict.fromkeys(place_of(item.where) for item in items))


def outcomes(
    name: str, twin: Together[R] | None, actor: Actor, items: Sequence[Waiting[R]]
) -> list[Item[R]]:
    """Do what may be done, in the transaction that is open; nothing of it is entered here."""
    allowed = _allowed(name, actor, items)
    done: list[Item[R]] = [Item(None, NotAllowed(NOTHING_HERE))] * len(items)
    open_ = [at for at, item in enumerate(items) if _places(item) <= allowed]
    for chunk in parts(open_):
        for at, item in zip(chunk, _chunk(twin, actor, [items[at] for at in chunk]), strict=True):
            done[at] = item
    return done


def _places(item: Waiting[object]) -> set[object]:
    return {(type(place), place.pk) if place is not None else None for place in item.places}


def _allowed(name: str, actor: Actor, items: Iterable[Waiting[object]]) -> set[object]:
    """Return the distinct places where the actor may do this, by one query a kind of place."""
    asked: dict[type[Model], set[object]] = {}
    found: set[object] = set()
    for item in items:
        for place in item.places:
            if place is not None:
                asked.setdefault(type(place), set()).add(place.pk)
    if any(isinstance(reach, Everywhere) for reach in actor.reaches(name)):
        found.add(None)
    for model, keys in asked.items():
        for part in parts(sorted(keys, key=str)):
            rows = visible(model, actor, name).filter(pk__in=part).values_list("pk", flat=True)
            found |= {(model, key) for key in rows}
    return found


def _chunk(
    twin: Together[R] | None, actor: Actor, items: Sequence[Waiting[R]]
) -> Sequence[Item[R]]:
    """Do a chunk in one savepoint; one that fails is halved until the bad item stands alone."""
    if twin is None or len(items) == 1:
        return [_one(actor, item) for item in items]
    try:
        with transaction.atomic():
            return [Item(result, None) for result in twin(actor, items)]
    except (Refused, *BROKEN):
        half = len(items) // 2
        return [*_chunk(twin, actor, items[:half]), *_chunk(twin, actor, items[half:])]


def _one(actor: Actor, item: Waiting[R]) -> Item[R]:
    try:
        with transaction.atomic():
            return Item(item.do(actor), None)
    except Refused as refused:
        return Item(None, refused)
    except BROKEN as broken:
        return Item(None, refusal_of(broken))


def row(result: object) -> Model | None:
    """Return the row that an act made, if it made one."""
    return result if isinstance(result, Model) else None
