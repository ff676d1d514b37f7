"""Users with their posts, and tokens, as screens print them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import allowed
from lianfang.ground.orgs.models import Post, Token, Unit, User
from lianfang.ground.orgs.queries.people import own_posts, posts, tokens, users
from lianfang.ground.orgs.queries.places import units
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules.words import POST, WORDS
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor

#: What the page of a user may lead to.
MAY = (
    "users.change",
    "users.set_password",
    "users.end_sessions",
    "users.take_factors",
    "posts.give",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds, in words."""

    id: UUID
    word: str
    unit: Unit
    site: str
    since: object
    given_by: str
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user in the list, with the posts that he holds now."""

    user: User
    posts: Sequence[Held]


@dataclass(frozen=True, slots=True)
class UserPage:
    """One user, his posts, and what the reader may do with him."""

    user: User
    posts: Sequence[Held]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in the list: for what, until when, whether it still works."""

    token: Token
    word: str
    state: str
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a form begins: the unit and the post for which it was opened."""

    unit: UUID | None
    role: str
    query: str


def found_users(
    actor: Actor, query: str = "", role: str = "", active: str = "", unit: Unit | None = None
) -> QuerySet[User]:
    """Return the users that were looked for."""
    found = users(actor).order_by("home__path", "name", "username")
    if query:
        found = found.filter(Q(name__icontains=query) | Q(username__icontains=query))
    if role:
        found = found.filter(pk__in=posts(actor).filter(role=role).values("user"))
    if active:
        found = found.filter(is_active=active == "yes")
    if unit is not None:
        found = found.filter(home__path__gte=unit.path, home__path__lt=tree.after(unit.path))
    return found


def user_lines(actor: Actor, page: Sequence[User]) -> list[UserLine]:
    """Return a page of users with their posts."""
    held = _held(posts(actor).filter(user__in=[user.pk for user in page]))
    return [UserLine(user, held.get(user.pk, [])) for user in page]


def user_page(actor: Actor, user: User) -> UserPage:
    """Return one user with his posts."""
    endable = set(posts(actor, "posts.end").filter(user=user).values_list("pk", flat=True))
    held = _held(posts(actor).filter(user=user), endable).get(user.pk, [])
    return UserPage(user, held, allowed(actor, user, MAY))


def my_posts(actor: Actor) -> list[Held]:
    """Return the posts that the reader himself holds."""
    return [post for held in _held(own_posts(actor)).values() for post in held]


def token_lines(actor: Actor) -> list[TokenLine]:
    """Return the tokens that the reader may see, the newest first."""
    found = list(tokens(actor).order_by("-created_at"))
    revocable = set(tokens(actor, "tokens.revoke").values_list("pk", flat=True))
    return [
        TokenLine(
            token,
            word(POST, token.role),
            state := _state(token),
            state == "valid" and token.pk in revocable,
        )
        for token in found
    ]


def beginning(actor: Actor, asked: Mapping[str, str], act: str) -> Beginning:
    """Return the unit and the post with which a form begins."""
    code, role = asked.get("unit", ""), asked.get("role", "")
    unit = units(actor, act).filter(code=code).first() if code else None
    known = role if role in WORDS[POST] else ""
    return Beginning(unit.pk if unit else None, known, urlencode({"unit": code, "role": known}))


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "valid" if token.expires_at > clock.machine() else "expired"


def _held(
    found: QuerySet[Post], endable: set[UUID] | frozenset[UUID] = frozenset()
) -> Mapping[UUID, list[Held]]:
    grouped: dict[UUID, list[Held]] = defaultdict(list)
    for post in found.order_by("unit__path", "valid_from"):
        grouped[post.user_id].append(
            Held(
                id=post.pk,
                word=word(POST, post.role),
                unit=post.unit,
                site=post.site.name if post.site else "",
                since=post.valid_from,
                given_by=post.given_by,
                may_end=post.pk in endable,
            )
        )
    return grouped
