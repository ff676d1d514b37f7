"""The log of calls: who covers whom, the list, one call, logging and completing it."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.command.queries import unit_here
from lianfang.ground.doors.once import Replay
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.access import fresh, needs
from lianfang.ground.web.forms import done
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import ids
from lianfang.kernel.actor import Once
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets import writing
from lianfang.kernel.texts import msgid
from lianfang.work.liaison import queries, services
from lianfang.work.liaison.forms import CallsFilter, ContactForm, known, now
from lianfang.work.liaison.queries.sheet import headings, row
from lianfang.work.liaison.rules.contacts import How

A_PAGE, KEY_LENGTH = 50, 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOBODY = msgid("Nobody may take this list out of the house.")
EXPORT = "contacts.export"
SECRETS = ("said", "measure", "told")


@needs("contacts.read")
@require_safe
def coverage(request: ActorRequest) -> HttpResponse:
    """Show who has not been in touch with whom for too long."""
    told = {"page": queries.coverage(request.actor), "key": ids.new()}
    return render(request, "liaison/coverage.html", told)


@needs("contacts.read")
@require_safe
def calls(request: ActorRequest) -> HttpResponse:
    """Show the log, a page at a time, or whole for print."""
    form = CallsFilter(request.actor, request.GET)
    rows = queries.listed(request.actor, form.asked)
    if "paper" in request.GET:
        shown = {"lines": queries.lines(request.actor, rows), "query": _query(request)}
        return render(request, "liaison/paper.html", shown)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = {
        "form": form,
        "page": page,
        "lines": queries.lines(request.actor, page.object_list),
        "may_export": bool(request.actor.reaches("contacts.export")),
        "query": _query(request),
    }
    return render(request, "liaison/_calls.html" if request.htmx else "liaison/calls.html", told)


@needs("contacts.export")
@fresh
@require_POST
def export(request: ActorRequest) -> HttpResponse:
    """Hand the log out as a workbook; what was said stays in the house."""
    tops = orgs.tops(request.actor, "contacts.export")
    if not tops:
        raise BadInput(NOBODY)
    form = CallsFilter(request.actor, request.POST)
    lines = queries.lines(request.actor, queries.listed(request.actor, form.asked, EXPORT))
    made = writing.workbook(headings(), (row(line) for line in lines), _("Log of calls"))
    digest = hashlib.sha256(made).hexdigest()
    listing = services.Listing([line.id for line in lines])
    services.export(request.actor, tops[0], listing, len(lines), digest)
    answer = HttpResponse(made, content_type=XLSX)
    name = f"{_('Log of calls')}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@require_POST
def log(request: ActorRequest, code: str) -> HttpResponse:
    """Log a call in one tap, once however often it is tapped; what was said may follow."""
    unit = unit_here(request.actor, code, "contacts.log")
    told = request.POST.get("how", "")
    how = told if told in set(How) else How.PHONE.value
    line = services.ContactLine(how=how, instead="instead" in request.POST)
    key = f"{unit.pk}:{how}:{request.POST.get('key') or ids.new()}"[:KEY_LENGTH]
    actor = replace(request.actor, once=_tapped(request, key))
    try:
        made = services.log(actor, unit, line)
    except Replay as first:
        return redirect("liaison:call", first.text)
    messages.success(request, _("Logged: %(unit)s.") % {"unit": unit})
    return redirect("liaison:call", made.pk)


@require_safe
def call(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show a call with what may be added; what was said is opened by a button of its own."""
    found = queries.contact(request.actor, key)
    return _call(request, key, ContactForm(initial=known(found)))


@require_POST
def open_note(request: ActorRequest, key: UUID) -> HttpResponse:
    """Open what was said in a call: on the record, on this page only."""
    found = queries.contact(request.actor, key, "contacts.open")
    note = services.open_note(request.actor, found)
    begin = known(found) | {name: getattr(note, name) for name in SECRETS}
    return _call(request, key, ContactForm(initial=begin), note)


@require_POST
@sensitive_post_parameters(*SECRETS)
def complete(request: ActorRequest, key: UUID) -> HttpResponse:
    """Say more about a call; with the second button what was agreed becomes a task at once."""
    form = ContactForm(request.POST)
    if not form.is_valid() or not done(form, lambda: _complete(request, key, form)):
        return _call(request, key, form)
    return redirect(_after(request))


def _complete(request: ActorRequest, key: UUID, form: ContactForm) -> None:
    found = queries.contact(request.actor, key, "contacts.complete")
    if "task" in request.POST:
        queries.contact(request.actor, key, "contacts.task")
        services.asked_for(form.cleaned_data["measure"])
    made = services.complete(request.actor, found, form.line)
    if "task" in request.POST:
        task = queries.contact(request.actor, made.pk, "contacts.task")
        services.give_task(request.actor, task, form.cleaned_data["measure"])
        messages.success(request, _("Kept, and asked of %(unit)s.") % {"unit": found.unit})
    else:
        messages.success(request, _("Kept."))


def _tapped(request: ActorRequest, key: str) -> Once:
    """Return the key of a tap; what is kept as its first answer is which call it logged."""

    def logged(made: object) -> services.Contact:
        if not isinstance(made, services.Contact):
            raise TypeError(made)
        return made

    tapped = once(request, key, lambda made: logged(made).recorded_at)
    return replace(tapped, render=lambda made: (HTTPStatus.SEE_OTHER, str(logged(made).pk)))


def _after(request: ActorRequest) -> str:
    back = request.POST.get("back", "")
    return back if back.startswith("/liaison/") else reverse("liaison:calls")


def _call(
    request: ActorRequest, key: UUID, form: ContactForm, note: services.Note | None = None
) -> HttpResponse:
    line = queries.line(request.actor, key)
    told = {"line": line, "form": form, "note": note, "now": now()}
    answer = render(request, "liaison/call.html", told, status=422 if form.errors else 200)
    if note is not None:
        answer["Cache-Control"] = "no-store"
    return answer


def _query(request: ActorRequest) -> str:
    """Return what was asked for as an address has it, without the page and the print view."""
    asked = request.GET.copy()
    for name in ("page", "paper"):
        asked.pop(name, None)
    return asked.urlencode()
