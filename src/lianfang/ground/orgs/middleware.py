"""Who is asking: the actor of each request, and the end of a session that has lasted enough."""

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.rules.sessions import ended
from lianfang.ground.orgs.signin import SEEN, SINCE
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock
from lianfang.kernel.actor import STRANGER

Handler = Callable[[HttpRequest], HttpResponse]
EVERY_SECONDS = 60
API = "/api/"
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
    idle_for, lives_for = settings.IDLE_MINUTES * 60, settings.SESSION_COOKIE_AGE
    if ended(since, seen, now, idle_for, lives_for):
        _put_out(request)
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
    """Put the actor on the request, with the posts held at this moment."""

    def handle(request: HttpRequest) -> HttpResponse:
        asked = cast("ActorRequest", request)
        asked.actor = STRANGER
        if not request.path.startswith(API) and request.user.is_authenticated:
            asked.actor = queries.signed_in(request.user, asked.request_id)
        return get_response(request)

    return handle
