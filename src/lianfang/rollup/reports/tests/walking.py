"""Papers on their way: what is owed, and what somebody holds at this moment."""

from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Post, User
from lianfang.kernel.actor import Actor


def open_loops(step: str = "") -> list[Loop]:
    rows = Loop.objects.filter(kind="signature", verified_at=None, waived_at=None)
    return [row for row in rows if f":{step}" in row.key]


def again(actor: Actor) -> Actor:
    """Ask with what somebody holds at this moment."""
    return orgs.signed_in(User.objects.get(pk=actor.id))


def post_of(actor: Actor, role: str) -> Post:
    return Post.objects.get(user__pk=actor.id, role=role)
