"""What somebody does with a loop in the inbox, each with the hook of its kind in the same act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.act import NOTHING_HERE, act
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.sides import Seat, issuing
from lianfang.ground.loops.queries.words import kind_word
from lianfang.ground.loops.registry import KINDS, Hook, Kind
from lianfang.ground.loops.rules import Mark, Step, may_report, may_verify
from lianfang.ground.loops.services.opening import Opening, begin, owner_of, verifier_of
from lianfang.ground.loops.services.stepping import (
    NOTHING,
    Told,
    follow,
    locked,
    record,
    refuse_other_side,
    tell_note,
)
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import name_of
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.kernel.texts import msgid

TASK = "task"
NO_TITLE = msgid("Say what is to be done.")
TITLE_TOO_LONG = msgid("Say what is to be done in at most %(most)d characters; details go below.")
DUE_PASSED = msgid("The due time has passed; set a later one.")
NOT_YOUR_OFFICE = msgid("Choose a post of your own in whose name this is asked.")
TO_ITSELF = msgid("The post that owes cannot be the one that verifies.")
ELSEWHERE = msgid("Open the matter itself and report it done there.")
SEEN_ELSEWHERE = msgid("This is decided on its own page (%(kind)s), not in the inbox.")
NO_UNDO = msgid("This cannot be taken back here; open the matter itself.")
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task written by hand: what, by when, which requirements, from whom, in whose name."""

    title: str
    issuer: Seat
    owner_role: str
    due: datetime | None = None
    lines: tuple[str, ...] = ()
    note: str = ""


@act("loops.assign", tells=("owner_role",))
def assign(actor: Actor, unit: Unit, task: Task, key: UUID) -> Loop:
    """Ask a post at a unit for something by a time; the same form sent twice asks once."""
    now, title = clock.now(), task.title.strip()
    if not title:
        raise BadInput(NO_TITLE, field="title")
    if len(title) > TITLE_LENGTH:
        raise BadInput(TITLE_TOO_LONG, field="title", most=TITLE_LENGTH)
    if task.due is not None and task.due <= now:
        raise BadInput(DUE_PASSED, field="due")
    if task.issuer not in issuing(actor):
        raise BadInput(NOT_YOUR_OFFICE, field="issuer")
    if (task.issuer.unit, task.issuer.role) == (unit, task.owner_role):
        raise BadInput(TO_ITSELF, field="owner_role")
    return begin(actor, _opening(unit, task, title, key), now)


def _opening(unit: Unit, task: Task, title: str, key: UUID) -> Opening:
    return Opening(
        kind=KINDS[TASK],
        unit=unit,
        key=str(key),
        title=Sentence.of(title),
        due=task.due,
        owner_role=task.owner_role,
        verifier_unit=task.issuer.unit,
        verifier_role=task.issuer.role,
        lines=task.lines,
        note=task.note,
    )


@act("loops.acknowledge")
def acknowledge(actor: Actor, loop: Loop, note: str = "") -> Loop:
    """Say that the unit knows what it owes."""
    _owes(actor, loop)
    return follow(loop, Step.ACKNOWLEDGE, actor, clock.now(), Told(note=note))


@act("loops.done")
def done(actor: Actor, loop: Loop, told: Told = NOTHING) -> Loop:
    """Report done, with a note, the requirements met and photos; the other side has yet to see."""
    _owes(actor, loop)
    kind = KINDS.get(loop.kind)
    if kind is not None and not kind.done_here:
        raise Conflict(ELSEWHERE)
    now = clock.now()
    return _hooked(follow(loop, Step.DONE, actor, now, told), kind and kind.on_done, actor, now)


@act("loops.verify")
def verify(actor: Actor, loop: Loop, note: str = "") -> Loop:
    """Close a loop after having seen it done; refused to whoever did it."""
    refuse_other_side(loop, actor)
    now, kind = clock.now(), _seen_here(loop)
    row = follow(loop, Step.VERIFY, actor, now, Told(note=note))
    return _hooked(row, kind and kind.on_verified, actor, now)


@act("loops.return")
def give_back(actor: Actor, loop: Loop, note: str, due: datetime | None = None) -> Loop:
    """Return what is not done as it should be, with the reason and a new due time if any."""
    refuse_other_side(loop, actor)
    now, kind = clock.now(), _seen_here(loop)
    if due is not None and due <= now:
        raise BadInput(DUE_PASSED, field="due")
    row = follow(loop, Step.RETURN, actor, now, Told(note=note, due=due))
    return _hooked(row, kind and kind.on_returned, actor, now)


@act("loops.waive")
def waive(actor: Actor, loop: Loop, note: str) -> Loop:
    """Let the unit off, with the reason; only the side that asked for it may."""
    refuse_other_side(loop, actor)
    _seen_here(loop)
    return follow(loop, Step.WAIVE, actor, clock.now(), Told(note=note))


@act("loops.undo")
def undo(actor: Actor, loop: Loop) -> Loop:
    """Take one's own verification or return back within a few seconds."""
    refuse_other_side(loop, actor)
    kind = _seen_here(loop)
    if kind is not None and not kind.can_undo:
        raise Conflict(NO_UNDO)
    now = clock.now()
    return _hooked(follow(loop, Step.UNDO, actor, now), kind and kind.on_undone, actor, now)


@act("loops.note")
def comment(actor: Actor, loop: Loop, note: str) -> Loop:
    """Leave a note on a loop; the other side is told."""
    row, mark = locked(loop), Mark(clock.now(), actor.who, name_of(actor))
    step = record(row, Step.NOTE, actor, mark, Told(note=note))
    if not may_report(actor, row.owning):
        tell_note(row, step, owner_of(row))
    if not may_verify(actor, row.verifying):
        tell_note(row, step, verifier_of(row))
    return loop


def _owes(actor: Actor, loop: Loop) -> None:
    if not may_report(actor, loop.owning):
        raise NotAllowed(NOTHING_HERE)


def _seen_here(loop: Loop) -> Kind | None:
    kind = KINDS.get(loop.kind)
    if kind is not None and not kind.seen_here:
        raise Conflict(SEEN_ELSEWHERE, kind=kind_word(loop.kind))
    return kind


def _hooked(loop: Loop, hook: Hook | Kind | None, actor: Actor, now: datetime) -> Loop:
    if callable(hook):
        hook(loop, actor, now)
    return loop
