"""What a paper carries, done inside the act that takes it in: all of it is stored, or nothing.

An act never calls an act. A paper with a whole day on it is one act; what stands on it are many,
and each of them goes by its own rules and is entered as itself, in the one transaction that the
paper's act has opened, or a look at the paper that rolls it back. Only an open transaction is
asked for here: that it is the act's is for the caller to see to.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection

from lianfang.ground.doors import many
from lianfang.ground.doors.act import Item, Pending
from lianfang.kernel.actor import Actor

R = TypeVar("R")


class NotInside(RuntimeError):
    """There is no transaction open in which this could be done."""


def inside(actor: Actor, items: Sequence[Pending[R]]) -> Sequence[Item[R]]:
    """Do one sort of act to many in the open transaction; each has an outcome of its own."""
    if not connection.in_atomic_block:
        raise NotInside
    if not items:
        return []
    told: Any = items[0].act
    done: Sequence[Item[R]] = many.outcomes(told.name, told.twin, actor, items)
    many.enter(told.name, actor, items, done)
    return done
