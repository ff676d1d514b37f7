"""When a pack changes what it says, and what is different then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lianfang.ground.response.rules.leaf import Leaf
from lianfang.ground.response.rules.pack import Amendment, Pack

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not the same before and after."""

    path: str
    before: Leaf | None
    after: Leaf | None


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant at which a pack begins to say something else."""

    at: datetime
    begins: tuple[Amendment, ...]
    ends: tuple[Amendment, ...]
    changes: tuple[Change, ...]


def difference(before: Pack, after: Pack) -> tuple[Change, ...]:
    """Return the values in which two packs differ, or one pack at two instants."""
    paths = [*before.leaves, *(path for path in after.leaves if path not in before.leaves)]
    pairs = ((path, before.leaves.get(path), after.leaves.get(path)) for path in paths)
    return tuple(Change(path, old, new) for path, old, new in pairs if old != new)


def timeline(pack: Pack) -> tuple[Turn, ...]:
    """Return the turns of a pack in the order of time, with what changes at each."""
    return tuple(
        Turn(
            at,
            tuple(each for each in pack.amendments if each.valid_from == at),
            tuple(each for each in pack.amendments if each.valid_to == at),
            difference(pack.at(at - A_MOMENT), pack.at(at)),
        )
        for at in pack.turns
    )
