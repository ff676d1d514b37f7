"""Second steps and connected accounts: a code counts once, taking them away, letting them go."""

from collections.abc import Sequence
from uuid import UUID

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters_now
from allauth.mfa.utils import decrypt
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from lianfang.ground.doors.act import act
from lianfang.ground.doors.turn import turn
from lianfang.ground.orgs import watchers
from lianfang.ground.orgs.models import Session, User
from lianfang.ground.orgs.services.reach import has_whole, not_himself
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_FACTOR = msgid("%(name)s has no second step that could be taken away.")
GONE = msgid("This second step is not there any more.")
NOT_CONNECTED = msgid("This account is not connected any more.")
NO_REASON = msgid("Say why; the reason stands in the trail.")
NO_NAME = msgid("Give the passkey a name.")
OWN_FACTOR = msgid("You remove your own second step on your own page.")
NO_SESSION = msgid("%(name)s is signed in nowhere.")
OVER = msgid("This sign-in is over already.")
CODES = Authenticator.Type.RECOVERY_CODES
LONGEST_NAME = 60


def factors_of(user: User) -> Sequence[Authenticator]:
    """Return the second steps of a user, recovery codes included, the oldest first."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at"))


def has_factor(user: User) -> bool:
    """Tell whether a user has a second step; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk).exclude(type=CODES).exists())


def accounts_of(user: User) -> Sequence[SocialAccount]:
    """Return the accounts elsewhere by which a user may sign in."""
    return list(SocialAccount.objects.filter(user_id=user.pk).order_by("date_joined"))


def take_code(factor: Authenticator, code: str) -> bool:
    """Tell whether a code is newer than the last one taken, and take it; recovery codes are."""
    if factor.type != Authenticator.Type.TOTP:
        return True
    secret, told = decrypt(factor.data["secret"]), normalize_user_code(code)
    found = [at for at in counters_now() if format_hotp_value(hotp_value(secret, at)) == told]
    with turn(), transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=factor.pk)
        if not found or found[-1] <= row.data.get("taken", 0):
            return False
        row.data["taken"] = found[-1]
        row.save(update_fields=["data"])
    factor.data["taken"] = found[-1]
    return True


@act("users.take_factors", tells=("reason",))
def take_factors(actor: Actor, user: User, reason: str) -> User:
    """Take every second step of somebody away who has lost his phone; he is out and told so."""
    not_himself(actor, user, OWN_FACTOR)
    has_whole(actor, user, "users.take_factors")
    if not reason.strip():
        raise BadInput(NO_REASON, field="reason")
    if not Authenticator.objects.filter(user_id=user.pk).delete()[0]:
        raise Conflict(NO_FACTOR, name=str(user))
    Session.objects.filter(user=user).delete()
    watchers.factors_taken(actor, user, clock.now())
    return user


@act("users.remove_own_factor")
def remove_own_factor(actor: Actor, user: User, number: int, here: UUID | None = None) -> User:
    """Remove one of one's own second steps; with the last one every other sign-in ends.

    Whoever needs one does nothing guarded before he has set up another: so a lost app is replaced.
    """
    factor = _factor(user, number)
    factor.delete()
    if not has_factor(user):
        Authenticator.objects.filter(user_id=user.pk).delete()
        Session.objects.filter(user=user).exclude(number=here).delete()
    return user


@act("users.rename_own_factor")
def rename_own_factor(actor: Actor, user: User, number: int, name: str) -> User:
    """Give one of one's own passkeys another name."""
    factor = _factor(user, number)
    called = name.strip()[:LONGEST_NAME]
    if not called or factor.type != Authenticator.Type.WEBAUTHN:
        raise BadInput(NO_NAME, field="name")
    factor.data["name"] = called
    factor.save(update_fields=["data"])
    return user


@act("users.disconnect_own")
def disconnect_own(actor: Actor, user: User, number: int) -> User:
    """Let go of an account elsewhere by which one could sign in here."""
    if not SocialAccount.objects.filter(user_id=user.pk, pk=number).delete()[0]:
        raise Conflict(NOT_CONNECTED)
    return user


@act("users.end_sessions")
def end_sessions(actor: Actor, user: User) -> User:
    """End every sign-in of somebody, from the next request on."""
    has_whole(actor, user, "users.end_sessions")
    if not Session.objects.filter(user=user).delete()[0]:
        raise Conflict(NO_SESSION, name=str(user))
    return user


@act("users.end_own_sessions")
def end_own_sessions(actor: Actor, user: User, numbers: Sequence[UUID]) -> User:
    """End some of one's own sign-ins, from their next request on."""
    if not Session.objects.filter(user=user, number__in=numbers).delete()[0]:
        raise Conflict(OVER)
    return user


def _factor(user: User, number: int) -> Authenticator:
    found = Authenticator.objects.select_for_update().filter(user_id=user.pk, pk=number).first()
    if found is None:
        raise Conflict(GONE)
    return found
