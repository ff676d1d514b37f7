"""Letters of responsibility, and notices of appointment with their files."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianfang.ground.command import queries, services
from lianfang.ground.command.forms import LetterForm, PaperForm, SignForm, today
from lianfang.ground.command.queries.notices import content_of, proposal
from lianfang.ground.command.queries.printing import TYPES, paper_file
from lianfang.ground.command.queries.signatures import letters_page
from lianfang.ground.command.rules.notice import chinese_day
from lianfang.ground.doors.once import Replay
from lianfang.ground.files import intake
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.queries import name_on
from lianfang.ground.response.queries import current
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import done
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import ids


@needs("command.read")
@require_safe
def letters(request: ActorRequest) -> HttpResponse:
    """Show the letter of responsibility in all its versions, and who has signed."""
    told = {"page": letters_page(request.actor)}
    return render(request, "command/letters.html", told)


@needs("command.letter")
def letter(request: ActorRequest) -> HttpResponse:
    """Issue a new version of the letter."""
    last = queries.letters(request.actor).last()
    known = {"heading": last.heading, "text": last.text} if last else None
    form = LetterForm(request.POST or None, initial=known)
    if form.is_valid() and done(form, lambda: _issue(request, form)):
        messages.success(request, _("The letter is issued; every company signs this version."))
        return redirect("command:letters")
    told = {
        "form": form,
        "heading_of": _("Letter of responsibility, a new version"),
        "button": _("Issue this version"),
    }
    return render(request, "command/form.html", told)


def _issue(request: ActorRequest, form: LetterForm) -> None:
    """Issue a letter, once however often its form is sent."""
    told = form.cleaned_data
    (top,) = orgs.tops(request.actor, "command.letter")
    actor = replace(request.actor, once=once(request, told["key"] or ids.new(), _issued_at))
    with suppress(Replay):
        services.issue_letter(actor, top, told["heading"], told["text"])


def _issued_at(made: object) -> datetime:
    if not isinstance(made, services.Letter):
        raise TypeError(made)
    return made.recorded_at


def sign(request: ActorRequest, code: str) -> HttpResponse:
    """Enter who signed the letter for a company."""
    found = queries.unit_here(request.actor, code, "command.sign")
    newest = queries.letters(request.actor).last()
    form = SignForm(request.POST or None, request.FILES or None, initial={"name": found.principal})
    if newest is not None and form.is_valid() and done(form, lambda: _sign(request, code, form)):
        messages.success(request, _("The signature is entered."))
        return redirect("command:unit", code)
    told = {"form": form, "shown": found, "letter": newest}
    return render(request, "command/sign.html", told)


def _sign(request: ActorRequest, code: str, form: SignForm) -> object:
    found = queries.unit_here(request.actor, code, "command.sign")
    newest = queries.newest_letter(request.actor)
    sheet = form.cleaned_data["file"]
    received = intake.receive(sheet, current(request.actor)) if sheet else None
    return services.sign_letter(request.actor, found, newest, form.line, received)


@needs("command.read")
@require_safe
def papers(request: ActorRequest) -> HttpResponse:
    """Show the notices of appointment that were issued."""
    units = orgs.tops(request.actor, "command.issue")
    told = {"papers": queries.papers(request.actor), "units": units}
    return render(request, "command/papers.html", told)


def issue(request: ActorRequest, code: str) -> HttpResponse:
    """Write a notice from the structure as it stands, number it and issue it."""
    found = queries.unit_here(request.actor, code, "command.issue")
    begin = proposal(request.actor, found, today())
    known = {"heading": begin.heading, "addressees": begin.addressees, "body": begin.body}
    form = PaperForm(request.POST or None, initial=known)
    issuer = name_on(request.actor, found, today())
    if form.is_valid():
        content = form.content(issuer)
        if done(
            form,
            lambda: services.issue_paper(request.actor, found, content, content.number),
        ):
            messages.success(
                request, _("The notice is issued under %(n)s.") % {"n": content.number}
            )
            return redirect("command:papers")
    return render(request, "command/issue.html", {"form": form, "shown": found, "begin": begin})


@require_safe
def paper(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show a notice as it was issued."""
    found = queries.paper(request.actor, key)
    content = content_of(found)
    told = {"paper": found, "content": content, "day": chinese_day(content.dated_on)}
    return render(request, "command/notice.html", told)


@require_safe
def file(request: ActorRequest, key: UUID, kind: str) -> HttpResponse:
    """Hand out a notice as a file."""
    found = queries.paper(request.actor, key)
    if kind not in TYPES:
        raise Http404
    answer = HttpResponse(paper_file(found, kind), content_type=TYPES[kind])
    name = f"{found.heading}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
