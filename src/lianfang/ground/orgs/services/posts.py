"""The posts that users hold."""

from datetime import datetime

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Post, Site, Unit, User
from lianfang.ground.orgs.rules import ROLES, may_stand_at
from lianfang.ground.orgs.services.reach import (
    has_whole,
    in_force,
    not_himself,
    not_in_stead,
    not_the_last,
)
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_SUCH_POST = msgid("There is no post called %(role)s.")
NOT_HERE = msgid("This post is not for a unit like %(unit)s.")
HELD = msgid("%(name)s holds this post there already.")
SITE_ELSEWHERE = msgid("The site %(site)s does not belong to %(unit)s.")
OWN_POST = msgid("Nobody gives himself a post; ask another administrator.")
ENDED = msgid("This post has ended already.")


@act("posts.give", also=("user",))
def give_post(
    actor: Actor,
    unit: Unit,
    user: User,
    role: str,
    site: Site | None = None,
    since: datetime | None = None,
) -> Post:
    """Give a user a post at a unit, or at one site of it."""
    fits(role, unit)
    not_in_stead(actor, "posts.give")
    not_himself(actor, user, OWN_POST)
    has_whole(actor, user, "posts.give")
    if site and not tree.within(site.unit.path, unit.path):
        raise BadInput(SITE_ELSEWHERE, field="site", site=site.name, unit=str(unit))
    if in_force(user).filter(unit=unit, role=role, site=site).exists():
        raise BadInput(HELD, field="role", name=str(user))
    begins = since or clock.now()
    return Post.objects.create(
        unit=unit, user=user, role=role, site=site, valid_from=begins, given_by=actor.who
    )


@act("posts.end")
def end_post(actor: Actor, post: Post) -> Post:
    """End a post: it counts no more from the next request on."""
    post = (
        Post.objects.select_related("unit", "user").select_for_update(of=("self",)).get(pk=post.pk)
    )
    if post.valid_to is not None:
        raise Conflict(ENDED)
    not_the_last(post)
    post.valid_to = clock.now()
    post.save(update_fields=["valid_to"])
    return post


def fits(role: str, unit: Unit) -> None:
    """Refuse a post that does not exist, or not at a unit of this kind."""
    if role not in ROLES:
        raise BadInput(NO_SUCH_POST, field="role", role=role)
    if not may_stand_at(role, unit.kind, unit.path):
        raise BadInput(NOT_HERE, field="role", unit=str(unit))
