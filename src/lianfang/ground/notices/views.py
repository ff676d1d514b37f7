"""Screens of the notices: what is unread, what was sent, who has read it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.notices import queries, services
from lianfang.ground.notices.forms import NoteForm
from lianfang.ground.web.access import needs
from lianfang.ground.web.requests import ActorRequest


@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    """List what is unread, or everything, of one kind or of all kinds."""
    actor, kind = request.actor, request.GET.get("kind", "")
    everything = "all" in request.GET
    told = {
        "lines": queries.lines(actor, kind=kind, everything=everything),
        "kinds": queries.kinds(actor),
        "unread": queries.unread_count(actor),
        "kind": kind,
        "everything": everything,
        "may_send": bool(actor.reaches("notices.send")),
    }
    return render(request, "notices/inbox.html", told)


@require_POST
def read(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Mark one notice as read and go to what it is about, or back to the list."""
    notice = services.mark_read(request.actor, queries.notice(request.actor, pk))
    return HttpResponseRedirect(notice.url) if "open" in request.POST else _back(request)


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark every unread notice as read, of one kind or of all kinds."""
    found = queries.unread(request.actor, kind=request.POST.get("kind", ""))
    done = services.mark_read.many(request.actor, [services.mark_read.on(row) for row in found])
    count = sum(1 for item in done if item.refused is None)
    told = ngettext("%(n)d notice marked as read.", "%(n)d notices marked as read.", count)
    messages.success(request, told % {"n": count})
    return _back(request)


@needs("notices.send")
@require_safe
def sent(request: ActorRequest) -> HttpResponse:
    """List the notes that were sent, with how many have read each."""
    return render(request, "notices/sent.html", {"sent": queries.sent(request.actor)})


@require_safe
def receipts(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show who has read a note and who has not."""
    note = queries.message(request.actor, pk)
    told = {
        "note": queries.one_sent(request.actor, note),
        "receipts": queries.receipts(request.actor, note),
    }
    return render(request, "notices/receipts.html", told)


@needs("notices.send")
def write(request: ActorRequest) -> HttpResponse:
    """Send a note to posts of one's own unit and of those below."""
    form = NoteForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data
        to = [services.To(unit=unit, role=role) for unit in form.chosen for role in note["posts"]]
        made = services.send(request.actor, note["unit"], note["text"], to, note["key"])
        messages.success(request, _("Sent; who has read it stands here."))
        return redirect("notices:receipts", made.pk)
    return render(request, "notices/write.html", {"form": form})


def _back(request: ActorRequest) -> HttpResponse:
    kept = {name: request.POST[name] for name in ("kind", "all") if request.POST.get(name)}
    return HttpResponseRedirect(f"{reverse('notices:inbox')}?{urlencode(kept)}")
