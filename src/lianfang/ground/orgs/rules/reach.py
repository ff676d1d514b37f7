"""How far somebody reaches when he acts for one unit only."""

from dataclasses import replace

from lianfang.kernel import tree
from lianfang.kernel.actor import Actor, Everywhere, Grant, Reach, Subtree


def narrowed(actor: Actor, path: str) -> Actor:
    """Return the actor with what of his reach lies in the subtree of a unit."""
    grants = [_narrowed(grant, path) for grant in actor.grants]
    return replace(actor, grants=tuple(grant for grant in grants if grant is not None))


def _narrowed(grant: Grant, path: str) -> Grant | None:
    reach = _within(grant.reach, path)
    return None if reach is None else replace(grant, reach=reach)


def _within(reach: Reach, path: str) -> Reach | None:
    match reach:
        case Everywhere():
            return Subtree(path)
        case Subtree(own) if tree.within(own, path):
            return reach
        case Subtree(own) if tree.within(path, own):
            return Subtree(path)
    return None
