"""Screens of the briefings: the list, writing, reading, checking, issuing, files."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest
from lianfang.rollup.briefings import queries, services
from lianfang.rollup.briefings.forms import BriefingForm, seen
from lianfang.rollup.briefings.rules.paper import words_of
from lianfang.rollup.reports.queries import today
from lianfang.rollup.reports.queries.papers import attachment

SHOWN = ("title", "day", "body", "report_to", "send_to", "issue_to", "copies")


@needs("briefings.read")
def index(request: ActorRequest) -> HttpResponse:
    """List the briefings; a word finds those that have it in title or text."""
    text = request.GET.get("q", "").strip()
    told = {
        "briefings": queries.listed(request.actor, text),
        "q": text,
        "may_draft": queries.may_draft(request.actor),
    }
    return TemplateResponse(request, "briefings/index.html", told)


def new(request: ActorRequest) -> HttpResponse:
    """Write a new briefing."""
    group = queries.place_for(request.actor, "briefings.draft")
    chinese = (get_language() or "zh").startswith("zh")
    words = words_of(chinese=chinese, folder=settings.DATA / "papers")["defaults"]
    feet = {"report_to": words["report"], "send_to": words["send"], "issue_to": words["issue_to"]}
    form = BriefingForm(request.POST or None, initial={"day": today(), **feet})
    return _written(request, form, lambda text: services.draft(request.actor, group, text), {})


def write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change the draft of a briefing."""
    found = queries.briefing_by_id(request.actor, pk, "briefings.write")
    digest = seen(request.POST) if request.method == "POST" else found.digest
    form = BriefingForm(
        request.POST or None, initial={name: getattr(found, name) for name in SHOWN}
    )
    return _written(
        request,
        form,
        lambda text: services.write(request.actor, found, text, digest),
        {"pk": found.pk, "digest": digest},
    )


def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a briefing as a document, with what may be done to it."""
    found = queries.briefing_by_id(request.actor, pk)
    told = {"page": queries.page(request.actor, found)}
    return TemplateResponse(request, "briefings/page.html", told)


@require_POST
def check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that the briefing was read and is right."""
    found = queries.briefing_by_id(request.actor, pk, "briefings.check")
    services.check(request.actor, found, seen(request.POST))
    return redirect("briefings:page", pk)


@require_POST
def release(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Issue the checked briefing."""
    found = queries.briefing_by_id(request.actor, pk, "briefings.release")
    services.release(request.actor, found, seen(request.POST))
    return redirect("briefings:page", pk)


@require_POST
def again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin a later version of an issued briefing."""
    found = queries.briefing_by_id(request.actor, pk, "briefings.again")
    fresh = services.again(request.actor, found)
    return redirect("briefings:write", fresh.pk)


def paper(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    """Send a briefing as a file: Word, PDF or picture."""
    found, body = queries.briefing_file(request.actor, pk, kind)
    response = HttpResponse(body, content_type=queries.KINDS[kind].media)
    number = found.number or pgettext("briefing", "draft")
    name = f"{_('briefing-%(number)s') % {'number': number}}-{found.day}.{kind}"
    response.headers["Content-Disposition"] = attachment(name)
    return response


def _written(
    request: ActorRequest,
    form: BriefingForm,
    keep: Callable[[services.Draft], services.Briefing],
    shown: Mapping[str, object],
) -> HttpResponse:
    """Keep what was written, or show it again with what is wrong with it."""
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: keep(services.Draft(**form.cleaned_data)))
        if kept is not None:
            return redirect("briefings:page", kept.pk)
    quotes, source = queries.quotable(request.actor)
    told = {"form": form, "quotes": quotes, "source": source, **shown}
    return TemplateResponse(request, "briefings/write.html", told)
