"""Users, the posts they hold, and tokens for programs."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Post, Site, Token, Unit, User
from lianfang.ground.orgs.queries import digest
from lianfang.ground.orgs.rules import ROLES, Role
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NAME_TAKEN = msgid("The user name %(username)s is taken; choose another one.")
NO_SUCH_POST = msgid("There is no post called %(role)s.")
HELD = msgid("%(name)s holds this post there already.")
SITE_ELSEWHERE = msgid("The site %(site)s does not belong to %(unit)s.")
LAST_ADMINISTRATOR = msgid(
    "%(name)s is the last administrator of the group; make somebody else one first."
)
ENDED = msgid("This post has ended already.")
REVOKED = msgid("This token was revoked already.")
TOKEN_DAYS = 90


@act("users.create", tells=("username",))
def create_user(
    actor: Actor, home: Unit, username: str, name: str, password: str, person: UUID | None = None
) -> User:
    """Let somebody sign in; the password was checked by the form and is kept as a hash."""
    if User.objects.filter(username=username).exists():
        raise BadInput(NAME_TAKEN, field="username", username=username)
    user = User(username=username, name=name, home=home, person=person)
    user.set_password(password or None)
    user.save(force_insert=True)
    return user


@act("users.change")
def change_user(actor: Actor, user: User, name: str, *, active: bool, password: str = "") -> User:
    """Change a user's name, password, or whether he may sign in at all."""
    if not active and user.is_active:
        for post in _in_force(user):
            _not_the_last(post)
    user.name, user.is_active = name, active
    fields = ["name", "is_active"]
    if password:
        user.set_password(password)
        fields.append("password")
    user.save(update_fields=fields)
    return user


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
    if role not in ROLES:
        raise BadInput(NO_SUCH_POST, field="role", role=role)
    if site and not tree.within(site.unit.path, unit.path):
        raise BadInput(SITE_ELSEWHERE, field="site", site=site.name, unit=str(unit))
    if _in_force(user).filter(unit=unit, role=role, site=site).exists():
        raise BadInput(HELD, field="role", name=str(user))
    begins = since or clock.now()
    return Post.objects.create(
        unit=unit, user=user, role=role, site=site, valid_from=begins, given_by=actor.who
    )


@act("posts.end")
def end_post(actor: Actor, post: Post) -> Post:
    """End a post: it counts no more from the next request on."""
    if post.valid_to is not None:
        raise Conflict(ENDED)
    _not_the_last(post)
    post.valid_to = clock.now()
    post.save(update_fields=["valid_to"])
    return post


@act("tokens.create", tells=("role", "label"))
def make_token(
    actor: Actor,
    unit: Unit,
    role: str,
    secret: str,
    days: int = TOKEN_DAYS,
    label: str = "",
    user: User | None = None,
) -> Token:
    """Give a program the right to act for a unit with a post; the secret is shown once."""
    if role not in ROLES:
        raise BadInput(NO_SUCH_POST, field="role", role=role)
    return Token.objects.create(
        unit=unit,
        role=role,
        label=label,
        user=user,
        digest=digest(secret),
        expires_at=clock.machine() + timedelta(days=days),
    )


@act("tokens.revoke")
def revoke_token(actor: Actor, token: Token) -> Token:
    """Take a token's right away, from the next request on."""
    if token.revoked_at is not None:
        raise Conflict(REVOKED)
    token.revoked_at = clock.machine()
    token.save(update_fields=["revoked_at"])
    return token


def new_secret() -> str:
    """Make a secret of 256 bits; only its digest is kept."""
    return secrets.token_urlsafe(32)


def _in_force(user: User) -> QuerySet[Post]:
    now = clock.now()
    return Post.objects.filter(user=user).filter(Q(valid_to=None) | Q(valid_to__gt=now))


def _not_the_last(post: Post) -> None:
    """Refuse to leave a group without anybody who could let others in."""
    if post.role != Role.ADMINISTRATOR or not tree.is_root(post.unit.path):
        return
    others = Post.objects.filter(role=post.role, unit=post.unit, valid_to=None)
    if not others.filter(user__is_active=True).exclude(user=post.user).exists():
        raise Conflict(LAST_ADMINISTRATOR, name=str(post.user))
