"""Screens of the loops: the inbox, the steps, a task written by hand."""

from collections.abc import Callable
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianfang.ground.files import intake
from lianfang.ground.loops import queries, services
from lianfang.ground.loops.forms import Asked, StepForm, TaskForm
from lianfang.ground.loops.queries import Tab
from lianfang.ground.loops.rules import UNDO_SECONDS
from lianfang.ground.response.queries import current
from lianfang.ground.web.access import needs
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.kernel.refusals import BadInput

Run = Callable[[StepForm], object]


@require_safe
def inbox(request: ActorRequest, pk: UUID | None = None) -> HttpResponse:
    """Show a list of loops and one of them opened."""
    return _page(request, pk, Asked.read(request.GET))


@require_safe
def paper(request: ActorRequest) -> HttpResponse:
    """Show a whole list for print."""
    asked = Asked.read(request.GET)
    tab = asked.tab or queries.landing(request.actor)
    told = {"rows": queries.paper(request.actor, tab, asked.told), "tab": tab}
    return render(request, "loops/paper.html", told)


@require_POST
def acknowledge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that the unit knows what it owes."""
    loop = queries.loop(request.actor, pk, "loops.acknowledge")
    return _stay(request, pk, lambda _form: services.acknowledge(request.actor, loop))


@require_POST
def done(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Report done, with what comes with it."""
    loop = queries.loop(request.actor, pk, "loops.done")
    return _move(request, pk, lambda form: services.done(request.actor, loop, _told(request, form)))


@require_POST
def verify(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close a loop and go on to the next one."""
    loop = queries.loop(request.actor, pk, "loops.verify")
    return _move(request, pk, lambda form: services.verify(request.actor, loop, form.said))


@require_POST
def give_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Return a loop with the reason and go on to the next one."""
    loop = queries.loop(request.actor, pk, "loops.return")

    def run(form: StepForm) -> object:
        due = form.cleaned_data.get("due")
        return services.give_back(request.actor, loop, form.said, due)

    return _move(request, pk, run)


@require_POST
def waive(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the unit off with the reason and go on to the next one."""
    loop = queries.loop(request.actor, pk, "loops.waive")
    return _move(request, pk, lambda form: services.waive(request.actor, loop, form.said))


@require_POST
def undo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take one's own last word back."""
    loop = queries.loop(request.actor, pk, "loops.undo")
    return _stay(request, pk, lambda _form: services.undo(request.actor, loop))


@require_POST
def comment(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Leave a note on a loop."""
    loop = queries.loop(request.actor, pk, "loops.note")
    return _stay(request, pk, lambda form: services.comment(request.actor, loop, form.said))


@needs("loops.assign")
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: ActorRequest) -> HttpResponse:
    """Ask posts at units for something by a time."""
    form = TaskForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and _assigned(request, form):
        return HttpResponseRedirect(f"{reverse('loops:inbox')}?tab={Tab.ISSUED}")
    return render(request, "loops/assign.html", {"form": form})


def _assigned(request: ActorRequest, form: TaskForm) -> bool:
    """Ask all the units or none of them; say at its field what is wrong."""
    told = form.cleaned_data
    task = services.Task(
        title=told["title"],
        issuer=form.seat,
        owner_role=told["owner_role"],
        due=told["due"],
        lines=form.requirements,
        note=told["note"],
    )
    asked = [services.assign.on(unit, task, uuid5(form.once, unit.code)) for unit in form.asked]
    refused = [item.refused for item in services.assign.many(request.actor, asked, whole=True)]
    for each in (one for one in refused if one is not None):
        form.add_error(each.field if each.field in form.fields else None, sentence(each))
        return False
    said = ngettext("Asked of %(n)d unit.", "Asked of %(n)d units.", len(asked))
    messages.success(request, said % {"n": len(asked)})
    return True


def _stay(request: ActorRequest, pk: UUID, run: Run) -> HttpResponse:
    """Take a step and show the same loop again, in the list that it stands in now."""
    form = StepForm(request.POST, request.FILES)
    refusal = _refusal(form, run)
    if refusal:
        return _page(request, pk, form.asked, refusal, str(form.data.get("note", "")))
    tab = form.asked.tab or queries.landing(request.actor)
    return HttpResponseRedirect(f"{reverse('loops:loop', args=[pk])}?{form.asked.query(tab)}")


def _move(request: ActorRequest, pk: UUID, run: Run) -> HttpResponse:
    """Take a step and show the next loop of the list; the last word can be taken back there."""
    form = StepForm(request.POST, request.FILES)
    tab = form.asked.tab or queries.landing(request.actor)
    following = queries.next_after(request.actor, tab, form.asked.told, pk)
    refusal = _refusal(form, run)
    if refusal:
        return _page(request, pk, form.asked, refusal, str(form.data.get("note", "")))
    place = reverse("loops:loop", args=[following]) if following else reverse("loops:inbox")
    return HttpResponseRedirect(f"{place}?{form.asked.query(tab, last=str(pk))}")


def _refusal(form: StepForm, run: Run) -> str:
    """Take the step, or return in one sentence what was wrong with what was typed."""
    if not form.is_valid():
        return _("The new due time is not a time; write it as 2020-01-31 15:40.")
    try:
        run(form)
    except BadInput as refused:
        return sentence(refused)
    return ""


def _page(
    request: ActorRequest, pk: UUID | None, asked: Asked, refusal: str = "", typed: str = ""
) -> HttpResponse:
    actor, tab = request.actor, asked.tab or queries.landing(request.actor)
    found = queries.inbox(actor, tab, asked.told, asked.page)
    key = pk or found.first
    told = {
        "inbox": found,
        "sheet": queries.sheet(actor, queries.loop(actor, key)) if key else None,
        "opened": pk is not None,
        "tab": tab,
        "told": asked.told,
        "query": asked.query(tab),
        "last": queries.last_word(actor, _key(request.GET.get("last", ""))),
        "undo_seconds": UNDO_SECONDS,
        "may_assign": bool(actor.reaches("loops.assign")),
        "refusal": refusal,
        "typed": typed,
    }
    template = "loops/_inbox.html" if request.htmx else "loops/inbox.html"
    return render(request, template, told, status=422 if refusal else 200)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _told(request: ActorRequest, form: StepForm) -> services.Told:
    response = current(request.actor)
    files = [intake.receive(file, response) for file in form.cleaned_data["papers"]]
    met = tuple(form.cleaned_data["met"])
    return services.Told(note=form.said, met=met, files=tuple(files))
