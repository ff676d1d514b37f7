"""Signing in by allauth, locking by axes: the one module that may receive their signals."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from time import sleep
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianfang.ground.doors import trail
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import User
from lianfang.ground.orgs.queries import signed_in
from lianfang.ground.orgs.rules.sessions import delay_of
from lianfang.ground.orgs.services.guarding import failures_of
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, STRANGER, Actor

#: When the session began and when it was last used, in seconds of the machine's clock.
SINCE, SEEN = "since", "seen"
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
    """Enter a sign-in, and note from when on the session lives."""
    now = clock.machine().timestamp()
    request.session[SINCE], request.session[SEEN] = now, now
    _enter("users.sign_in", _himself(request, user), user)


def left(request: HttpRequest, user: User | None, **_: object) -> None:
    """Enter a sign-out, also one for which the time had come."""
    if user is not None:
        _enter("users.sign_out", _himself(request, user), user)


def changed(request: HttpRequest, user: User, **_: object) -> None:
    """Enter that somebody changed his own password."""
    _enter("users.change_password", _himself(request, user), user)


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
        _enter("users.locked_out", _somebody(request), _called(username))


def _enter(act: str, actor: Actor, user: User | None) -> None:
    with turn(), transaction.atomic():
        trail.enter(act, actor, _place(user), {}, [user])


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
