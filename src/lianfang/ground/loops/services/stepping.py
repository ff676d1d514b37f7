"""The steps of a loop as plain functions, for the acts of this app and of those above."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.doors.act import NOTHING_HERE
from lianfang.ground.files import services as files
from lianfang.ground.files.intake import Received
from lianfang.ground.loops.models import Evidence, Loop, LoopStep
from lianfang.ground.loops.queries.words import seat
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.rules import Mark, Step, allowed, may_verify, reason, take
from lianfang.ground.loops.services.opening import owner_of, verifier_of
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import Posting, To, post_all
from lianfang.ground.orgs.queries import name_of
from lianfang.kernel.actor import CLOCK, Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

WAITS = msgid("%(unit)s reported done, to be verified: %(title)s")
VERIFIED = msgid("%(office)s has verified: %(title)s")
RETURNED = msgid("%(office)s returned “%(title)s”: %(note)s")
WAIVED = msgid("%(office)s waived “%(title)s”: %(note)s")
UNDONE = msgid("%(office)s took its last word back: %(title)s")
NOTED = msgid("%(by)s on “%(title)s”: %(note)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What comes with a step: a note, the requirements met, files, a new due time."""

    note: str = ""
    met: tuple[int, ...] = ()
    files: tuple[Received, ...] = ()
    due: datetime | None = None


NOTHING = Told()


def finish(loop: Loop, actor: Actor, now: datetime, note: str = "") -> Loop:
    """Report a loop done from the act of another service, whose hook is then not called."""
    return follow(loop, Step.DONE, actor, now, Told(note=note))


def finish_anew(loop: Loop, actor: Actor, now: datetime, note: str = "") -> Loop:
    """Report a loop done whatever was said before: what was verified stays in its steps."""
    if Step.REOPEN in allowed(locked(loop).course):
        follow(loop, Step.REOPEN, actor, now, Told(note=note))
    return follow(loop, Step.DONE, actor, now, Told(note=note))


def settle(loop: Loop, actor: Actor, now: datetime, note: str = "") -> Loop:
    """Report done and close what is its own proof: a signature needs nobody to see it again."""
    follow(loop, Step.DONE, actor, now, Told(note=note))
    return follow(loop, Step.VERIFY, CLOCK, now)


def confirm(loop: Loop, actor: Actor, now: datetime, note: str = "") -> Loop:
    """Verify a loop from the act of another service; refused to whoever reported it done."""
    refuse_other_side(loop, actor)
    return follow(loop, Step.VERIFY, actor, now, Told(note=note))


def send_back(
    loop: Loop, actor: Actor, now: datetime, note: str, due: datetime | None = None
) -> Loop:
    """Return a loop with the reason from the act of another service, with a new due time if any."""
    refuse_other_side(loop, actor)
    return follow(loop, Step.RETURN, actor, now, Told(note=note, due=due))


def set_aside(loop: Loop, actor: Actor, now: datetime, note: str) -> Loop:
    """Waive a loop with the reason from the act of another service: nothing is owed any more."""
    return follow(loop, Step.WAIVE, actor, now, Told(note=note))


def refuse_other_side(loop: Loop, actor: Actor) -> None:
    """Refuse unless the actor stands on the side that has to see it done."""
    if not may_verify(actor, loop.verifying):
        raise NotAllowed(NOTHING_HERE)


def locked(loop: Loop) -> Loop:
    """Return the row as it is now, held until the end of the transaction."""
    rows = Loop.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "owner", "verifier_unit").get(pk=loop.pk)


def follow(loop: Loop, step: Step, actor: Actor, now: datetime, told: Told = NOTHING) -> Loop:
    """Take a step: the times, the record of it, the notices; the row given is kept in step."""
    row = locked(loop)
    mark = Mark(now, actor.who, name_of(actor))
    columns = row.follow(take(row.course, step, mark))
    if told.due is not None:
        row.due, row.reached = told.due, None
        columns += ["due", "reached"]
    row.save(update_fields=columns)
    taken = record(row, step, actor, mark, told)
    if step in SAID:
        tell(row, taken)
    for column in columns:
        setattr(loop, column, getattr(row, column))
    return loop


def record(loop: Loop, step: Step, actor: Actor, mark: Mark, told: Told) -> LoopStep:
    """Write down a step that was taken, with the files that came with it."""
    row = LoopStep.objects.create(
        loop=loop,
        step=step,
        at=mark.at,
        by=mark.who,
        by_name=mark.name,
        via=actor.via,
        note=reason(step, told.note),
        met=[line for line in told.met if 0 <= line < len(loop.lines)],
        due=told.due,
    )
    for received in told.files:
        file = files.enter(actor, loop.unit, received)
        Evidence.objects.create(step=row, file=file)
    return row


#: To whom a step is told, in which words, as what kind of notice; quiet kinds tell returns alone.
SAID: Mapping[Step, tuple[Callable[[Loop], To], str, NoticeKind]] = {
    Step.DONE: (verifier_of, WAITS, NoticeKind.TASK),
    Step.VERIFY: (owner_of, VERIFIED, NoticeKind.RESULT),
    Step.RETURN: (owner_of, RETURNED, NoticeKind.TASK),
    Step.WAIVE: (owner_of, WAIVED, NoticeKind.RESULT),
    Step.UNDO: (owner_of, UNDONE, NoticeKind.RESULT),
}


def tell(loop: Loop, step: LoopStep) -> None:
    """Tell the other side of a step."""
    kind, taken = KINDS.get(loop.kind), Step(step.step)
    if kind is not None and kind.quiet and taken is not Step.RETURN:
        return
    to, sentence, about = SAID[taken]
    office = seat(loop.verifier_role, loop.verifier_unit)
    params = {"unit": str(loop.unit), "office": office, "title": loop.title, "note": step.note}
    post_all([_posting(step, to(loop), Sentence(sentence, params), about)], step.at)


def tell_note(loop: Loop, step: LoopStep, to: To) -> None:
    """Tell one side what the other has noted on a loop."""
    by = step.by_name or str(loop.unit)
    sentence = Sentence(NOTED, {"by": by, "title": loop.title, "note": step.note})
    post_all([_posting(step, to, sentence, NoticeKind.NOTE)], step.at)


def _posting(step: LoopStep, to: To, sentence: Sentence, kind: NoticeKind) -> Posting:
    key = f"loop:{step.loop_id}:{step.pk}:{to.key}"
    return Posting(to=to, sentence=sentence, kind=kind, key=key, url=f"/loops/{step.loop_id}/")
