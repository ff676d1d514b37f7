"""How far somebody who organises may go with others: what both users and posts ask first."""

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import HandOver, Post, User
from lianfang.ground.orgs.queries import human_of
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotAllowed, NotYourself
from lianfang.kernel.texts import msgid

BEYOND = msgid(
    "%(name)s also holds a post outside your reach; ask the administrator who stands above both."
)
BORROWED = msgid(
    "%(name)s stands in for somebody at a post outside your reach; ask the administrator who stands"
    " above both, or wait until that hand-over has ended."
)
IN_STEAD = msgid(
    "Who stands in for somebody lets nobody in and gives no post; the holder of the post does."
)
LAST_ADMINISTRATOR = msgid(
    "%(name)s is the last administrator of the group; make somebody else one first."
)


def in_force(user: User) -> QuerySet[Post]:
    """Return the posts that a user holds, those that begin later included."""
    now = clock.now()
    return Post.objects.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gt=now))


def has_whole(actor: Actor, user: User, act: str) -> None:
    """Refuse to touch a user one of whose posts, his own or lent, lies outside the actor's reach.

    A hand-over that is still to come counts too: a password set today opens the post tomorrow.
    """
    reached = visible(Post, actor, act).values("pk")
    if in_force(user).exclude(pk__in=reached).exists():
        raise Conflict(BEYOND, name=str(user))
    lent = HandOver.objects.filter(deputy=user, taken_back_at=None, valid_to__gt=clock.now())
    if lent.exclude(post__in=reached).exists():
        raise Conflict(BORROWED, name=str(user))


def not_himself(actor: Actor, user: User, sentence: str) -> None:
    """Refuse to do to oneself what somebody else has to do."""
    if actor.who == human_of(user.pk, user.person):
        raise NotYourself(sentence)


def not_in_stead(actor: Actor, act: str) -> None:
    """Refuse to a deputy what would outlast the time for which the post is lent to him."""
    if actor.in_stead(act):
        raise NotAllowed(IN_STEAD)


def not_the_last(post: Post) -> None:
    """Refuse to leave a group without anybody who could let others in."""
    if post.role != Role.ADMINISTRATOR or not tree.is_root(post.unit.path):
        return
    others = Post.objects.filter(role=post.role, unit=post.unit, valid_to=None)
    if not others.filter(user__is_active=True).exclude(user=post.user).exists():
        raise Conflict(LAST_ADMINISTRATOR, name=str(post.user))
