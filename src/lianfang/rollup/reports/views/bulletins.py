"""The bulletin of a day: drafted, checked, released; as a file and as text for a chat group."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.forms import RemarkForm, reasons, seen
from lianfang.rollup.reports.queries import papers


def index(request: ActorRequest) -> HttpResponse:
    """List the bulletins, the newest first; where there is none yet, open today's."""
    queries.the_group(request.actor)
    told = {"bulletins": papers.listed(request.actor), "today": queries.today()}
    return TemplateResponse(request, "reports/bulletins.html", told)


def page(request: ActorRequest, day: date) -> HttpResponse:
    """Show the bulletin of a day as a document."""
    return _shown(request, day)


@require_POST
def draft(request: ActorRequest, day: date) -> HttpResponse:
    """Draft the bulletin from the reports as they are now."""
    form = RemarkForm(request.POST)
    if form.is_valid():
        group = papers.group_for(request.actor, "bulletins.draft")
        remark = form.cleaned_data["remark"]
        why = reasons(request.POST)
        attempt(form, lambda: services.draft_bulletin(request.actor, group, day, remark, why))
    return _shown(request, day, form)


@require_POST
def check(request: ActorRequest, day: date) -> HttpResponse:
    """Say that the draft was read and is right."""
    found = papers.newest_for(request.actor, day, "bulletins.check")
    services.check_bulletin(request.actor, found, seen(request.POST))
    return redirect("reports:bulletin", day)


@require_POST
def endorse(request: ActorRequest, day: date) -> HttpResponse:
    """Put a leader's name under the checked text."""
    found = papers.newest_for(request.actor, day, "bulletins.endorse")
    services.endorse_bulletin(request.actor, found, seen(request.POST))
    return redirect("reports:bulletin", day)


@require_POST
def release(request: ActorRequest, day: date) -> HttpResponse:
    """Release the checked bulletin."""
    found = papers.newest_for(request.actor, day, "bulletins.release")
    services.release_bulletin(request.actor, found, seen(request.POST))
    return redirect("reports:bulletin", day)


def paper(request: ActorRequest, day: date, kind: str) -> HttpResponse:
    """Send the bulletin as a file in the reader's language: Word, PDF, workbook or picture."""
    body = queries.bulletin_file(request.actor, day, get_language() or "zh-hans", kind)
    response = HttpResponse(body, content_type=queries.KINDS[kind].media)
    name = f"{_('daily-situation-%(day)s') % {'day': day}}.{kind}"
    response.headers["Content-Disposition"] = papers.attachment(name)
    return response


def _shown(request: ActorRequest, day: date, form: RemarkForm | None = None) -> HttpResponse:
    bad = form is not None and bool(form.errors)
    if request.method == "POST" and not bad:
        return redirect("reports:bulletin", day)
    again = bad or "again" in request.GET
    told = papers.bulletin_page(request.actor, day, get_language() or "zh-hans", again=again)
    kept = form or RemarkForm(initial={"remark": told.remark})
    return TemplateResponse(request, "reports/bulletin.html", {"page": told, "form": kept})
