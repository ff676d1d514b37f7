"""One person: his page, entering and changing him, his moving and leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt, done
from lianfang.ground.web.requests import ActorRequest
from lianfang.people.register import queries, seams, services
from lianfang.people.register.forms import EnterForm, MoveForm, PersonForm
from lianfang.people.register.queries.page import known_of, page
from lianfang.people.register.rules.words import Population


@require_safe
def person(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show what is known of one person, masked."""
    shown = page(request.actor, key)
    parts = seams.parts_of(request.actor, shown.person)
    told = {"shown": shown, "card": shown.card, "parts": parts, "may": shown.may}
    return render(request, "register/person.html", told | {"links": bool(seams.link_page())})


@needs("people.enter")
def enter(request: ActorRequest) -> HttpResponse:
    """Enter somebody of the staff or on site."""
    on_site = "on_site" in request.GET.getlist("population")
    population = Population.ON_SITE if on_site else Population.STAFF
    form = EnterForm(request.actor, population, request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            form,
            lambda: services.enter(
                request.actor, told["unit"], form.line(), form.where(), told.get("site")
            ),
        )
        if made:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            return redirect("register:person", made.pk)
    return render(request, "register/enter.html", {"form": form, "on_site": on_site})


def change(request: ActorRequest, key: UUID) -> HttpResponse:
    """Change what is known of a person."""
    row = queries.person(request.actor, key, "people.change")
    form = PersonForm(Population(row.population), request.POST or None, known_of(row))
    if form.is_valid() and done(form, lambda: services.change(request.actor, row, form.line())):
        messages.success(request, _("%(name)s is changed.") % {"name": row.name})
        return redirect("register:person", key)
    return render(request, "register/change.html", {"form": form, "person": row})


def move(request: ActorRequest, key: UUID) -> HttpResponse:
    """Move somebody to another unit, or take back who had left."""
    row = queries.person(request.actor, key, "people.move")
    form = MoveForm(request.actor, request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.move(request.actor, row, form.cleaned_data["to"])
    ):
        told = {"name": row.name, "unit": form.cleaned_data["to"]}
        messages.success(request, _("%(name)s counts at %(unit)s from now on.") % told)
        return redirect("register:person", key)
    return render(request, "register/move.html", {"form": form, "person": row})


@require_POST
def leave(request: ActorRequest, key: UUID) -> HttpResponse:
    """Take somebody off the roll."""
    row = services.leave(request.actor, queries.person(request.actor, key, "people.leave"))
    messages.success(request, _("%(name)s has left and counts no more.") % {"name": row.name})
    return redirect("register:person", key)
