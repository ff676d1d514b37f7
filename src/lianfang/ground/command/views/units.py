"""The structure page of a unit, and what is changed on it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.command import queries, services
from lianfang.ground.command.forms import (
    ChargeForm,
    EndForm,
    SeatForm,
    SuccessorForm,
    today,
)
from lianfang.ground.command.queries.asking import line_word, seat_word
from lianfang.ground.command.rules.seats import OWN
from lianfang.ground.web.forms import done
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock


@require_safe
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show the structure of a unit as it stands, or stood, on a day."""
    found = queries.unit_here(request.actor, code, "command.read")
    day = _day(request.GET.get("on", ""))
    page = queries.structure(request.actor, found, day)
    template = "command/paper.html" if "paper" in request.GET else "command/unit.html"
    told = {"page": page, "shown": found, "back": request.get_full_path()}
    return render(request, template, told)


@sensitive_post_parameters("phone")
def appoint(request: ActorRequest, code: str) -> HttpResponse:
    """Put somebody into a seat."""
    found = queries.unit_here(request.actor, code, "command.appoint")
    seat = request.GET.get("seat", "")
    known = {"seat": seat if seat in set(OWN) else OWN[0]}
    form = SeatForm(request.actor, "command.appoint", request.POST or None, initial=known)
    if form.is_valid() and done(form, lambda: services.appoint(request.actor, found, form.line)):
        messages.success(request, _("The seat is filled."))
        return redirect("command:unit", code)
    return _form(request, form, found, _("Somebody in a seat"), _("Fill the seat"))


@sensitive_post_parameters("phone")
def replace(request: ActorRequest, key: UUID) -> HttpResponse:
    """Put a successor into a seat."""
    held = queries.appointment(request.actor, key, "command.replace")
    form = SuccessorForm(request.actor, "command.replace", held.seat, request.POST or None)
    if form.is_valid() and done(form, lambda: services.replace(request.actor, held, form.line)):
        messages.success(request, _("The successor is entered."))
        return redirect("command:unit", held.unit.code)
    heading = _("Who follows %(name)s as %(seat)s") % {
        "name": held.name,
        "seat": seat_word(held.seat),
    }
    return _form(request, form, held.unit, heading, _("Enter the successor"))


def end(request: ActorRequest, key: UUID) -> HttpResponse:
    """Let somebody leave a seat."""
    held = queries.appointment(request.actor, key, "command.end")
    form = EndForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.end(request.actor, held, **form.cleaned_data)
    ):
        messages.success(request, _("It is ended; the seat stands empty until it is filled."))
        return redirect("command:unit", held.unit.code)
    heading = _("%(name)s leaves: %(seat)s") % {"name": held.name, "seat": seat_word(held.seat)}
    return _form(request, form, held.unit, heading, _("End the appointment"))


def charge(request: ActorRequest, code: str, line: str) -> HttpResponse:
    """Name the department for a line of work."""
    found = queries.unit_here(request.actor, code, "command.charge")
    form = ChargeForm(request.actor, found, request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.charge(request.actor, found, form.line(line))
    ):
        messages.success(request, _("The department is named."))
        return redirect("command:unit", code)
    word = line_word(queries.asked_at(request.actor, clock.now()), line)
    heading = _("Who answers for: %(line)s") % {"line": word}
    return _form(request, form, found, heading, _("Name the department"))


def discharge(request: ActorRequest, key: UUID) -> HttpResponse:
    """Take a line of work from a department."""
    held = queries.charge(request.actor, key, "command.discharge")
    form = EndForm(request.POST or None)
    if form.is_valid() and done(
        form, lambda: services.discharge(request.actor, held, **form.cleaned_data)
    ):
        messages.success(request, _("It is ended; nobody answers for this line of work now."))
        return redirect("command:unit", held.unit.code)
    heading = _("%(name)s answers for it no more") % {"name": held.name}
    return _form(request, form, held.unit, heading, _("End it"))


@require_POST
def phone(request: ActorRequest, key: UUID) -> HttpResponse:
    """Open the telephone of somebody in a seat, in order to call."""
    held = queries.appointment(request.actor, key, "command.phone")
    number = services.phone(request.actor, held)
    told = {"held": held, "number": number, "seat": seat_word(held.seat)}
    answer = render(request, "command/phone.html", told)
    answer["Cache-Control"] = "no-store"
    return answer


def _form(
    request: ActorRequest, form: Form, found: object, heading: str, button: str
) -> HttpResponse:
    told = {"form": form, "shown": found, "heading_of": heading, "button": button}
    return render(request, "command/form.html", told)


def _day(text: str) -> date:
    """Return the day of an address; today where it names none that there is."""
    try:
        return parse_date(text) or today()
    except ValueError:
        return today()
