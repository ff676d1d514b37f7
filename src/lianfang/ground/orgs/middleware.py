"""Who is asking: the actor of each request, what he still owes, and the end of a session."""

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import User
from lianfang.ground.orgs.rules.guarding import fingerprint, held_back, may_wait, obliged
from lianfang.ground.orgs.rules.sessions import ended, idle_minutes
from lianfang.ground.orgs.sessions import GUARDED, POSTS, SECOND, SEEN, SINCE
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock
from lianfang.kernel.actor import STRANGER, Actor

Handler = Callable[[HttpRequest], HttpResponse]
EVERY_SECONDS = 60
#: What a screen sends with a question that it asks by itself, so that this counts as no use.
UNASKED = "X-Unasked"
API = "/api/"
#: What stays open to somebody who still owes a password or a second step: his own.
OWN = ("/account/", "/language", "/orgs/me/", "/checkin/", "/c/", "/healthz", "/readyz")
LOG = logging.getLogger(__name__)


def idle(get_response: Handler) -> Handler:
    """Sign out whoever has done nothing for too long, or signed in too long ago."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API) and request.user.is_authenticated:
            _limit(request)
        return get_response(request)

    return handle


def _limit(request: HttpRequest) -> None:
    now = clock.machine().timestamp()
    since, seen = request.session.get(SINCE, now), request.session.get(SEEN, now)
    guarded = request.session.get(GUARDED, True)
    minutes = idle_minutes(guarded, settings.IDLE_MINUTES, settings.GUARDED_IDLE_MINUTES)
    if ended(since, seen, now, minutes * 60, settings.SESSION_COOKIE_AGE):
        _put_out(request)
    elif UNASKED in request.headers:
        return
    elif SINCE not in request.session or now - seen > EVERY_SECONDS:
        request.session[SINCE], request.session[SEEN] = since, now
        _keep(request)


def _put_out(request: HttpRequest) -> None:
    """End the session, also while nothing can be written."""
    try:
        logout(request)
    except DatabaseError:
        request.session, request.user = type(request.session)(), AnonymousUser()


def _keep(request: HttpRequest) -> None:
    """Note that the session is used; while nothing can be written, reading goes on without it."""
    try:
        request.session.save()
    except DatabaseError:
        LOG.warning("a session could not be kept; nothing can be written")
    request.session.modified = False


def actors(get_response: Handler) -> Handler:
    """Put the actor on the request, with the posts held at this moment.

    Whoever owes a password of his own or a second step is led there, and can do nothing before
    that is guarded.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        asked = cast("ActorRequest", request)
        asked.actor = STRANGER
        if request.path.startswith(API) or not isinstance(request.user, User):
            return get_response(request)
        asked.actor = queries.signed_in(request.user, asked.request_id)
        _follow(request, asked.actor)
        owed = _owed(request, request.user, asked.actor)
        if owed:
            asked.actor = held_back(asked.actor)
        if owed and not request.path.startswith(OWN):
            return _lead(request, owed)
        return get_response(request)

    return handle


def _follow(request: HttpRequest, actor: Actor) -> None:
    """Give the session a new key when somebody's posts are others than at its last request."""
    held = fingerprint(actor)
    before = request.session.get(POSTS)
    if before == held:
        return
    request.session[POSTS], request.session[GUARDED] = held, obliged(actor)
    try:
        if before is not None:
            request.session.cycle_key()
    except DatabaseError:
        LOG.warning("a session could not get a new key; nothing can be written")
        request.session.modified = False


def _owed(request: HttpRequest, user: User, actor: Actor) -> str:
    """Name the page to which somebody is led before he may go on; nothing for most."""
    if user.password_by_another:
        return "account_change_password"
    if not settings.SECOND_STEP or not obliged(actor):
        return ""
    if request.session.get(SECOND) == str(user.pk):
        return ""
    waits = may_wait(user.second_step_asked_at, settings.SECOND_STEP_DAYS, clock.machine())
    return "" if waits else "orgs:second_step"


def _lead(request: HttpRequest, name: str) -> HttpResponse:
    url = reverse(name)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
