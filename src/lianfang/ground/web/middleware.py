"""What every request passes: its number, no caching of what is private, refusals as pages."""

import logging
from collections.abc import Callable
from typing import cast

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from lianfang.ground.web.requests import ActorRequest, problem, sentence
from lianfang.kernel import ids
from lianfang.kernel.recall import memory
from lianfang.kernel.refusals import Refused

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/"
#: What PostgreSQL calls a write where only reading is allowed (a standby, a full disk).
READ_ONLY = "25006"
RETRY_SECONDS = "5"
LOG = logging.getLogger(__name__)


def stamped(get_response: Handler) -> Handler:
    """Give each request a number, and forbid caches to keep what was answered to somebody."""

    def handle(request: HttpRequest) -> HttpResponse:
        asked = cast("ActorRequest", request)
        asked.request_id = getattr(request, "request_id", "") or str(ids.new())
        response = get_response(request)
        response.headers.setdefault("X-Request-ID", asked.request_id)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            patch_vary_headers(response, ("Cookie",))
        return response

    return handle


def remembering(get_response: Handler) -> Handler:
    """Let a page that changes nothing ask the database once for what it needs in many places."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with memory():
            return get_response(request)

    return handle


class Refusals:
    """Answer a refusal, or a database that cannot write, as one clear sentence."""

    def __init__(self, get_response: Handler) -> None:
        """Stand innermost, next to the views."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, broken: Exception) -> HttpResponse | None:
        """Turn what a view raised into an answer; anything unknown stays an error."""
        if isinstance(broken, Refused):
            return _page(request, broken.status, sentence(broken), broken.field)
        if isinstance(broken, RequestDataTooBig):
            return _page(request, 413, _("This is more than can be taken at once; send less."))
        if is_out_of_reach(broken):
            LOG.error("database: %s", broken)
            return unavailable(request)
        return None


def is_out_of_reach(broken: Exception) -> bool:
    """Tell whether the database cannot be reached or written to at this moment."""
    if isinstance(broken, InternalError):
        return getattr(broken.__cause__, "sqlstate", "") == READ_ONLY
    return isinstance(broken, OperationalError | InterfaceError)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing can be stored at this moment; nothing was acknowledged or half-written."""
    text = _("Nothing can be stored at this moment and nothing was; try again in a minute.")
    response = _page(request, 503, text)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _page(request: HttpRequest, status: int, text: str, field: str = "") -> HttpResponse:
    if request.path.startswith(API):
        return problem(status, text, field=field)
    told = {"status": status, "sentence": text, "number": getattr(request, "request_id", "")}
    return TemplateResponse(request, "web/refused.html", told, status=status).render()
