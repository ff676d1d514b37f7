"""How screens follow the switches of the pack: their views, their links and the rail's entries."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

from lianfang.ground.response.queries.features import demand, feature
from lianfang.ground.response.rules.features import Feature
from lianfang.ground.web.requests import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def needs_feature(which: Feature) -> Callable[[View[P]], View[P]]:
    """Let a view say which policy switched it off, wherever nobody in sight uses it."""

    def guarded(view: View[P]) -> View[P]:
        @wraps(view)
        def handle(request: ActorRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
            demand(request.actor, which)
            return view(request, *args, **more)

        return handle

    return guarded


def while_on(which: Feature) -> Callable[[HttpRequest], bool]:
    """Say when an entry of the rail stands there: while somebody in sight uses the part."""

    def stands(request: HttpRequest) -> bool:
        return feature(cast("ActorRequest", request).actor, which)

    return stands
