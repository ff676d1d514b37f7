"""The reader's own account: how he gets in, where he is signed in, and the end of each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms.account import NameForm, TakeFactorsForm
from lianfang.ground.orgs.services import accounts
from lianfang.ground.orgs.sessions import NUMBER, SECOND
from lianfang.ground.web.access import fresh
from lianfang.ground.web.forms import done
from lianfang.ground.web.requests import ActorRequest


def account(request: ActorRequest) -> HttpResponse:
    """Show the reader everything by which somebody gets in as him."""
    here = str(request.session.get(NUMBER, ""))
    told = accounts.own_account(request.actor, queries.me(request.actor), here)
    return render(request, "orgs/account.html", {"account": told})


def second_step(request: ActorRequest) -> HttpResponse:
    """Lead somebody whose posts need a second step to setting one up."""
    if accounts.has_factor(queries.me(request.actor)):
        return redirect("orgs:account")
    return render(request, "orgs/second_step.html")


@fresh
@require_POST
def factor_remove(request: ActorRequest, number: int) -> HttpResponse:
    """Remove one of the reader's second steps."""
    here = UUID(request.session[NUMBER]) if NUMBER in request.session else None
    user = services.remove_own_factor(request.actor, queries.me(request.actor), number, here)
    if not accounts.has_factor(user):
        request.session.pop(SECOND, None)
    request.session.cycle_key()
    messages.success(request, _("It is removed; nobody gets in by it any more."))
    return redirect("orgs:account")


@fresh
def factor_rename(request: ActorRequest, number: int) -> HttpResponse:
    """Give a passkey another name."""
    form = NameForm(request.POST or None)
    if form.is_valid() and done(
        form,
        lambda: services.rename_own_factor(
            request.actor, queries.me(request.actor), number, form.cleaned_data["name"]
        ),
    ):
        return redirect("orgs:account")
    return render(request, "orgs/account_form.html", {"form": form, "what": "name"})


@fresh
@require_POST
def disconnect(request: ActorRequest, number: int) -> HttpResponse:
    """Let go of an account elsewhere."""
    services.disconnect_own(request.actor, queries.me(request.actor), number)
    messages.success(request, _("The account is not connected any more."))
    return redirect("orgs:account")


@require_POST
def session_end(request: ActorRequest, number: UUID) -> HttpResponse:
    """End one of the reader's sign-ins."""
    services.end_own_sessions(request.actor, queries.me(request.actor), [number])
    messages.success(request, _("That browser is signed out."))
    return redirect("orgs:account")


@require_POST
def sessions_end(request: ActorRequest) -> HttpResponse:
    """End all of the reader's sign-ins but this one."""
    user, here = queries.me(request.actor), str(request.session.get(NUMBER, ""))
    found = accounts.sign_ins_of(request.actor, user, "users.end_own_sessions", here)
    others = [one.number for one in found if not one.here]
    services.end_own_sessions(request.actor, user, others)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("orgs:account")


@fresh
@require_POST
def user_sessions_end(request: ActorRequest, key: UUID) -> HttpResponse:
    """End every sign-in of somebody."""
    user = queries.user(request.actor, key, "users.end_sessions")
    services.end_sessions(request.actor, user)
    messages.success(request, _("%(user)s is signed out everywhere.") % {"user": user})
    return redirect("orgs:user", key)


@fresh
def user_factors_take(request: ActorRequest, key: UUID) -> HttpResponse:
    """Take the second steps of somebody away who has lost his phone."""
    user = queries.user(request.actor, key, "users.take_factors")
    form = TakeFactorsForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.take_factors(request.actor, user, form.cleaned_data["reason"])
    ):
        told = _("%(user)s has no second step any more, is signed out and told so.")
        messages.success(request, told % {"user": user})
        return redirect("orgs:user", key)
    return render(request, "orgs/account_form.html", {"form": form, "shown": user, "what": "take"})
