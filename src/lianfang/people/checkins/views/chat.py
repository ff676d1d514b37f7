"""A 接龙 from the chat group: pasted, its doubts settled by a tap each, recorded; who lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.papers import setting
from lianfang.ground.papers.sheet import Paragraph
from lianfang.ground.papers.sheet import Sheet as Paper
from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import needs_feature
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.kernel.refusals import NotAllowed, Refused
from lianfang.kernel.texts import msgid
from lianfang.people.checkins import queries, services
from lianfang.people.checkins.forms import ChatForm
from lianfang.people.checkins.queries import ChatPage
from lianfang.people.checkins.rules import Reading, Sheet
from lianfang.people.checkins.rules.chat import NEW_ON_SITE, Answers, Line, State
from lianfang.people.checkins.standing import today_at
from lianfang.people.checkins.views import telling
from lianfang.people.register import services as register
from lianfang.people.register.rules.lines import PersonLine
from lianfang.people.register.rules.words import Employment, HowTold

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


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of recording: how many, and why not the others."""

    number: int
    refused: Sequence[tuple[str, str]]


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
    kept = _record(request, unit, page.among(State.READY), remember=form.cleaned_data["remember"])
    _say(request, kept)
    after = queries.look(request.actor, unit, form.cleaned_data["text"], form.taps)
    if not after.among(State.OPEN) and not kept.refused:
        return redirect(f"{reverse('checkins:chat')}?unit={unit.code}")
    return _page(request, unit, form, after)


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
        "first": request.POST.get("do") != RECORD and "remember" not in request.POST,
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


def _say(request: ActorRequest, kept: Kept) -> None:
    if kept.number:
        told = ngettext("%(n)d check-in recorded.", "%(n)d check-ins recorded.", kept.number)
        messages.success(request, told % {"n": kept.number})
    for name, why in kept.refused:
        messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": why})


def _record(
    request: ActorRequest, unit: queries.Place, lines: Sequence[Line], *, remember: bool
) -> Kept:
    """Record what is settled; who is new is entered first, whom a name meant is remembered."""
    people = queries.chat_people(request.actor, [each.person.id for each in lines if each.person])
    refused: list[tuple[str, str]] = []
    told: list[tuple[Line, queries.Somebody]] = []
    for line in lines:
        try:
            person = people.get(line.person.id) if line.person else _entered(request, unit, line)
        except Refused as why:
            refused.append((line.entry.name, sentence(why)))
            continue
        if person is not None:
            told.append((line, person))
    items = [services.record.on(person, Sheet(_reading(line.answers))) for line, person in told]
    done = services.record.many(request.actor, items)
    for (line, _person), item in zip(told, done, strict=True):
        if item.refused:
            refused.append((line.entry.name, sentence(item.refused)))
    if remember:
        _remember(request, unit, told)
    return Kept(sum(1 for item in done if item.result), refused)


def _entered(request: ActorRequest, unit: queries.Place, line: Line) -> queries.Somebody:
    """Enter somebody who is new, by his name alone; the rest is completed later (待补)."""
    on_site = line.new == NEW_ON_SITE
    way = Employment.CONTRACTOR if on_site else Employment.REGULAR
    told = PersonLine(name=line.entry.name, employment=way, phone=line.entry.phone)
    return register.enter(request.actor, unit, told)


def _remember(
    request: ActorRequest, unit: queries.Place, told: Sequence[tuple[Line, queries.Somebody]]
) -> None:
    learnt = [
        services.remember_name.on(person, unit, services.Nickname(line.entry.name))
        for line, person in told
        if line.is_learnt and line.entry.name
    ]
    services.remember_name.many(request.actor, learnt)


def _reading(told: Answers | None) -> Reading:
    said = told or Answers()
    return Reading(
        taken_at=queries.this_moment(),
        temperature=said.temperature,
        symptoms=said.symptoms or (),
        symptoms_known=said.symptoms is not None,
        in_town=said.in_town,
        region=said.region,
        household_symptoms=said.household_symptoms,
        contact_risk_area=said.contact_risk_area,
        contact_case=said.contact_case,
        how=HowTold.FROM_CHAT,
    )
