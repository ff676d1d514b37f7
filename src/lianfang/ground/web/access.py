"""A screen that is about no object yet is there only for those who hold the act it leads to."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import NotAllowed

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
