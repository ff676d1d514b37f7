"""Tokens for programs: which there are, a new one with its secret shown once, the end of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms import TokenForm
from lianfang.ground.orgs.queries.user_pages import token_lines
from lianfang.ground.web.access import fresh, needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest


@needs("tokens.read")
def tokens(request: ActorRequest) -> HttpResponse:
    """Show the tokens."""
    may_enter = bool(request.actor.reaches("tokens.create"))
    told = {"lines": token_lines(request.actor), "may_enter": may_enter}
    return render(request, "orgs/tokens.html", told)


@needs("tokens.create")
@fresh
def token_make(request: ActorRequest) -> HttpResponse:
    """Make a token; its secret stands on the answer to this request and nowhere else."""
    form = TokenForm(request.actor, request.POST or None)
    if form.is_valid():
        secret, told = services.new_secret(), form.cleaned_data
        which = (told["role"], secret, told["days"], told["label"], queries.myself(request.actor))
        made = attempt(form, lambda: services.make_token(request.actor, told["unit"], *which))
        if made:
            return render(request, "orgs/token_made.html", {"token": made, "secret": secret})
    return render(request, "orgs/token_form.html", {"form": form})


@fresh
@require_POST
def token_revoke(request: ActorRequest, key: UUID) -> HttpResponse:
    """Take a token's right away."""
    services.revoke_token(request.actor, queries.token(request.actor, key))
    messages.success(request, _("The token is revoked; it opens nothing from now on."))
    return redirect("orgs:tokens")
