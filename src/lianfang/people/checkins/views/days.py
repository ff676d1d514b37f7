"""The readings of a day with their verdicts."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import needs_feature
from lianfang.ground.web.requests import ActorRequest
from lianfang.people.checkins import queries
from lianfang.people.checkins.queries import Which
from lianfang.people.checkins.reading_lines import lines
from lianfang.people.checkins.standing import today_at

A_PAGE = 50


@require_safe
@needs_feature(Feature.CHECK_IN)
def readings(request: ActorRequest) -> HttpResponse:
    """List the readings of a day, all of them or those that ask for something."""
    unit = queries.unit_read(request.actor, request.GET.get("unit", ""))
    which = request.GET.get("which", "")
    chosen = Which(which) if which in set(Which) else Which.ALL
    words = request.GET.get("q", "").strip()[:40]
    day = _day(request.GET.get("day", "")) or today_at(unit)
    rows = queries.readings(request.actor, unit, day, chosen, words)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = {
        "unit": unit,
        "units": queries.units_read(request.actor),
        "which": chosen,
        "whiches": list(Which),
        "day": day,
        "words": words,
        "page": page,
        "lines": lines(page.object_list),
        "may_record": bool(request.actor.reaches("checkins.record")),
    }
    return render(request, "checkins/readings.html", told)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
