"""The workbooks of a day and of a unit: given out, one by one or all in one file."""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.web.access import fresh, needs
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.rollup.daybooks import queries, services
from lianfang.rollup.daybooks.forms import BringForm, GiveForm
from lianfang.rollup.daybooks.services import HandedOut
from lianfang.rollup.reports.queries import my_units, today

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
CHOOSE = msgid("Tick the units that are to have a workbook.")


@needs("daybooks.read")
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Go to the workbooks of today; whoever has one unit only goes straight to its page."""
    units = my_units(request.actor)
    if len(units) == 1:
        return redirect("daybooks:unit", today(units[0]), units[0].code)
    return redirect("daybooks:day", today())


@needs("daybooks.read")
@require_safe
def of_day(request: ActorRequest, day: date) -> HttpResponse:
    """Show which units have a workbook out and which came back."""
    return _day(request, day, GiveForm())


@require_POST
@needs("daybooks.give")
@fresh
def give_all(request: ActorRequest, day: date) -> HttpResponse:
    """Give out the workbooks of several units in one file."""
    form = GiveForm(request.POST)
    ticked = None if "all" in request.POST else request.POST.getlist("unit")
    units = queries.units_given(request.actor, ticked)
    if not units:
        raise BadInput(CHOOSE)
    if not form.is_valid():
        return _day(request, day, form)
    reason, language = form.told()
    out = services.hand_out_all(request.actor, units, day, reason, language)
    return _file(_zipped(out), f"{day}.zip", ZIP)


def _day(request: ActorRequest, day: date, form: GiveForm) -> HttpResponse:
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    told = {
        "day": day,
        "list": queries.book_day(request.actor, day, state, text),
        "state": state,
        "q": text,
        "form": form,
        "bring": BringForm(),
        "today": today(),
    }
    return render(request, "daybooks/day.html", told, status=422 if form.errors else 200)


@require_safe
def unit(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Show the workbooks of a unit and day: give one out, bring one back."""
    found = queries.unit_here(request.actor, code)
    page = queries.book_page(request.actor, found, day)
    told = {"page": page, "day": day, "form": GiveForm(), "bring": BringForm()}
    return render(request, "daybooks/unit.html", told)


@fresh
@require_POST
def give(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Give out the workbook of a unit and day."""
    found = queries.unit_here(request.actor, code, "daybooks.give")
    form = GiveForm(request.POST)
    if not form.is_valid():
        page = queries.book_page(request.actor, found, day)
        told = {"page": page, "day": day, "form": form, "bring": BringForm()}
        return render(request, "daybooks/unit.html", told, status=422)
    reason, language = form.told()
    out = services.hand_out(request.actor, found, day, reason, language)
    return _file(out.content, out.name, WORKBOOK)


def _zipped(books: Sequence[HandedOut]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for book in books:
            made.writestr(book.name, book.content)
    return file.getvalue()


def _file(content: bytes, name: str, sort: str) -> HttpResponse:
    response = HttpResponse(content, content_type=sort)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
