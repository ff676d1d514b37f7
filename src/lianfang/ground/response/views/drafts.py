"""Writing a change of the policy pack: the list, the draft, one value, putting it in force."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.response import forms, queries, services
from lianfang.ground.response.rules.drafting import Drafted, DraftKind
from lianfang.ground.response.views import draft_pages as pages
from lianfang.ground.web.forms import done
from lianfang.ground.web.requests import ActorRequest


@require_safe
def drafts(request: ActorRequest) -> HttpResponse:
    """List what is being written, what was settled, and every version there was."""
    queries.writing_group(request.actor)
    return render(request, "response/drafts.html", pages.overview(request.actor))


def amend(request: ActorRequest) -> HttpResponse:
    """Begin a change of the pack, or go on with one that is being written."""
    group = queries.writing_group(request.actor)
    form = forms.BeginDraftForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        told = form.cleaned_data
        kind, path = DraftKind(told["kind"]), told["path"]
        first = pages.first_line(request.actor, path)
        lines = (first,) if first else ()
        made = services.begin_draft(
            request.actor, group, kind, Drafted(title=told["title"], lines=lines)
        )
        return _to(made.pk, path)
    told = {"form": form, "drafts": queries.drafts(request.actor), "path": request.GET.get("path")}
    return render(request, "response/begin_draft.html", told)


def bring(request: ActorRequest) -> HttpResponse:
    """Take in a pack from a file as a draft, whatever is wrong with it."""
    group = queries.writing_group(request.actor)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            told = Drafted(title=form.cleaned_data["title"], file=form.told())
        except ValidationError as wrong:
            form.add_error("file", wrong)
        else:
            made = services.begin_draft(request.actor, group, DraftKind.FILE, told)
            return redirect("response:draft", made.pk)
    return render(request, "response/bring.html", {"form": form})


def draft(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show a draft with what it would do, and keep its title, its time, or its file."""
    group = queries.writing_group(request.actor)
    row = queries.draft(request.actor, key)
    text = queries.last_text(request.actor, row)
    told = queries.drafted_of(text)
    form = pages.head_form(request, row, told, text.number)
    if form.is_valid():
        fresh = pages.typed(form, row, told)
        change = services.Change(form.cleaned_data["number"] or 0, fresh)
        save = partial(services.save_draft, request.actor, group, row, change)
        if done(form, save):
            return redirect("response:draft", key)
    return render(request, "response/draft.html", pages.draft_page(request.actor, row, form))


def value(request: ActorRequest, key: UUID, path: str) -> HttpResponse:
    """Type one value of a draft; what it would do is said before it is kept."""
    group = queries.writing_group(request.actor)
    row = queries.draft(request.actor, key)
    page = pages.value_page(request, row, path)
    form: forms.LineForm = page["form"]
    if request.method == "POST" and "check" not in request.POST and form.is_valid():
        told: Drafted = page["told"]
        fresh = told.with_line(form.line(path))
        change = services.Change(form.cleaned_data["number"], fresh)
        save = partial(services.save_draft, request.actor, group, row, change)
        if done(form, save):
            return redirect("response:draft", key)
    part = "response/_said.html" if request.htmx else "response/draft_value.html"
    return render(request, part, page)


@require_safe
def find(request: ActorRequest, key: UUID) -> HttpResponse:
    """Look for the value that is to change."""
    queries.writing_group(request.actor)
    row = queries.draft(request.actor, key)
    words = request.GET.get("q", "").strip()[:80]
    told = {
        "row": row,
        "q": words,
        "told": queries.drafted_of(queries.last_text(request.actor, row)),
        "values": pages.search(request.actor, row, words),
    }
    part = "response/_found.html" if request.htmx else "response/draft_find.html"
    return render(request, part, told)


@require_POST
def leave_out(request: ActorRequest, key: UUID, path: str) -> HttpResponse:
    """Take a value out of a draft: it stays as it is."""
    group = queries.writing_group(request.actor)
    row = queries.draft(request.actor, key)
    fresh = queries.drafted_of(queries.last_text(request.actor, row)).without(path)
    change = services.Change(forms.saving_read(request.POST), fresh)
    services.save_draft(request.actor, group, row, change)
    return redirect("response:draft", key)


@require_POST
def settle(request: ActorRequest, key: UUID) -> HttpResponse:
    """Put a draft in force, or lay it aside."""
    group = queries.writing_group(request.actor)
    row = queries.draft(request.actor, key)
    if "discard" in request.POST:
        services.discard_draft(request.actor, group, row)
        messages.success(request, _("The draft is laid aside; it stays readable."))
        return redirect("response:drafts")
    if "enact" not in request.POST:
        return redirect("response:draft", key)
    seen = queries.version(request.actor, request.POST.get("seen", ""))
    alone = "alone" in request.POST
    number = forms.saving_read(request.POST)
    services.put_in_force(request.actor, group, row, seen, number, alone=alone)
    messages.success(request, _("The policy pack has a new version."))
    return redirect("response:pack")


def _to(key: UUID, path: str) -> HttpResponse:
    if path:
        return redirect("response:draft_value", key, path)
    return redirect("response:draft", key)
