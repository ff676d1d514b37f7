"""How the response stands, and the next step of its course."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lianfang.ground.response import queries
from lianfang.ground.response.steps import STEPS
from lianfang.ground.web.forms import done
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock


@require_safe
def situation(request: ActorRequest) -> HttpResponse:
    """Show how the response stands, or offer to begin one."""
    actor = request.actor
    now = queries.situation(actor, clock.now())
    mine = [step for step in STEPS.values() if queries.group_for(actor, step.act) is not None]
    told = {
        "now": now,
        "language": get_language(),
        "steps": [step for step in mine if step.code not in {"begin", "adopt"}],
        "may_begin": any(step.code == "begin" for step in mine),
        "former": queries.former(actor),
    }
    return render(request, "response/situation.html", told)


def change(request: ActorRequest, what: str) -> HttpResponse:
    """Enter a step: begin a response, another level, the next phase, cases, its end."""
    step = STEPS.get(what)
    group = queries.group_for(request.actor, step.act) if step is not None else None
    running = queries.current(request.actor) is not None
    if step is None or group is None or running == (what == "begin"):
        raise Http404
    form = step.form(request.POST or None, initial=request.GET.dict() if step.asks_pack else None)
    if form.is_valid() and done(form, lambda: step.do(request.actor, group, form.cleaned_data)):
        messages.success(request, str(step.after))
        return redirect(step.to)
    told = {"form": form, "step": step}
    if step.asks_pack:
        chosen = str(form["pack_id"].value() or "")
        told["packs"] = queries.pack_choices(request.actor, get_language() or "", chosen)
    return render(request, "response/change.html", told)
