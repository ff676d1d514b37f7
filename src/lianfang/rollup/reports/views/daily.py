"""The report of a unit, and the list of a day."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lianfang.ground.doors.once import Replay
from lianfang.ground.figures import services as typing_in
from lianfang.ground.files.intake import receive
from lianfang.ground.response import queries as response
from lianfang.ground.signing.rules import Heard
from lianfang.ground.signing.services import Recorded
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import KEY_LENGTH, ActorRequest
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.forms import (
    QUICK_REASONS,
    NarrativeForm,
    OverrideForm,
    ReasonForm,
    SignForm,
    TypedForm,
)
from lianfang.rollup.reports.links import leads
from lianfang.rollup.reports.queries import chasing, days, opening, pages
from lianfang.rollup.reports.rules.states import ReportState, Signing


@needs("reports.read")
def index(request: ActorRequest) -> HttpResponse:
    """Go to the reports of today; whoever has one unit only goes straight to its page."""
    units = queries.my_units(request.actor)
    if len(units) == 1:
        return redirect("reports:page", queries.today(units[0]), units[0].code)
    return redirect("reports:day", queries.today())


@needs("reports.read")
def of_day(request: ActorRequest, day: date) -> HttpResponse:
    """List the reports that are owed for a day."""
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = days.day_list(request.actor, day, state, text)
    told = {
        "day": day,
        "list": shown,
        "states": list(ReportState),
        "state": state,
        "q": text,
        "chase": chasing.button(request.actor, day, shown.missing),
        "leads": leads(request.actor, day),
    }
    return TemplateResponse(request, "reports/day.html", told)


def page(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Show a unit's report of a day as it stands."""
    return _standing(request, day, code)


def rows(request: ActorRequest, day: date, code: str, figure: str) -> HttpResponse:
    """Show the very rows that a number counts."""
    unit = queries.unit_here(request.actor, code, "figures.read")
    told = {"opened": opening.opened(request.actor, unit, day, figure), "day": day, "unit": unit}
    name = "reports/_rows.html" if request.htmx else "reports/rows.html"
    return TemplateResponse(request, name, told)


@require_POST
def type_in(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Keep a number that somebody types."""
    form = TypedForm(request.POST)
    if form.is_valid():
        unit = queries.unit_here(request.actor, code, "figures.type")
        line = pages.line(form.cleaned_data["code"], form.cleaned_data["value"])
        attempt(form, lambda: typing_in.type_in(request.actor, unit, day, line))
    return _standing(request, day, code, typed=form)


@require_POST
def as_yesterday(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Type yesterday's number for whatever was typed yesterday and is open today."""
    unit = queries.unit_here(request.actor, code, "figures.type")
    lines = pages.lines_of_yesterday(request.actor, queries.standing(request.actor, unit, day))
    typing_in.type_in.many(request.actor, [typing_in.type_in.on(unit, day, line) for line in lines])
    return _standing(request, day, code)


@require_POST
def override(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Correct a counted number, with the reason."""
    form = OverrideForm(request.POST)
    if form.is_valid():
        unit = queries.unit_here(request.actor, code, "reports.override")
        told = form.cleaned_data
        attempt(
            form,
            lambda: services.override(
                request.actor, unit, day, told["code"], told["value"], told["reason"]
            ),
        )
    return _standing(request, day, code, corrected=form)


@require_POST
def override_back(request: ActorRequest, day: date, code: str, figure: str) -> HttpResponse:
    """Take a correction back."""
    unit = queries.unit_here(request.actor, code, "reports.override_back")
    services.withdraw_override(request.actor, unit, day, figure)
    return _standing(request, day, code)


@require_POST
def write(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Keep the new situations as they are being written."""
    form = NarrativeForm(request.POST)
    if form.is_valid():
        unit = queries.unit_here(request.actor, code, "reports.write")
        told = form.cleaned_data
        attempt(
            form,
            lambda: services.write(
                request.actor,
                unit,
                day,
                told["new_issues"],
                told["help_needed"],
                zero=told["zero"],
            ),
        )
    return _standing(request, day, code, narrative=form)


@require_POST
def sign(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Put a name under the numbers."""
    form = SignForm(request.POST, request.FILES)
    if form.is_valid():
        unit = queries.unit_here(request.actor, code, "reports.sign")
        part = Signing(form.cleaned_data["part"])

        def run() -> None:
            recorded = _recorded(request.actor, form)
            services.sign(request.actor, unit, day, part, recorded=recorded)

        attempt(form, run)
    return _standing(request, day, code, signing=form)


def _recorded(actor: Actor, form: SignForm) -> Recorded | None:
    """Return whose signature is recorded and how it was heard; nothing where one signs himself."""
    told = form.cleaned_data
    if not told["recorded_for"].strip():
        return None
    photo = receive(told["photo"], response.current(actor)) if told["photo"] else None
    return Recorded(told["recorded_for"], Heard(told["heard"] or Heard.IN_PERSON), photo)


@require_POST
def submit(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Send the report, once: the second click of two finds it sent."""
    unit = queries.unit_here(request.actor, code, "reports.submit")
    key = f"{unit.pk}:{day}:{request.POST.get('after', '')}"[:KEY_LENGTH]
    actor = replace(request.actor, once=once(request, key, _sent_at))
    with suppress(Replay):
        services.submit(actor, unit, day)
    return _standing(request, day, code)


@require_POST
def accept(request: ActorRequest, report: UUID) -> HttpResponse:
    """Accept a report that somebody else has sent."""
    found = queries.report_by_id(request.actor, report, "reports.accept")
    services.accept(request.actor, found)
    return _standing(request, found.day, found.unit.code)


@require_POST
def give_back(request: ActorRequest, report: UUID) -> HttpResponse:
    """Give a report back with what should be mended."""
    found = queries.report_by_id(request.actor, report, "reports.return")
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: services.give_back(request.actor, found, reason))
    return _standing(request, found.day, found.unit.code, reason=form)


@require_POST
def chase(request: ActorRequest, day: date) -> HttpResponse:
    """Remind every unit whose report of the day is missing, in one step."""
    asked = chasing.chase_of(request.actor, day)
    services.chase.many(request.actor, [services.chase.on(unit, day) for unit in asked.units])
    tell = messages.success if asked.reached else messages.warning
    for text in asked.told:
        tell(request, text)
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else reverse("reports:day", args=[day]))


def version(request: ActorRequest, report: UUID) -> HttpResponse:
    """Show a version of a report as it was frozen."""
    found = queries.report_by_id(request.actor, report)
    told = {"page": opening.frozen_page(request.actor, found)}
    return TemplateResponse(request, "reports/version.html", told)


def _sent_at(report: object) -> datetime:
    if not isinstance(report, services.DailyReport):
        raise TypeError(report)
    return report.submitted_at


def _standing(request: ActorRequest, day: date, code: str, **forms: object) -> HttpResponse:
    """Show the page again: htmx takes the part, a plain form is sent on to the page."""
    bad = any(getattr(form, "errors", None) for form in forms.values())
    if request.method == "POST" and not request.htmx and not bad:
        return redirect("reports:page", day, code)
    unit = queries.unit_here(request.actor, code, "reports.read")
    told = pages.report_page(request.actor, queries.standing(request.actor, unit, day))
    shown: dict[str, object] = {"page": told, "day": day, "reasons": QUICK_REASONS, **forms}
    if request.htmx:
        return TemplateResponse(request, "reports/_standing.html", shown)
    shown["leads"] = leads(request.actor, day, unit)
    return TemplateResponse(request, "reports/page.html", shown)
