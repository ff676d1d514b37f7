"""The one door for every reading."""

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, QuerySet

from lianfang.ground.doors.walls import ALL, NONE, wall_of
from lianfang.kernel.actor import Actor

T = TypeVar("T", bound=Model)


def visible(model: type[T], actor: Actor, act: str) -> QuerySet[T]:
    """Return the rows on which the actor may do the act; none without a post that allows it."""
    wall = wall_of(model)
    within = [wall.within(reach) for reach in actor.reaches(act)]
    return model._default_manager.filter(ALL if ALL in within else reduce(or_, within, NONE))
