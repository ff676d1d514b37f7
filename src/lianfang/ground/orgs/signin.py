"""Signing in by allauth, locking by axes: the one module that may receive their signals."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from time import sleep
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_reset,
    authenticator_used,
)
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.ground.doors import trail
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import User
from lianfang.ground.orgs.queries import signed_in
from lianfang.ground.orgs.queries.people import agent_of
from lianfang.ground.orgs.rules.guarding import fingerprint, may_wait, obliged
from lianfang.ground.orgs.rules.sessions import delay_of
from lianfang.ground.orgs.services.factors import has_factor
from lianfang.ground.orgs.services.guarding import STEP, failures_of, step_failed
from lianfang.ground.orgs.sessions import (
    ADDRESS,
    AGENT,
    GUARDED,
    NUMBER,
    POSTS,
    SECOND,
    SEEN,
    SINCE,
)
from lianfang.ground.web.words import long_day
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import OPERATOR, STRANGER, Actor

CODES = Authenticator.Type.RECOVERY_CODES
#: At most a quarter of the threads wait for tries that are slowed down.
WAITING = BoundedSemaphore(max(1, settings.THREADS // 4))


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for himself; the administrator does."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Keep sign-up closed."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Let a try wait the longer, the more of them failed for this name from wherever.

        Only some of the threads wait at once, or many tries would keep everybody else out.
        """
        super().pre_authenticate(request, **credentials)
        delay = _delay(tried(request, credentials))
        if not delay:
            return
        if not WAITING.acquire(blocking=False):
            raise self.validation_error("too_many_login_attempts")
        try:
            sleep(delay)
        finally:
            WAITING.release()

    def is_reauthentication_required(self, **_: object) -> bool:
        """Ask again who it is, unless he signed in a moment ago; in the demo nobody has a word."""
        return settings.SECOND_STEP and not _just_signed_in(context.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Say until when a second step has to be set up, to whoever still has days for it."""
        user = request.user
        if settings.SECOND_STEP and isinstance(user, User) and SECOND not in request.session:
            _remind(request, user.second_step_asked_at)
        return str(super().get_login_redirect_url(request))


def _remind(request: HttpRequest, asked_at: datetime | None) -> None:
    days = settings.SECOND_STEP_DAYS
    if asked_at and may_wait(asked_at, days, clock.machine()):
        day = long_day(localtime(asked_at + timedelta(days=days)).date())
        told = _("Set up a second step under “My account” by %(day)s; your posts need it.")
        messages.warning(request, told % {"day": day})


def _just_signed_in(request: HttpRequest) -> bool:
    since = float(request.session.get(SINCE, 0))
    return clock.machine().timestamp() - since < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name that was tried as locks are kept by it; names are one whatever their case.

    First in capitals, as the database compares them: a letter without its dot gives no more tries.
    """
    told = credentials or {"login": request.POST.get("login")}
    return str(told.get("username") or told.get("login") or "").strip().upper().casefold()


def _delay(name: str) -> float:
    """Return how many seconds a try for this name waits; the same for names that nobody has."""
    since = clock.machine() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return delay_of(failures_of(name, since)) if name else 0.0


def locked_page(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say that the account is locked and until when, whether or not there is such an account."""
    told = {"until": _until(request, credentials)}
    return render(request, "account/locked.html", told, status=429)


def _until(request: HttpRequest, credentials: dict[str, Any] | None) -> datetime | None:
    cool_off = get_cool_off(request)
    tries = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    last = max((one.attempt_time for found in tries for one in found), default=None)
    return last + cool_off if last and cool_off else None


def entered(request: HttpRequest, user: User, **_: object) -> None:
    """Enter a sign-in and by what it came; note from when on, and from where, the session lives."""
    now = clock.machine().timestamp()
    actor = signed_in(user)
    begun = {SINCE: now, SEEN: now, NUMBER: str(ids.new()), AGENT: agent_of(request)}
    held = {POSTS: fingerprint(actor), GUARDED: obliged(actor)}
    request.session.update({**begun, **held, ADDRESS: address_of(request)})
    _enter("users.sign_in", _himself(request, user), user, by=_ways(request, user))
    if user.second_step_asked_at is None and obliged(actor) and not has_factor(user):
        user.second_step_asked_at = clock.machine()
        user.save(update_fields=["second_step_asked_at"])


def _ways(request: HttpRequest, user: User) -> str:
    """Return by what somebody signed in: password, the step after it, somebody else's word."""
    records = get_authentication_records(request, user)
    ways = [one.get("provider") or one.get("type") or one["method"] for one in records]
    return "+".join(dict.fromkeys(map(str, ways)))


def address_of(request: HttpRequest) -> str:
    """Return from where the browser asks, as far as the proxies in front can be believed."""
    if not request.META.get("REMOTE_ADDR"):
        return ""
    return str(DefaultAccountAdapter().get_client_ip(request))[:45]


def left(request: HttpRequest, user: User | None, **_: object) -> None:
    """Enter a sign-out, also one for which the time had come."""
    if user is not None:
        _enter("users.sign_out", _himself(request, user), user)


def changed(request: HttpRequest, user: User, **_: object) -> None:
    """Enter that somebody changed his own password; it is his own from now on."""
    user.password_by_another = False
    user.save(update_fields=["password_by_another"])
    _enter("users.change_password", _himself(request, user), user)


def step_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Enter a new second step; whoever set it up has shown it, and the session has a new key."""
    if authenticator.type == CODES:
        return
    _enter("users.add_factor", _himself(request, user), user, kind=str(authenticator.type))
    request.session[SECOND] = str(user.pk)
    request.session.cycle_key()


def step_renewed(request: HttpRequest, user: User, **_: object) -> None:
    """Enter that somebody made himself new recovery codes."""
    _enter("users.new_recovery_codes", _himself(request, user), user)


def step_used(request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Note that the second step was passed in this session; a spent recovery code is entered."""
    request.session[SECOND] = str(user.pk)
    if authenticator.type == CODES:
        _enter("users.use_recovery_code", _himself(request, user), user)


def step_missed(request: HttpRequest, user: User, **_: object) -> None:
    """Enter and count a wrong code."""
    step_failed(request, user)
    _enter("users.second_step_failed", _somebody(request), user)


def connected(request: HttpRequest, sociallogin: SocialLogin, **_: object) -> None:
    """Enter that an account elsewhere leads to a user from now on."""
    user, account = sociallogin.user, sociallogin.account
    _enter("users.connect", _himself(request, user), user, provider=str(account.provider))


def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: object) -> None:
    """Enter a sign-in that failed: whose it would have been, never the name that was tried.

    A name that nobody has costs the same work, or the time would tell who has an account.
    """
    user = _called(str(credentials.get("username") or ""))
    told = {"user": str(user.pk) if user else ""}
    with turn(), transaction.atomic():
        trail.enter("users.sign_in_failed", _somebody(request), _place(user), told, [])


def locked(username: str, request: HttpRequest | None = None, **_: object) -> None:
    """Enter that an account was locked; the tries that come while it is locked are failures."""
    if getattr(request, "axes_failures_since_start", None) is not None:
        _enter("users.locked_out", _somebody(request), _called(username.removeprefix(STEP)))


def _enter(act: str, actor: Actor, user: User | None, **told: str) -> None:
    with turn(), transaction.atomic():
        trail.enter(act, actor, _place(user), told, [user])


def _place(user: User | None) -> str:
    return user.home.path if user and user.home else ""


def _called(username: str) -> User | None:
    found = visible(User, OPERATOR, "users.use").filter(username__iexact=username)
    return found.select_related("home").first()


def _himself(request: HttpRequest, user: User) -> Actor:
    """Return the user, also one who may not sign in any more."""
    number = getattr(request, "request_id", "")
    active = User(pk=user.pk, person=user.person, is_active=True)
    return replace(signed_in(active, number), grants=())


def _somebody(request: HttpRequest | None) -> Actor:
    return replace(STRANGER, via="web", request_id=getattr(request, "request_id", ""))


user_logged_in.connect(entered, dispatch_uid="trail-sign-in")
user_logged_out.connect(left, dispatch_uid="trail-sign-out")
user_login_failed.connect(failed, dispatch_uid="trail-sign-in-failed")
user_locked_out.connect(locked, dispatch_uid="trail-locked-out")
password_changed.connect(changed, dispatch_uid="trail-password-changed")
authenticator_added.connect(step_added, dispatch_uid="trail-step-added")
authenticator_reset.connect(step_renewed, dispatch_uid="trail-step-renewed")
authenticator_used.connect(step_used, dispatch_uid="trail-step-used")
authentication_failed.connect(step_missed, dispatch_uid="trail-step-missed")
social_account_added.connect(connected, dispatch_uid="trail-connected")
