"""Who stands in for whom, and who holds a post that has to sign."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import HandOver, Post, User
from lianfang.ground.orgs.queries.actors import human_of
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules.words import POST
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import OPERATOR, Actor

HAND_OVER, TAKE_BACK = "posts.hand_over", "posts.take_back"


@dataclass(frozen=True, slots=True)
class Lent:
    """A hand-over as a page shows it."""

    id: UUID
    post: str
    unit: str
    holder: str
    deputy: str
    since: datetime
    until: datetime
    reason: str
    running: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can act in a post now: its holder, or a deputy in his stead."""

    user: UUID
    who: str
    name: str
    role: str
    stead: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who held a post and does not act in it any more: it ended, or his account did."""

    name: str
    since: datetime | None


def post_to_lend(actor: Actor, key: UUID) -> Post:
    """Return a post that the actor may hand over, or say that there is none."""
    now = clock.now()
    found = visible(Post, actor, HAND_OVER).filter(Q(valid_to=None) | Q(valid_to__gt=now))
    post = get_object_or_404(found.select_related("unit", "user"), pk=key)
    own = human_of(post.user_id, post.user.person) == actor.who
    allowed = own or may(actor, "posts.give", post)
    return post if allowed else get_object_or_404(found.none())


def lent(actor: Actor, key: UUID) -> HandOver:
    """Return a hand-over that the actor may take back, or say that there is none."""
    rows = visible(HandOver, actor, TAKE_BACK).select_related("post__user", "unit")
    return get_object_or_404(rows, pk=key)


def deputies(actor: Actor, post: Post) -> QuerySet[User]:
    """Return who may stand in for a post: those who may sign in and belong to its unit."""
    below = Q(home__path__gte=post.unit.path, home__path__lt=tree.after(post.unit.path))
    found = visible(User, actor, HAND_OVER).filter(below, is_active=True)
    return found.exclude(pk=post.user_id).order_by("home__path", "name")


def lent_by(actor: Actor, users: Collection[UUID]) -> Sequence[Lent]:
    """Return the hand-overs, running or to come, by which users lend or hold a post."""
    now = clock.now()
    rows = visible(HandOver, actor, TAKE_BACK).filter(valid_to__gt=now, taken_back_at=None)
    rows = rows.filter(Q(post__user__in=users) | Q(deputy__in=users))
    return [_lent(actor, row, now) for row in rows.select_related("post__user", "deputy", "unit")]


def able(path: str, roles: Collection[str]) -> Sequence[Holder]:
    """Return who can act in posts at a unit now, deputies too; named to every reader of a paper."""
    now = clock.now()
    begun = Q(valid_from__lte=now) & (Q(valid_to=None) | Q(valid_to__gt=now))
    posts = visible(Post, OPERATOR, "posts.use").filter(
        begun, unit__path=path, role__in=roles, site=None, user__is_active=True
    )
    rows = visible(HandOver, OPERATOR, "posts.use").filter(
        Q(post__valid_to=None) | Q(post__valid_to__gt=F("valid_from")),
        valid_from__lte=now,
        valid_to__gt=now,
        taken_back_at=None,
        post__valid_from__lte=now,
        unit__path=path,
        post__role__in=roles,
        post__site=None,
        deputy__is_active=True,
    )
    own = [_holder(post.user, post.role) for post in posts.select_related("user")]
    steads = [
        _holder(row.deputy, row.post.role, str(row.post.user))
        for row in rows.select_related("deputy", "post__user")
    ]
    return [*own, *steads]


def gone(path: str, roles: Collection[str], since: datetime) -> Sequence[Gone]:
    """Return who held a post at a unit and has left it since a moment."""
    ended = Q(valid_to__gt=since, valid_to__lte=clock.now())
    rows = visible(Post, OPERATOR, "posts.use").filter(
        ended | Q(valid_to=None, user__is_active=False), unit__path=path, role__in=roles
    )
    return [Gone(str(row.user), row.valid_to) for row in rows.select_related("user")]


def _holder(user: User, role: str, stead: str = "") -> Holder:
    return Holder(user.pk, human_of(user.pk, user.person), str(user), role, stead)


def _lent(actor: Actor, row: HandOver, now: datetime) -> Lent:
    own = human_of(row.post.user_id, row.post.user.person) == actor.who
    return Lent(
        id=row.pk,
        post=word(POST, row.post.role),
        unit=str(row.unit),
        holder=str(row.post.user),
        deputy=str(row.deputy),
        since=row.valid_from,
        until=row.valid_to,
        reason=row.reason,
        running=row.valid_from <= now,
        may_take_back=own or may(actor, "posts.give", row.post),
    )
