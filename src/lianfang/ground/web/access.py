"""A screen that is about no object yet is there only for those who hold the act it leads to."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import NotAllowed

#: A page that somebody comes from is asked again after he has shown who he is.
GET = frozenset({"GET", "HEAD"})
P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def needs(*acts: str) -> Callable[[View[P]], View[P]]:
    """Let a screen not be found by those who hold none of these acts anywhere."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def looked(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not any(request.actor.reaches(act) for act in acts):
                raise NotAllowed(NOTHING_HERE)
            return view(request, *args, **kwargs)

        return looked

    return wrap


def fresh(view: View[P]) -> View[P]:
    """Ask whoever signed in a while ago who he is, before a screen that administers or exports.

    What he sent is not kept meanwhile, for it may hold a password: he sends it again.
    """

    @wraps(view)
    def looked(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated and is_reauthentication_required(request, app="lianfang"):
            return _once_more(request)
        return view(request, *args, **kwargs)

    return looked


def _once_more(request: ActorRequest) -> HttpResponse:
    ways = get_adapter().get_reauthentication_methods(request.user)
    url = f"{ways[0]['url']}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _back(request: ActorRequest) -> str:
    """Return where to go on: the page itself, or the one from which something was sent."""
    if request.method in GET:
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    return came if url_has_allowed_host_and_scheme(came, {request.get_host()}) else "/"
