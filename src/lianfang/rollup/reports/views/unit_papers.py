"""A unit's daily report as a file, and as text for a chat group."""

from datetime import date

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.ground.web.requests import ActorRequest
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.queries import unit_papers
from lianfang.rollup.reports.queries.papers import attachment


def paper(request: ActorRequest, day: date, code: str, kind: str) -> HttpResponse:
    """Send a unit's report as a file: Word, PDF or picture."""
    unit = queries.unit_here(request.actor, code, "reports.read")
    told = queries.standing(request.actor, unit, day)
    body = unit_papers.unit_file(request.actor, told, get_language() or "zh-hans", kind)
    response = HttpResponse(body, content_type=queries.KINDS[kind].media)
    name = f"{_('daily-report-%(unit)s-%(day)s') % {'unit': unit, 'day': day}}.{kind}"
    response.headers["Content-Disposition"] = attachment(name)
    return response


def chat(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Show a unit's report as text to be copied into a chat, with its files."""
    unit = queries.unit_here(request.actor, code, "reports.read")
    told = queries.standing(request.actor, unit, day)
    language = get_language() or "zh-hans"
    sheet = unit_papers.unit_sheet(request.actor, told, language)
    shown = {
        "day": day,
        "unit": unit,
        "chat": unit_papers.unit_chat(request.actor, told, language),
        "lacks": unit_papers.lacks(request.actor, sheet),
    }
    return TemplateResponse(request, "reports/unit_paper.html", shown)
