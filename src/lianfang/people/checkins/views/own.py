"""The phone: the questions of today, and the pass."""

import secrets
from dataclasses import replace
from datetime import datetime

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import get_default_timezone_name, localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from lianfang.ground.doors.once import Replay
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.once import once, received_at
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, KeyReused
from lianfang.kernel.texts import msgid
from lianfang.people.checkins import passes, queries, services
from lianfang.people.checkins.forms import FillForm
from lianfang.people.checkins.rules import Sheet
from lianfang.people.checkins.rules.regions import cities, provinces
from lianfang.people.checkins.views import showing
from lianfang.people.checkins.views.ways import Way

DEVICE, DEVICE_DAYS = "lf-device", 180
SENT_BEFORE = msgid(
    "This sheet was received before. Tap once more if what you see now is what you mean."
)


@require_safe
def home(request: ActorRequest, way: Way) -> HttpResponse:
    """Go to the pass of today, or to the questions where there is none."""
    if not queries.has_pass(way.actor, way.person):
        return redirect(way.fill)
    page = queries.pass_page(way.actor, way.person)
    fresh = page is not None and page.today
    return redirect(way.shown if fresh else way.fill)


@gzip_page
def fill(request: ActorRequest, way: Way) -> HttpResponse:
    """Ask the questions of today and take the answers."""
    page = queries.ask_page(way.actor, way.person)
    form = FillForm(page, request.POST or None)
    if form.is_valid() and _sent(request, way, form):
        return redirect(way.shown if page.gives_pass else way.fill)
    status = 422 if form.is_bound else 200
    response = render(request, "checkins/ask.html", _told(page, form, way), status=status)
    if DEVICE not in request.COOKIES:
        response.set_cookie(
            DEVICE,
            secrets.token_urlsafe(16),
            max_age=DEVICE_DAYS * 86_400,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@gzip_page
@require_safe
def shown(request: ActorRequest, way: Way) -> HttpResponse:
    """Show the pass by the last check-in, or ask for one."""
    page = queries.pass_page(way.actor, way.person)
    if page is None:
        return redirect(way.fill)
    text = passes.write(passes.Pass(page.person.pk, page.until))
    told = {"page": page, "way": way, "qr": _qr(text), "zone": get_default_timezone_name()}
    return render(request, "checkins/pass.html", told)


@login_not_required
@require_safe
@cache_control(public=True, max_age=86_400)
def places(request: ActorRequest, province: str) -> HttpResponse:
    """Return the cities and counties of a province; public knowledge, kept by the browser."""
    found = [
        {"name": city.name, "places": [[place.code, place.name] for place in city.places]}
        for city in cities(province)
    ]
    return JsonResponse({"cities": found})


def _told(page: queries.AskPage, form: FillForm, way: Way) -> dict[str, object]:
    tells = showing.tells(page)
    return {
        "page": page,
        "form": form,
        "way": way,
        "rows": showing.rows(page, form),
        "tells": tells,
        "anew": any(row.anew for row in page.rows),
        "any": showing.whens(tells),
        "provinces": provinces(),
        "chosen_temperature": form.data.get("temperature", ""),
        "chosen_method": form.data.get("method", page.method),
    }


def _sent(request: ActorRequest, way: Way, form: FillForm) -> bool:
    """Record what was answered, once; tell whether there is a pass to show."""
    actor = replace(way.actor, once=once(request, form.cleaned_data["key"], _recorded_at))
    sheet = Sheet(form.reading(form.page.now, request.COOKIES.get(DEVICE, "")))
    try:
        return attempt(form, lambda: _record(actor, form, sheet)) is not None
    except Replay as first:
        at = localtime(received_at(first.text))
        messages.info(request, _("Received already at %(time)s.") % {"time": f"{at:%H:%M:%S}"})
        return True


def _record(actor: Actor, form: FillForm, sheet: Sheet) -> services.Recorded:
    try:
        return services.record(actor, form.page.person, sheet)
    except KeyReused as reused:
        form.renew()
        raise Conflict(SENT_BEFORE) from reused


def _recorded_at(result: object) -> datetime:
    if not isinstance(result, services.Recorded):
        raise TypeError(result)
    return result.checkin.recorded_at


def _qr(text: str) -> SafeString:
    """Draw a pass as SVG; it holds nothing but what this installation signed."""
    drawn = segno.make(text, micro=False, error="m").svg_inline(
        svgclass="lf-qr", lineclass=None, omitsize=True, border=2
    )
    return SafeString(drawn)
