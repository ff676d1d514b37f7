"""The group's page: all units with their command, what is missing, who sits where."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.command import queries, services
from lianfang.ground.command.forms import LiaisonForm, OverviewForm, today
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import refuse
from lianfang.ground.web.requests import ActorRequest

ACTS = ("command.liaison", "command.letter", "command.issue")


@needs("command.read")
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """Show every unit with its command; a reader of one unit goes to its page at once."""
    form = OverviewForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    day, words = told.get("on") or today(), told.get("q", "")
    page = queries.overview(request.actor, day, told.get("lack", ""), words)
    if page.only and not request.htmx:
        return redirect("command:unit", page.only)
    shown = {
        "form": form,
        "page": page,
        "day": day,
        "words": words,
        "people": queries.found_people(request.actor, words, day),
        "may": {act for act in ACTS if request.actor.reaches(act)},
        "back": request.get_full_path(),
    }
    part = "command/_overview.html" if request.htmx else "command/overview.html"
    return render(request, part, shown)


@require_POST
def ask(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for a weak point to be mended, in one tap."""
    unit = queries.unit_here(request.actor, code, "command.ask")
    services.ask(request.actor, unit, request.POST.get("key", ""))
    messages.success(request, _("Asked of %(unit)s; it stands among the loops.") % {"unit": unit})
    back = request.POST.get("back", "")
    return redirect(back if back.startswith("/command/") else reverse("command:overview"))


@needs("command.liaison")
def liaison(request: ActorRequest) -> HttpResponse:
    """Name who of the leaders looks after which units."""
    form = LiaisonForm(request.actor, request.POST or None)
    if form.is_valid() and _named(request, form):
        return redirect("command:liaison")
    leaders = queries.leaders(request.actor, today())
    return render(request, "command/liaison.html", {"form": form, "leaders": leaders})


def _named(request: ActorRequest, form: LiaisonForm) -> bool:
    """Name the leader at all the units or at none of them."""
    pendings = [services.name_liaison.on(unit, form.line) for unit in form.chosen]
    for item in services.name_liaison.many(request.actor, pendings, whole=True):
        if item.refused is not None:
            refuse(form, item.refused)
            return False
    said = ngettext("Named for %(n)d unit.", "Named for %(n)d units.", len(pendings))
    messages.success(request, said % {"n": len(pendings)})
    return True
