"""Screens of the trail: what was done, and who looked at me."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.audit import queries, services
from lianfang.ground.audit.forms import TrailForm
from lianfang.ground.audit.rules.asked import Line, key
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.access import fresh
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock
from lianfang.kernel.spreadsheets.cells import guarded

#: Excel takes a CSV for UTF-8 only when it begins with this mark.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@require_safe
def trail(request: ActorRequest) -> HttpResponse:
    """Show what was done and refused, newest first, with the newest seal above it."""
    actor = request.actor
    if not actor.reaches("trail.read"):
        raise Http404
    form = TrailForm(actor, request.GET)
    told = {
        "form": form,
        "page": queries.page(actor, form.asked()),
        "head": queries.head(actor),
        "waiting": queries.unsealed(actor).count(),
        "may_copy": bool(actor.reaches("trail.export")),
    }
    return render(request, "audit/trail.html", told)


@fresh
@require_POST
def copy(request: ActorRequest) -> HttpResponse:
    """Give what was found as a table that no spreadsheet takes for formulas."""
    actor = request.actor
    tops = orgs.tops(actor, "trail.export")
    if not tops:
        raise Http404
    asked = replace(TrailForm(actor, request.POST).asked(), before=None)
    copied = [line for unit in tops for line in services.export(actor, unit, asked)]
    lines = sorted(copied, key=attrgetter("id"), reverse=True)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"lianfang-trail-{localtime(clock.now()):%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    _write(response, lines)
    return response


@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """Show somebody who looked at his own data or changed it."""
    before = request.GET.get("before", "")
    page = queries.about(request.actor, key(before))
    return render(request, "audit/own.html", {"page": page, "before": before})


def _write(response: HttpResponse, lines: Iterable[Line]) -> None:
    response.write(MARK)
    table = csv.writer(response)
    table.writerow(_heads())
    for line in lines:
        table.writerow([guarded(cell) for cell in _cells(line)])


def _heads() -> list[str]:
    return [
        pgettext("trail", "When"),
        pgettext("trail", "Entered at"),
        pgettext("trail", "Who"),
        pgettext("trail", "Unit"),
        pgettext("trail", "What"),
        pgettext("trail", "Where"),
        pgettext("trail", "Way in"),
        pgettext("trail", "Refused"),
        pgettext("trail", "Records"),
        pgettext("trail", "With"),
        _("Number of the entry"),
    ]


def _cells(line: Line) -> list[str]:
    return [
        localtime(line.happened_at).isoformat(timespec="seconds"),
        localtime(line.recorded_at).isoformat(timespec="seconds"),
        line.who,
        line.home,
        line.words,
        line.place,
        line.way,
        line.refused,
        str(line.count),
        "; ".join(f"{name}={value}" for name, value in line.told),
        str(line.id),
    ]
