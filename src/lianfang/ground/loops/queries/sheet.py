"""One loop with all that is known of it: its stages, requirements, evidence and history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Escalation, Evidence, Loop, LoopStep
from lianfang.ground.loops.queries import words
from lianfang.ground.loops.queries.loops import loops
from lianfang.ground.loops.registry import KINDS, own_page
from lianfang.ground.loops.rules import (
    CLOSED,
    Course,
    State,
    Step,
    allowed,
    is_late,
    may_report,
    may_undo,
    may_verify,
    state,
)
from lianfang.ground.notices.queries import post_word, say
from lianfang.ground.web.words import left
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor

ACTS = {
    Step.ACKNOWLEDGE: "loops.acknowledge",
    Step.DONE: "loops.done",
    Step.VERIFY: "loops.verify",
    Step.RETURN: "loops.return",
    Step.WAIVE: "loops.waive",
}
DECIDING = frozenset({Step.VERIFY, Step.RETURN, Step.WAIVE})
OWNERS_STEPS = frozenset({Step.ACKNOWLEDGE, Step.DONE})


@dataclass(frozen=True, slots=True)
class Stage:
    """A quarter of the ring: what, when and by whom; `mode` is done, next or nothing."""

    code: str
    at: str
    who: str
    mode: str


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement, and whether it was reported as met; None before anything was reported."""

    text: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that came with a step."""

    id: UUID
    name: str
    at: datetime
    who: str
    replaced: bool
    photo: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history; `tone` is bad for a return and a call, note for a note."""

    at: datetime
    who: str
    what: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A loop as the screen shows it to one reader, with what he may do."""

    id: UUID
    reference: str
    kind: str
    title: str
    unit: str
    owner: str
    office: str
    due: datetime | None
    left: str
    state: str
    state_word: str
    late: bool
    stages: tuple[Stage, ...]
    lines: tuple[Line, ...]
    papers: tuple[Paper, ...]
    events: tuple[Event, ...]
    returned: Event | None
    may: frozenset[str]
    own_work: bool
    matter: str
    done_here: bool
    seen_there: bool


@dataclass(frozen=True, slots=True)
class LastWord:
    """A verification or a return that can still be taken back."""

    id: UUID
    state: str
    state_word: str
    title: str


def reference(loop: Loop) -> str:
    """Return a short name that people can say on the telephone."""
    return f"{localtime(loop.assigned_at):%m%d}-{loop.pk.hex[-4:].upper()}"


def sheet(actor: Actor, loop: Loop) -> Sheet:
    """Return one loop with all that is known of it."""
    now = clock.now()
    steps = list(visible(LoopStep, actor, "loops.read").filter(loop=loop))
    stands, kind = state(loop.course), KINDS.get(loop.kind)
    known = [*_events(actor, loop, steps)][::-1]
    events = tuple(sorted(known, key=lambda each: each.at, reverse=True))
    last_return = [step for step in steps if step.step == Step.RETURN][-1:]
    return Sheet(
        id=loop.pk,
        reference=reference(loop),
        kind=words.kind_word(loop.kind),
        title=say(loop.title),
        unit=str(loop.unit),
        owner=words.doer(loop),
        office=words.office(loop),
        due=loop.due,
        left=left(loop.due, now) if loop.due and stands not in {*CLOSED, State.DONE} else "",
        state=stands,
        state_word=words.state_word(stands),
        late=is_late(loop.course, loop.due, now),
        stages=tuple(_stages(loop.course, stands, now)),
        lines=tuple(_lines(loop, steps)),
        papers=tuple(_papers(actor, loop, steps)),
        events=events,
        returned=_event(last_return[0]) if last_return and stands not in CLOSED else None,
        may=_may(actor, loop),
        own_work=stands is State.DONE and loop.done_by == actor.who,
        matter=_matter(loop),
        done_here=kind is None or kind.done_here,
        seen_there=stands is State.DONE and _seen_there(actor, loop),
    )


def last_word(actor: Actor, key: UUID | None) -> LastWord | None:
    """Return what the actor has just said on a loop, while he can still take it back."""
    row = loops(actor, "loops.undo").filter(pk=key).first() if key else None
    if row is None or not _undo(actor, row, clock.now()):
        return None
    stands = state(row.course)
    return LastWord(row.pk, stands, words.state_word(stands), say(row.title))


def _may(actor: Actor, loop: Loop) -> frozenset[str]:
    reports = may_report(actor, loop.owning)
    verifies = may_verify(actor, loop.verifying)
    kind = KINDS.get(loop.kind)
    seen_here = kind is None or kind.seen_here
    own = loop.done_by == actor.who
    found = set()
    for step in allowed(loop.course) & ACTS.keys():
        side = reports if step in OWNERS_STEPS else verifies
        barred = own and step in {Step.VERIFY, Step.RETURN}
        barred = barred or (not seen_here and step in DECIDING)
        if side and not barred and actor.reaches(ACTS[step]):
            found.add(step.value)
    return frozenset(found)


def _seen_there(actor: Actor, loop: Loop) -> bool:
    """Tell whether the actor verifies this on the page of the matter, and not in the inbox."""
    kind = KINDS.get(loop.kind)
    mine = may_verify(actor, loop.verifying) and loop.done_by != actor.who
    return kind is not None and not kind.seen_here and mine


def _undo(actor: Actor, loop: Loop, now: datetime) -> bool:
    kind = KINDS.get(loop.kind)
    return (kind is None or kind.can_undo) and may_undo(loop.course, actor.who, now)


def _matter(loop: Loop) -> str:
    kind = KINDS.get(loop.kind)
    return "" if kind is None or kind.url is own_page else kind.url(loop)


def _stages(course: Course, stands: State, now: datetime) -> Iterator[Stage]:
    marks = {
        "assigned": course.assigned,
        "acknowledged": course.acknowledged,
        "done": None if course.returned else course.done,
        "verified": course.verified,
    }
    following = next((code for code, mark in marks.items() if mark is None), "")
    for code, mark in marks.items():
        waits = code == following and stands is not State.WAIVED
        if mark is None:
            yield Stage(code, "", "", "next" if waits else "")
        else:
            yield Stage(code, words.moment(mark.at, now), words.who(mark.who, mark.name), "done")


def _lines(loop: Loop, steps: Sequence[LoopStep]) -> Iterator[Line]:
    reported = [step for step in steps if step.step == Step.DONE][-1:]
    for at, text in enumerate(loop.lines):
        yield Line(text, at in reported[0].met if reported else None)


def _papers(actor: Actor, loop: Loop, steps: Sequence[LoopStep]) -> Iterator[Paper]:
    latest = [step.pk for step in steps if step.step == Step.DONE][-1:]
    rows = visible(Evidence, actor, "loops.read").filter(step__loop=loop)
    for row in rows.select_related("step", "file").order_by("step__at", "id"):
        step = row.step
        name = words.who(step.by, step.by_name)
        replaced = step.step == Step.DONE and step.pk not in latest
        yield Paper(row.file.pk, row.file.name, step.at, name, replaced, bool(row.file.small))


def _events(actor: Actor, loop: Loop, steps: Sequence[LoopStep]) -> Iterator[Event]:
    yield from map(_event, steps)
    calls = visible(Escalation, actor, "loops.read").filter(loop=loop)
    for call in calls.select_related("to_unit", "to_user"):
        to = str(call.to_user) if call.to_user else f"{call.to_unit} {post_word(call.to_role)}"
        yield Event(call.at, "", f"{words.call_word(call.call)} {to}", "", "call")


def _event(step: LoopStep) -> Event:
    tones = {Step.RETURN: "bad", Step.WAIVE: "bad", Step.NOTE: "note"}
    who = words.who(step.by, step.by_name)
    what = words.step_word(step.step)
    return Event(step.at, who, what, step.note, tones.get(Step(step.step), ""))
