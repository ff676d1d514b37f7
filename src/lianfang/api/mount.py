"""Every app's api.py under one address: tokens, errors, OpenAPI."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from lianfang.ground.figures.api import router as figures
from lianfang.ground.loops.api import router as loops
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.errors import not_found
from lianfang.ground.web.middleware import is_out_of_reach, unavailable
from lianfang.ground.web.requests import problem, refusal
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Refused
from lianfang.people.checkins.api import router as checkins
from lianfang.people.screening.api import router as screening
from lianfang.rollup.reports.api import bulletins, reports


class Bearer(HttpBearer):
    """A token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Put the actor on the request."""
        actor = orgs.bearer(token, request.request_id)  # type: ignore[attr-defined]
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


api = NinjaAPI(
    title="Lianfang",
    version="1",
    auth=Bearer(),
    urls_namespace="api",
    docs_url="/docs",
)


@api.exception_handler(Refused)
def refused(_request: HttpRequest, exc: Refused) -> HttpResponse:
    """Say no as a problem document."""
    return refusal(exc)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, exc: Http404) -> HttpResponse:
    """Say that there is nothing at this address."""
    return not_found(request, exc)


@api.exception_handler(AuthenticationError)
def no_token(_request: HttpRequest, _exc: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    return problem(HTTPStatus.UNAUTHORIZED, _("Send a valid bearer token."))


@api.exception_handler(ValidationError)
def bad_body(_request: HttpRequest, exc: ValidationError) -> HttpResponse:
    """Say what is wrong with the body, field by field."""
    errors = [
        {"field": ".".join(str(part) for part in error["loc"][2:]), "problem": error["msg"]}
        for error in exc.errors
    ]
    title = _("Some of what was sent cannot be taken as it is.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, title, errors=errors)


@api.exception_handler(HttpError)
def not_readable(_request: HttpRequest, exc: HttpError) -> HttpResponse:
    """Say that the body is no JSON, or whatever else went wrong before it was read."""
    return problem(exc.status_code, str(exc))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
@api.exception_handler(InternalError)
def no_database(request: HttpRequest, exc: Exception) -> HttpResponse:
    """Say that nothing can be stored now."""
    if not is_out_of_reach(exc):
        raise exc
    return unavailable(request)


api.add_router("/figures", figures)
api.add_router("/reports", reports)
api.add_router("/bulletins", bulletins)
api.add_router("/people", screening)
api.add_router("/checkins", checkins)
api.add_router("/loops", loops)

URLS = api.urls
for _pattern in URLS[0]:
    if _pattern.callback is not None:
        _pattern.callback = login_not_required(_pattern.callback)
