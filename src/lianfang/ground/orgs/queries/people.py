"""Which users, posts and tokens somebody may see."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext

from lianfang.ground.doors.models import Entry
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Post, Session, Token, User
from lianfang.ground.orgs.rules.devices import BROWSER, device
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor, Kind

AGENT_LENGTH = 200
SIGN_INS = ("users.sign_in", "users.sign_out")


def users(actor: Actor, act: str = "users.read") -> QuerySet[User]:
    """Return the users that the actor may do this to."""
    return visible(User, actor, act).select_related("home")


def posts(actor: Actor, act: str = "users.read") -> QuerySet[Post]:
    """Return the posts in force of the users that the actor may see."""
    now = clock.now()
    return (
        visible(Post, actor, act)
        .filter(valid_from__lte=now)
        .filter(Q(valid_to=None) | Q(valid_to__gt=now))
        .select_related("unit", "user", "site")
    )


def holders(actor: Actor, role: str, act: str = "units.read") -> QuerySet[Post]:
    """Return who holds a post now, at every unit that the actor may see."""
    return posts(actor, act).filter(role=role)


def tokens(actor: Actor, act: str = "tokens.read") -> QuerySet[Token]:
    """Return the tokens that the actor may do this to."""
    return visible(Token, actor, act).select_related("unit", "user")


def user(actor: Actor, key: UUID, act: str = "users.read") -> User:
    """Return one user, or say that there is none."""
    return get_object_or_404(users(actor, act), pk=key)


def post(actor: Actor, key: UUID, act: str = "posts.end") -> Post:
    """Return one post in force, or say that there is none."""
    return get_object_or_404(posts(actor, act), pk=key)


def token(actor: Actor, key: UUID, act: str = "tokens.revoke") -> Token:
    """Return one token, or say that there is none."""
    return get_object_or_404(tokens(actor, act), pk=key)


def myself(actor: Actor) -> User | None:
    """Return the actor's own row; a token or the clock has none."""
    found = visible(User, OPERATOR, "users.own")
    return found.filter(pk=actor.id).first() if actor.kind is Kind.USER else None


def me(actor: Actor) -> User:
    """Return the actor's own row as that on which he acts; there is none for a program."""
    return get_object_or_404(visible(User, actor, "users.own"), pk=actor.id)


def own_posts(actor: Actor) -> QuerySet[Post]:
    """Return the posts that the actor himself holds now."""
    held = posts(OPERATOR)
    return held.filter(user_id=actor.id) if actor.kind is Kind.USER else held.none()


def sign_ins(actor: Actor, last: int = 20) -> QuerySet[Entry]:
    """Return when the actor signed in and out, newest first; it is his own trail."""
    found = visible(Entry, OPERATOR, "trail.own").filter(who=actor.who, act__in=SIGN_INS)
    return found.order_by("-recorded_at")[:last]


def agent_of(request: HttpRequest) -> str:
    """Return what a browser says of itself, as much of it as is kept."""
    return str(request.META.get("HTTP_USER_AGENT", ""))[:AGENT_LENGTH]


def device_of(agent: str) -> str:
    """Return browser and machine in the language of the reader."""
    return " · ".join(pgettext(BROWSER, word) for word in device(agent))


def sessions(actor: Actor, act: str = "users.read") -> QuerySet[Session]:
    """Return the sign-ins in force of the users that the actor may do this to, the last first."""
    found = visible(Session, actor, act).filter(expire_date__gt=clock.machine())
    return found.exclude(number=None)


def own_tokens(actor: Actor) -> QuerySet[Token]:
    """Return the tokens that the actor made and that are not revoked."""
    made = visible(Token, OPERATOR, "tokens.read").filter(revoked_at=None).select_related("unit")
    return made.filter(user_id=actor.id) if actor.kind is Kind.USER else made.none()
