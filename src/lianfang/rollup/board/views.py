"""The board, its pulse, what is behind a number, and where a reader's day begins."""

from datetime import date
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from lianfang.ground.web import rail
from lianfang.ground.web.access import needs
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import ids
from lianfang.rollup.board import queries
from lianfang.rollup.board.forms import asked, on_wall
from lianfang.rollup.reports import queries as reports

#: What every browser of a phone says of itself, WeChat's too.
PHONE = "Mobile"


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Send a reader to the first screen of his day; everybody has at least one in the rail."""
    phone = PHONE in request.headers.get("User-Agent", "")
    return redirect(queries.address(request.actor, phone=phone) or rail.shown(request)[0].url)


@require_GET
def today(request: ActorRequest) -> HttpResponse:
    """Show the board of today."""
    how = asked(request.GET, reports.today())
    told = queries.page(request.actor, how, queries.stamp())
    return TemplateResponse(request, "board/page.html", {"page": told})


@require_GET
def live(request: ActorRequest) -> HttpResponse:
    """Bring the board anew if something has happened since; else nothing at all."""
    version, have = queries.stamp(), request.GET.get("have")
    if have == str(version):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    how = asked(request.GET, reports.today())
    told = queries.page(request.actor, how, version, patient=True)
    if told is not None and have == str(told.numbers.stamp):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return TemplateResponse(request, "board/_board.html", {"page": told})


@require_GET
def drill(request: ActorRequest, day: date, figure: str, unit: str = "") -> HttpResponse:
    """Open a number: its people and records, its definition, how it came from yesterday."""
    named = not on_wall(request.GET)
    told = queries.drill(request.actor, figure, unit, day, named=named)
    name = "board/_drill.html" if request.htmx else "board/drill.html"
    return TemplateResponse(request, name, {"drill": told, "wall": not named})


@needs("contacts.log")
@require_GET
def liaison(request: ActorRequest) -> HttpResponse:
    """Show a liaison leader his units on the phone, those in trouble first."""
    told = {"page": queries.caring(request.actor), "key": ids.new()}
    return TemplateResponse(request, "board/liaison.html", told)
