"""What is not there and what broke: a page for readers, a problem document for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext as _
from django.views import defaults

from lianfang.ground.web.middleware import API
from lianfang.ground.web.requests import problem


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address."""
    if request.path.startswith(API):
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing at this address."))
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side; the log knows what, by the number of the request."""
    number = getattr(request, "request_id", "")
    if request.path.startswith(API):
        title = _("Something broke on our side; nothing was stored.")
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, title, request=number)
    page = loader.get_template("500.html").render({"status": 500, "number": number})
    return HttpResponseServerError(page)
