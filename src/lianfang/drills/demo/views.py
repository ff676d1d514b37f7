"""The page of the demo: whose post to take, and what time it is."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from lianfang.drills.demo import queries, services
from lianfang.drills.demo.rules.personas import STEPS
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import OPERATOR

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
def home(request: ActorRequest) -> HttpResponse:
    """Show who can be played and what time it is."""
    queries.only_in_a_demo()
    told = {"players": queries.players(), "now": queries.now(), "steps": list(STEPS)}
    return TemplateResponse(request, "demo/home.html", told)


@login_not_required
@require_POST
def play(request: ActorRequest, username: str) -> HttpResponse:
    """Take a post."""
    queries.only_in_a_demo()
    login(request, queries.player(username), backend=BACKEND)
    return redirect("/")


@login_not_required
@require_POST
def move(request: ActorRequest) -> HttpResponse:
    """Move the clock of the demo forward."""
    queries.only_in_a_demo()
    services.move_clock(OPERATOR, None, request.POST.get("step", ""))
    services.catch_up()
    return redirect("demo:home")
