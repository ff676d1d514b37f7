"""Who is asking: the actor behind a session, a token or a personal link."""

import hashlib
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import HandOver, Post, Token, User
from lianfang.ground.orgs.rules import acts_by_token, acts_of
from lianfang.ground.orgs.rules.duties import EVERYBODY, OWN
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import (
    OPERATOR,
    STRANGER,
    Actor,
    Assigned,
    AtSite,
    Grant,
    Kind,
    Reach,
    Self,
    Subtree,
)


def digest(secret: str) -> str:
    """Return what is kept of a token or a personal link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str, request_id: str = "") -> Actor | None:
    """Return in whose name a token acts; nobody when it is unknown, expired or revoked.

    Nobody either when its maker has lost the posts from which it came.
    """
    token = (
        visible(Token, OPERATOR, "tokens.use")
        .filter(digest=digest(secret), expires_at__gt=clock.machine(), revoked_at=None)
        .filter(Q(user=None) | Q(user__is_active=True))
        .values_list("pk", "role", "unit", "unit__path", "user", "user__person")
        .first()
    )
    if token is None:
        return None
    key, role, unit, path, user, person = token
    acts = acts_by_token(role, _behind(user, path))
    if not acts and acts_of(role):
        return None
    grants = (Grant(acts, Subtree(path), role), Grant(EVERYBODY, Assigned(None, unit), role))
    human = human_of(user, person) or f"token:{key}"
    return Actor(Kind.TOKEN, str(key), grants, "api", request_id, human=human)


def signed_in(user: User | None, request_id: str = "") -> Actor:
    """Return the actor of a signed-in user with the posts that he holds at this moment."""
    if user is None or not user.is_active:
        return STRANGER
    grants = [grant for post in _held(user.pk) for grant in _grants(post)]
    grants += [grant for lent in _lent(user.pk) for grant in _grants(lent.post, lent.post.user_id)]
    grants.append(Grant(EVERYBODY, Assigned(user.pk, None)))
    if user.person:
        grants.append(Grant(OWN, Self(user.person), "employee"))
    who = human_of(user.pk, user.person)
    return Actor(Kind.USER, str(user.pk), tuple(grants), "web", request_id, human=who)


def by_link(person: UUID, request_id: str = "") -> Actor:
    """Return the actor of somebody who came by his personal link: himself and nothing else."""
    grant = Grant(OWN, Self(person), "employee")
    return Actor(Kind.PERSON, str(person), (grant,), "link", request_id, human=f"person:{person}")


def human_of(user: UUID | None, person: UUID | None) -> str:
    """Return how the person behind a user is called wherever "the same person" is compared."""
    if person is not None:
        return f"person:{person}"
    return "" if user is None else f"user:{user}"


def _held(user: UUID) -> QuerySet[Post]:
    """Return the posts that a user holds at this moment."""
    now = clock.now()
    return (
        visible(Post, OPERATOR, "posts.use")
        .filter(user=user, valid_from__lte=now)
        .filter(Q(valid_to=None) | Q(valid_to__gt=now))
        .select_related("unit")
    )


def _lent(user: UUID) -> QuerySet[HandOver]:
    """Return the posts that a user holds as a deputy; one survives that its holder has left."""
    now = clock.now()
    return (
        visible(HandOver, OPERATOR, "posts.use")
        .filter(deputy=user, valid_from__lte=now, valid_to__gt=now, taken_back_at=None)
        .filter(post__valid_from__lte=now)
        .filter(Q(post__valid_to=None) | Q(post__valid_to__gt=F("valid_from")))
        .select_related("post__unit")
    )


def _behind(user: UUID | None, path: str) -> frozenset[str] | None:
    """Return the acts that a token's maker holds over the whole of its unit at this moment."""
    if user is None:
        return None
    posts = [post for post in _held(user) if post.site_id is None]
    above = [post for post in posts if tree.within(path, post.unit.path)]
    return frozenset().union(*(acts_of(post.role) for post in above))


def _grants(post: Post, stead: UUID | None = None) -> list[Grant]:
    reach: Reach = AtSite(post.site_id) if post.site_id else Subtree(post.unit.path)
    found = [Grant(acts_of(post.role), reach, post.role, stead)]
    found.append(Grant(EVERYBODY, Assigned(None, post.unit_id), post.role, stead))
    return found


def name_of(actor: Actor) -> str:
    """Return the name under which an actor signs: the user's, or that of a token's maker.

    Who is no user signs with no name: the clock, a person by his link, the operator.
    """
    if actor.kind == Kind.USER:
        found = visible(User, OPERATOR, "users.use").filter(pk=actor.id).first()
        return found.name if found else ""
    if actor.kind == Kind.TOKEN:
        token = (
            visible(Token, OPERATOR, "tokens.use")
            .filter(pk=actor.id)
            .select_related("user")
            .first()
        )
        if token is None:
            return ""
        return token.label if token.user is None else token.user.name
    return ""
