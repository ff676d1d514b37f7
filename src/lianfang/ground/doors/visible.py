"""The one door for every reading."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Case, Model, Q, QuerySet, When

from lianfang.ground.doors.walls import ALL, NONE, wall_of
from lianfang.kernel.actor import Actor

T = TypeVar("T", bound=Model)


def visible(model: type[T], actor: Actor, act: str) -> QuerySet[T]:
    """Return the rows on which the actor may do the act; none without a post that allows it."""
    return model._default_manager.filter(_within(model, actor, act))


def allowed(actor: Actor, row: Model, acts: Sequence[str]) -> frozenset[str]:
    """Return which of some acts the actor may do to a row, by one statement for all of them."""
    ways = [Case(When(_within(type(row), actor, act), then=True), default=False) for act in acts]
    found = type(row)._default_manager.filter(pk=row.pk).values_list(*ways).first()
    return frozenset(act for act, may in zip(acts, found or (), strict=False) if may)


def _within(model: type[Model], actor: Actor, act: str) -> Q:
    wall = wall_of(model)
    within = [wall.within(reach) for reach in actor.reaches(act)]
    return ALL if ALL in within else reduce(or_, within, NONE)
