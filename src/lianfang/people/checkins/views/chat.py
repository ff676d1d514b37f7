"""A 接龙 from the chat group: pasted, its doubts settled by a tap each, recorded; who lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.doors.once import Replay
from lianfang.ground.papers import setting
from lianfang.ground.papers.sheet import Paragraph
from lianfang.ground.papers.sheet import Sheet as Paper
from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import needs_feature
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.kernel import ids
from lianfang.kernel.refusals import KeyReused, NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins import queries, services
from lianfang.people.checkins.forms import ChatForm
from lianfang.people.checkins.queries import ChatPage
from lianfang.people.checkins.rules.chat import NEW, PERSON, Line, Settled, State
from lianfang.people.checkins.standing import today_at
from lianfang.people.checkins.views import telling

NOTHING_THERE = msgid("This name is forgotten already.")
OTHER_DAY = msgid("The heading names another day; say first that these are today's answers.")
RECORD = "record"
OPENED = {State.OPEN, State.READY}


#: The parts of a page: where its lines stand, what that is called, its colour, and why it is so.
PARTS = (
    (State.OPEN, msgid("To be settled"), "warn", ""),
    (State.READY, msgid("Ready to be recorded"), "ok", ""),
    (State.KEPT, msgid("Recorded already"), "", ""),
    (State.LATER, msgid("Answered again further down"), "", msgid("the later line counts")),
    (State.NOTHING, msgid("A name and no answer"), "", msgid("nothing is recorded of them")),
    (State.PASSED, msgid("Passed over by you"), "", ""),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a page that stand alike."""

    title: str
    lines: Sequence[Line]
    tone: str
    opens: bool
    say: str


@needs_feature(Feature.CHECK_IN)
def chat(request: ActorRequest) -> HttpResponse:
    """Read a pasted 接龙, show whom it means, and record what is settled."""
    unit = queries.unit_for(request.actor, request.GET.get("unit", ""))
    form = ChatForm(request.POST or None)
    if not form.is_valid():
        return _page(request, unit, form, None, status=422 if form.is_bound else 200)
    page = queries.look(request.actor, unit, form.cleaned_data["text"], form.taps)
    if request.POST.get("do") != RECORD:
        return _page(request, unit, form, page)
    if page.other_day and not form.cleaned_data["today"]:
        form.add_error("today", _(OTHER_DAY))
        return _page(request, unit, form, page, status=422)
    return _record(request, unit, form, page)


def _record(
    request: ActorRequest, unit: queries.Place, form: ChatForm, page: ChatPage
) -> HttpResponse:
    """Record what is settled, once; a line that is recorded keeps no tap but whose it is."""
    ready = page.among(State.READY)
    known = [line.person.id for line in ready if line.person]
    people = queries.chat_people(request.actor, known)
    told = services.Settlement(ready, people, remember=form.cleaned_data["remember"])
    key = form.cleaned_data["key"] or ids.new()
    actor = replace(request.actor, once=once(request, key, _kept_at))
    empty = f"{reverse('checkins:chat')}?unit={unit.code}"
    try:
        kept = services.record_chat(actor, unit, told)
    except Replay:
        return redirect(empty)
    except KeyReused as why:
        messages.error(request, sentence(why))
        taps = _taken_back(form.taps)
        after = queries.look(request.actor, unit, form.cleaned_data["text"], taps)
        return _page(request, unit, form, after, status=why.status)
    _say(request, kept)
    done = {
        each.entry.key: Settled(f"{PERSON}{kept.people[each.entry.key]}", each.settled.what)
        for each in ready
        if each.entry.key in kept.people
    }
    taps = {**form.taps, **done}
    after = queries.look(request.actor, unit, form.cleaned_data["text"], taps)
    if not after.among(State.OPEN) and not kept.refused:
        return redirect(empty)
    return _page(request, unit, form, after)


def _kept_at(result: object) -> datetime:
    if not isinstance(result, services.ChatKept):
        raise TypeError(result)
    return result.at


@require_POST
def forget(request: ActorRequest, key: UUID) -> HttpResponse:
    """Forget whom a name in the chat means."""
    name = queries.name(request.actor, key, "chat_names.forget")
    if name is None:
        raise NotAllowed(NOTHING_THERE)
    services.forget_name(request.actor, name)
    messages.success(request, _("Forgotten; the next time you are asked again."))
    return redirect(f"{reverse('checkins:chat')}?unit={name.unit.code}")


@require_safe
def absent(request: ActorRequest) -> HttpResponse:
    """Draw who has told nothing yet as one picture for the group."""
    unit = queries.unit_for(request.actor, request.GET.get("unit", ""))
    return _picture(telling.absent(unit, today_at(unit), queries.absent(request.actor, unit)))


@require_safe
def results(request: ActorRequest) -> HttpResponse:
    """Draw what came of today's check-ins as one picture for the group."""
    unit = queries.unit_for(request.actor, request.GET.get("unit", ""))
    return _picture(telling.results(unit, today_at(unit), queries.counts(request.actor, unit)))


def _picture(told: telling.Copy) -> HttpResponse:
    body = [Paragraph(line) for line in told.body.split("\n")]
    paper = Paper(title=told.title, issuer=told.unit, date=told.day, body=body)
    drawn = setting.picture(setting.of_sheet(paper, settings.DATA / "fonts", picture=True))
    return HttpResponse(drawn, content_type="image/png")


def _page(
    request: ActorRequest,
    unit: queries.Place,
    form: ChatForm,
    page: ChatPage | None,
    status: int = 200,
) -> HttpResponse:
    names = list(page.missing) if page else queries.absent(request.actor, unit)
    told = {
        "unit": unit,
        "units": queries.units(request.actor),
        "form": form,
        "page": page,
        "opening": queries.heading(unit),
        "absent": telling.absent(unit, today_at(unit), names),
        "absent_number": len(names),
        "results": telling.results(unit, today_at(unit), queries.counts(request.actor, unit)),
        "names": queries.names(request.actor, unit),
        "may_enter": bool(request.actor.reaches("people.enter")),
        "first": "shown" not in request.POST,
        "key": ids.new(),
        **(_found(page) if page else {}),
    }
    return render(request, "checkins/chat.html", told, status=status)


def _found(page: ChatPage) -> dict[str, object]:
    """Return the lines of a page by where they stand, the doubts first."""
    return {
        "parts": [
            Part(
                _(title),
                page.among(state),
                tone,
                opens=state in OPENED,
                say=_(say) if say else "",
            )
            for state, title, tone, say in PARTS
        ],
        "ready": len(page.among(State.READY)),
        "to_settle": len(page.among(State.OPEN)),
    }


def _say(request: ActorRequest, kept: services.ChatKept) -> None:
    number = len(kept.people)
    if number:
        told = ngettext("%(n)d check-in recorded.", "%(n)d check-ins recorded.", number)
        messages.success(request, told % {"n": number})
    for name, why in kept.refused:
        messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": sentence(why)})


def _taken_back(taps: Mapping[str, Settled]) -> dict[str, Settled]:
    """Return the taps without those by which somebody would be entered once more."""
    return {key: replace(tap, who="") if tap.who in NEW else tap for key, tap in taps.items()}
