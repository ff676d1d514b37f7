"""Who signs in: letting somebody in, changing him, giving him a new password."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import watchers
from lianfang.ground.orgs.models import Token, Unit, User
from lianfang.ground.orgs.services.reach import (
    has_whole,
    in_force,
    not_himself,
    not_in_stead,
    not_the_last,
)
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Kind
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

NAME_TAKEN = msgid("The user name %(username)s is taken; choose another one.")
NO_PASSWORD = msgid("Write the new password.")
OWN_PASSWORD = msgid("Change your own password on your own page; it asks for the old one.")


@act("users.create", tells=("username",))
def create_user(
    actor: Actor, home: Unit, username: str, name: str, password: str, person: UUID | None = None
) -> User:
    """Let somebody sign in; the password was checked by the form and is kept as a hash."""
    not_in_stead(actor, "users.create")
    called = AbstractBaseUser.normalize_username(username)
    if User.objects.filter(username__iexact=called).exists():
        raise BadInput(NAME_TAKEN, field="username", username=username)
    user = User(username=called, name=name, home=home, person=person)
    user.password_by_another = actor.kind is not Kind.OPERATOR
    user.set_password(password or None)
    user.save(force_insert=True)
    return user


@act("users.change")
def change_user(actor: Actor, user: User, name: str, *, active: bool) -> User:
    """Change a user's name, or whether he may sign in at all."""
    has_whole(actor, user, "users.change")
    if not active and user.is_active:
        for post in in_force(user):
            not_the_last(post)
    user.name, user.is_active = name, active
    user.save(update_fields=["name", "is_active"])
    return user


@act("users.set_password")
def set_password(actor: Actor, user: User, password: str) -> User:
    """Give a user a new password, who is told so and has to change it; his tokens end with it."""
    not_himself(actor, user, OWN_PASSWORD)
    has_whole(actor, user, "users.set_password")
    if not password:
        raise BadInput(NO_PASSWORD, field="password")
    user.set_password(password)
    user.password_by_another = True
    user.save(update_fields=["password", "password_by_another"])
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.machine())
    watchers.password_set(actor, user, clock.now())
    return user
