"""The tree of units, one unit, and what may be changed of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms import FormerNameForm, MoveForm, UnitForm, UnitsFilter
from lianfang.ground.orgs.queries.unit_page import known_of, unit_page
from lianfang.ground.orgs.queries.unit_tree import unit_tree
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt, done
from lianfang.ground.web.requests import ActorRequest


@needs("units.read")
def units(request: ActorRequest) -> HttpResponse:
    """Show the tree of units, or what was looked for in it."""
    form = UnitsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    tree = unit_tree(request.actor, **{"query" if k == "q" else k: v for k, v in asked.items()})
    found = sum(line.found for line in tree)
    page = "orgs/_units.html" if request.htmx else "orgs/units.html"
    may = bool(request.actor.reaches("units.import"))
    told = {"form": form, "tree": tree, "found": found, "may_import": may}
    return render(request, page, told)


def unit(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show one unit."""
    page = unit_page(request.actor, queries.unit(request.actor, key))
    return render(request, "orgs/unit.html", {"page": page, "unit": page.unit})


def unit_enter(request: ActorRequest, key: UUID) -> HttpResponse:
    """Enter a unit under another one."""
    above = queries.unit(request.actor, key, "units.enter")
    form = UnitForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: services.enter_unit(request.actor, above, form.told()))
        if made:
            messages.success(request, _("%(unit)s is entered.") % {"unit": made})
            return redirect("orgs:unit", made.pk)
    return render(request, "orgs/unit_form.html", {"form": form, "above": above})


def unit_change(request: ActorRequest, key: UUID) -> HttpResponse:
    """Change what is known of a unit."""
    unit = queries.unit(request.actor, key, "units.change")
    form = UnitForm(request.POST or None, initial=known_of(unit))
    if form.is_valid() and done(
        form, lambda: services.change_unit(request.actor, unit, form.told())
    ):
        messages.success(request, _("%(unit)s is changed.") % {"unit": unit})
        return redirect("orgs:unit", key)
    return render(request, "orgs/unit_form.html", {"form": form, "unit": unit})


def unit_move(request: ActorRequest, key: UUID) -> HttpResponse:
    """Put a unit under another superior."""
    unit = queries.unit(request.actor, key, "units.move")
    form = MoveForm(request.actor, key, request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.move_unit(request.actor, unit, form.cleaned_data["parent"])
    ):
        messages.success(request, _("%(unit)s stands under its new superior.") % {"unit": unit})
        return redirect("orgs:unit", key)
    return render(request, "orgs/unit_move.html", {"form": form, "unit": unit})


def unit_name(request: ActorRequest, key: UUID) -> HttpResponse:
    """Keep a name that a unit had."""
    unit = queries.unit(request.actor, key, "units.keep_name")
    form = FormerNameForm(request.POST or None)
    if form.is_valid() and done(form, lambda: services.keep_name(request.actor, unit, form.told())):
        messages.success(request, _("The former name is kept."))
        return redirect("orgs:unit", key)
    return render(request, "orgs/unit_name.html", {"form": form, "unit": unit})
