"""What the policy pack says at any instant, its amendments, and a unit's stricter values."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianfang.ground.response import forms, queries, services
from lianfang.ground.web.forms import done
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock


@require_safe
def pack(request: ActorRequest) -> HttpResponse:
    """Show every value of the pack in force at an instant, and when what changes."""
    actor = request.actor
    form = forms.AskForm(actor, request.GET)
    asked = form.asked(clock.now())
    told = {
        "form": form,
        "asked": asked,
        "page": queries.pack_page(actor, asked),
        "may": queries.may(actor, asked.unit),
    }
    return render(request, "response/pack.html", told)


def amend(request: ActorRequest) -> HttpResponse:
    """Change a value for everybody from an instant on; first show what will be different."""
    actor, group = request.actor, queries.group_for(request.actor, "response.amend")
    if group is None or queries.current(actor) is None:
        raise Http404
    start = queries.pack_at(actor, clock.now())
    form = forms.AmendForm(start, request.POST or None, initial=request.GET.dict())
    sure = "activate" in request.POST
    changes: list[queries.ChangeRow] = []

    def do(told: Mapping[str, Any]) -> None:
        if sure:
            services.amend(actor, group, forms.amendment(told))
        else:
            changes.extend(services.preview(actor, forms.amendment(told), get_language() or ""))

    if form.is_valid() and done(form, partial(do, form.cleaned_data)) and sure:
        messages.success(request, _("The policy pack has a new version."))
        return redirect("response:pack")
    return render(request, "response/amend.html", {"form": form, "changes": changes})


def tighten(request: ActorRequest) -> HttpResponse:
    """Make a value stricter for a unit and all below it."""
    actor = request.actor
    if not queries.may(actor, None).tighten or queries.current(actor) is None:
        raise Http404
    start = queries.pack_at(actor, clock.now())
    form = forms.TightenForm(actor, start, request.POST or None, initial=request.GET.dict())

    def do(told: Mapping[str, Any]) -> None:
        services.supplement(actor, told["unit"], told["path"], told["value"], told["reason"])

    if form.is_valid() and done(form, partial(do, form.cleaned_data)):
        messages.success(request, _("The stricter value is in force."))
        return redirect(forms.page_of(form.cleaned_data["unit"]))
    return render(request, "response/tighten.html", {"form": form})


def lift(request: ActorRequest, code: str, path: str) -> HttpResponse:
    """Go back to what the pack says of a value in a unit."""
    unit = queries.unit_for(request.actor, code, "response.lift")
    if unit is None or queries.current(request.actor) is None:
        raise Http404
    form = forms.LiftForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.lift(request.actor, unit, path, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The pack's own value is in force again."))
        return redirect(forms.page_of(unit))
    told = {"form": form, "unit": unit, "path": path}
    return render(request, "response/lift.html", told)
