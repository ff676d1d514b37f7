"""Tokens for programs: making one, taking its right away."""

import secrets
from datetime import timedelta

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Token, Unit, User
from lianfang.ground.orgs.queries import digest
from lianfang.ground.orgs.services.posts import fits
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

REVOKED = msgid("This token was revoked already.")
TOKEN_DAYS = 90


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
    fits(role, unit)
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
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        raise Conflict(REVOKED)
    token.revoked_at = clock.machine()
    token.save(update_fields=["revoked_at"])
    return token


def new_secret() -> str:
    """Make a secret of 256 bits; only its digest is kept."""
    return secrets.token_urlsafe(32)
