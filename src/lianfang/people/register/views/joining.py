"""Before a poster: asking to be taken in, and waiting; nobody here is signed in."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import NotAllowed, Refused
from lianfang.kernel.texts import msgid
from lianfang.people.register import seams, services
from lianfang.people.register.forms import AskForm
from lianfang.people.register.queries import joining as queries

COOKIE, SALT, DAYS = "lf-join", "register.join", 7
#: How often somebody may ask: a shift that comes in through one office's address fits, a machine
#: that tries numbers does not.
LIMITS = {"join": "120/h/ip,1000/d/key"}
NO_POSTER = msgid("This poster is not valid any more; ask at the office of your company.")
NOT_HERE = msgid("Open this page on the telephone with which you asked, or scan the poster again.")
TOO_OFTEN = msgid("Too many have asked in a short while; wait an hour or go to the office.")


class TooOften(Refused):
    """More was sent from one place than people send."""

    status = 429


@gzip_page
@login_not_required
def join(request: ActorRequest, code: str) -> HttpResponse:
    """Take name and telephone of somebody at a poster; the answer is the same for everybody."""
    poster = queries.poster_by(code)
    if poster is None:
        raise NotAllowed(NO_POSTER)
    form = AskForm(poster, request.POST or None)
    if form.is_valid():
        _within_limits(request, code)
        secret = services.new_secret()
        told = services.Told(form.asked(), orgs.digest(secret))
        actor = queries.at_poster(poster, request.request_id)
        if attempt(form, lambda: services.ask(actor, poster, told)) is not None:
            return _remembered(request, redirect("register:join_wait"), secret)
    status = 422 if form.is_bound else 200
    return render(request, "register/join.html", {"poster": poster, "form": form}, status=status)


@gzip_page
@login_not_required
@require_safe
def wait(request: ActorRequest) -> HttpResponse:
    """Tell who asked what became of it; his own link once he is taken in."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DAYS * 86_400)
    secret = kept or ""
    found = queries.joining_by(orgs.digest(secret)) if secret else None
    if found is None:
        raise NotAllowed(NOT_HERE)
    taken = queries.is_taken(found) and bool(seams.link_page())
    opens = taken and queries.opens(found)
    told = {
        "joining": found,
        "taken": taken,
        "opens": opens,
        "url": _address(request, secret) if opens else "",
        "way": reverse(seams.link_page(), args=(secret,)) if opens else "",
    }
    return render(request, "register/join_wait.html", told)


def _within_limits(request: ActorRequest, code: str) -> None:
    if not ratelimit.consume(request, app="lianfang", action="join", config=LIMITS, key=code):
        raise TooOften(TOO_OFTEN)


def _remembered(request: ActorRequest, response: HttpResponse, secret: str) -> HttpResponse:
    """Have his own browser keep the secret; no address has it while he waits."""
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=SALT,
        max_age=DAYS * 86_400,
        path=reverse("register:join_wait"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _address(request: ActorRequest, secret: str) -> str:
    path = reverse(seams.link_page(), args=(secret,))
    base = settings.PUBLIC_URL.rstrip("/")
    return f"{base}{path}" if base else request.build_absolute_uri(path)
