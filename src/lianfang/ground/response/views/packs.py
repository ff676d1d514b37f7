"""What the policy pack says at any instant, its amendments, and a unit's stricter values."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianfang.ground.response import forms, queries, services
from lianfang.ground.response.rules import files
from lianfang.ground.response.views import draft_pages as pages
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


def tighten(request: ActorRequest) -> HttpResponse:
    """Make a value stricter for a unit and all below it."""
    actor = request.actor
    if not queries.may(actor, None).tighten or queries.current(actor) is None:
        raise Http404
    start = queries.pack_at(actor, clock.now())
    form = forms.TightenForm(actor, start, request.POST or None, initial=request.GET.dict())

    sure = "look" not in request.POST
    shown: dict[str, object] = {}

    def do(told: Mapping[str, Any]) -> None:
        what = [told[name] for name in ("unit", "path", "value", "reason", "valid_to")]
        if sure:
            services.supplement(actor, *what)
        else:
            shown.update(pages.tightening(actor, *services.tightened_for(actor, *what)))

    if form.is_valid() and done(form, partial(do, form.cleaned_data)) and sure:
        messages.success(request, _("The stricter value is in force."))
        return redirect(forms.page_of(form.cleaned_data["unit"]))
    return render(request, "response/tighten.html", {"form": form, **shown})


@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """Save a version of the pack as a file that can be taken in again."""
    actor, key = request.actor, request.GET.get("version", "")
    now = clock.now()
    version = queries.version(actor, key or str(queries.adopted_version(actor, now) or ""))
    text = files.export(queries.stored(actor, version))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    name = f"{version.pack_id}-{version.version}.yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def versions(request: ActorRequest) -> HttpResponse:
    """Compare two versions of the pack: what they say today, and what they change on which day."""
    actor = request.actor
    old = queries.version(actor, request.GET.get("old", ""))
    new = queries.version(actor, request.GET.get("new", ""))
    return render(request, "response/versions.html", pages.compared(actor, old, new))


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
