"""The two sides of a loop: the post that owes, and the post in whose name it is verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from lianfang.ground.notices.rules import account
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor, Assigned, Everywhere, Subtree

#: Posts that stand at the head of the group, whichever unit a loop is about.
AT_THE_TOP = frozenset({Role.GROUP_OFFICE, Role.LEADING_GROUP})
#: Whoever else at the unit may report for a post: its head and its clerk, shown by name.
REPORT_FOR = frozenset({Role.PRINCIPAL, Role.CLERK})
#: Whoever may verify in the place of another post.
VERIFY_FOR: Mapping[str, frozenset[str]] = MappingProxyType(
    {Role.GROUP_OFFICE: frozenset({Role.LEADING_GROUP})}
)


@dataclass(frozen=True, slots=True)
class Side:
    """A user by name, or whoever holds a post at a unit."""

    unit: UUID
    path: str
    role: str
    user: UUID | None = None


def roles_at(actor: Actor, unit: UUID, path: str) -> frozenset[str]:
    """Return the posts that an actor holds at this very unit."""
    here = (Assigned(None, unit), Subtree(path))
    return frozenset(grant.role for grant in actor.grants if grant.reach in here)


def is_everywhere(actor: Actor) -> bool:
    """Tell whether this is the operator of the command line or the clock."""
    return any(isinstance(grant.reach, Everywhere) for grant in actor.grants)


def holds(actor: Actor, side: Side) -> bool:
    """Tell whether the side is the actor's own: by name, or by a post that he holds there."""
    if side.user is not None:
        return account(actor) == side.user
    return side.role in roles_at(actor, side.unit, side.path)


def may_report(actor: Actor, owner: Side) -> bool:
    """Tell whether the actor may acknowledge and report for the side that owes."""
    if is_everywhere(actor) or holds(actor, owner):
        return True
    return owner.user is None and bool(roles_at(actor, owner.unit, owner.path) & REPORT_FOR)


def may_verify(actor: Actor, verifier: Side) -> bool:
    """Tell whether the actor may verify, return or waive for the side that has to see it done."""
    if is_everywhere(actor) or holds(actor, verifier):
        return True
    instead = VERIFY_FOR.get(verifier.role, frozenset())
    return bool(roles_at(actor, verifier.unit, verifier.path) & instead)


def verifier_path(role: str, path: str) -> str:
    """Return the place of the post that verifies, where a kind names no other."""
    return path[: tree.WIDTH] if role in AT_THE_TOP else path
