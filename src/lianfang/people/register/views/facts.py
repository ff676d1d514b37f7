"""What is told of people: where they are, what history they have; what is sealed, looked at."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import needs_feature
from lianfang.ground.web.forms import attempt, done
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.people.register import queries, services
from lianfang.people.register.forms import (
    ExposureForm,
    MovementForm,
    PeopleFilter,
    RevealForm,
    ticked,
)
from lianfang.people.register.queries.chosen import chosen
from lianfang.people.register.queries.page import secret, whereabouts_of
from lianfang.people.register.rules.words import SealedColumn


@needs_feature(Feature.MOVEMENTS)
def movement(request: ActorRequest, key: UUID) -> HttpResponse:
    """Record where somebody is."""
    row = queries.person(request.actor, key, "movements.record")
    form = MovementForm(request.actor, request.POST or None, whereabouts_of(request.actor, row))
    if form.is_valid() and done(
        form, lambda: services.record_movement(request.actor, row, form.told())
    ):
        messages.success(
            request, _("The whereabouts of %(name)s are recorded.") % {"name": row.name}
        )
        return redirect("register:person", key)
    return render(request, "register/movement.html", {"form": form, "person": row})


@require_http_methods(["GET", "POST"])
@needs_feature(Feature.MOVEMENTS)
def movements(request: ActorRequest) -> HttpResponse:
    """Record the same movement for everybody who was ticked or is on the list."""
    if request.method != "POST":
        return redirect("register:people")
    asked = PeopleFilter(request.actor, request.POST).wanted()
    everybody = asked if "everybody" in request.POST else None
    people = chosen(request.actor, "movements.record", ticked(request.POST), everybody)
    form = MovementForm(request.actor, request.POST if "how" in request.POST else None)
    if people and form.is_valid():
        pending = [services.record_movement.on(row, form.told()) for row in people]
        items = services.record_movement.many(request.actor, pending, whole=True)
        refused = next((item.refused for item in items if item.refused), None)
        if refused is None:
            told = ngettext("Recorded for %(n)d person.", "Recorded for %(n)d people.", len(items))
            messages.success(request, told % {"n": len(items)})
            return redirect("register:people")
        form.add_error(None, sentence(refused))
    told_of = {"form": form, "people": people}
    return render(request, "register/movements.html", told_of)


@needs_feature(Feature.EPI_HISTORY)
def exposure(request: ActorRequest, key: UUID) -> HttpResponse:
    """Record a piece of history as it was told."""
    row = queries.person(request.actor, key, "exposures.record")
    form = ExposureForm(request.actor, request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.record_exposure(request.actor, row, form.told())
    ):
        messages.success(request, _("Recorded what %(name)s told.") % {"name": row.name})
        return redirect("register:person", key)
    return render(request, "register/exposure.html", {"form": form, "person": row})


@require_POST
def withdraw(request: ActorRequest, key: UUID) -> HttpResponse:
    """Withdraw a piece of history that was wrong."""
    row = queries.exposure(request.actor, key, "exposures.withdraw")
    services.withdraw_exposure(request.actor, row)
    messages.success(request, _("Withdrawn; it stays on the page, struck out."))
    return redirect("register:person", row.person_id)


def reveal(request: ActorRequest, key: UUID, column: str) -> HttpResponse:
    """Ask for the purpose of a look, and show the one value to who asked."""
    if column not in set(SealedColumn):
        raise Http404
    row = queries.person(request.actor, key, "people.reveal")
    form = RevealForm(request.POST or None)
    told = {"person": row, "secret": secret(row, SealedColumn(column)), "form": form}
    if form.is_valid():
        shown = attempt(
            form,
            lambda: services.reveal(request.actor, row, SealedColumn(column), *form.told()),
        )
        told["value"] = shown.value if shown else ""
    page = "register/_reveal.html" if request.htmx else "register/reveal.html"
    return render(request, page, told)
