"""The addresses of signing in; of allauth's others there is nothing here.

Accounts are opened, and forgotten passwords set anew, by the administrator.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _

CLOSED = r"^(?:signup|email|confirm-email|password/set|password/reset|login/code|phone)/"


@login_not_required
def nothing(_request: HttpRequest) -> HttpResponse:
    """Answer as if nothing were there, to everybody alike."""
    raise Http404(_("Accounts are opened by the administrator of your company."))


urlpatterns = [
    re_path(CLOSED, nothing),
    path("", include("allauth.account.urls")),
]
