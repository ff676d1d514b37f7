"""The course of a loop: four quarters of a ring, and which step may follow which."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid

#: How long a verification or a return can be taken back, with what the way to the server takes.
UNDO_SECONDS = 10
UNDO = timedelta(seconds=UNDO_SECONDS + 5)
NOTE_LENGTH = 1000

NOT_NOW = {
    "acknowledge": msgid("This was acknowledged already, or is closed."),
    "done": msgid("This was reported done already, or is closed."),
    "verify": msgid("There is nothing to verify: it is not reported done, or is closed already."),
    "return": msgid("There is nothing to return: it is not reported done, or is closed already."),
    "waive": msgid("This is closed already."),
    "reopen": msgid("There is nothing to report anew: it is not reported done."),
    "undo": msgid("This can be taken back by the same person and within a few seconds only."),
}
YOUR_OWN = msgid("You reported this done yourself; somebody else has to look at it.")
SAY_WHY = msgid("Say why, so that the other side knows what to do.")
SAY_IT = msgid("Write what you want to say.")
TOO_LONG = msgid("Say it in at most %(most)d characters.")


class State(StrEnum):
    """Where a loop stands; worked out from what happened, never stored."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"
    WAIVED = "waived"


class Step(StrEnum):
    """What can happen to a loop."""

    ASSIGN = "assign"
    ACKNOWLEDGE = "acknowledge"
    DONE = "done"
    VERIFY = "verify"
    RETURN = "return"
    WAIVE = "waive"
    UNDO = "undo"
    NOTE = "note"
    REOPEN = "reopen"


#: The quarters of the ring that are filled.
QUARTERS: Mapping[State, int] = MappingProxyType(
    {
        State.WAIVED: 0,
        State.ASSIGNED: 1,
        State.ACKNOWLEDGED: 2,
        State.RETURNED: 2,
        State.DONE: 3,
        State.VERIFIED: 4,
    }
)
OPEN = frozenset({State.ASSIGNED, State.ACKNOWLEDGED, State.RETURNED})
CLOSED = frozenset({State.VERIFIED, State.WAIVED})
NEXT: Mapping[State, frozenset[Step]] = MappingProxyType(
    {
        State.ASSIGNED: frozenset({Step.ACKNOWLEDGE, Step.DONE, Step.WAIVE}),
        State.ACKNOWLEDGED: frozenset({Step.DONE, Step.WAIVE}),
        State.RETURNED: frozenset({Step.DONE, Step.WAIVE}),
        State.DONE: frozenset({Step.VERIFY, Step.RETURN, Step.WAIVE, Step.REOPEN}),
        State.VERIFIED: frozenset({Step.REOPEN}),
        State.WAIVED: frozenset(),
    }
)
#: Steps that go with words alone, and what is said where the words are missing.
WORDLESS: Mapping[Step, str] = MappingProxyType(
    {Step.RETURN: SAY_WHY, Step.WAIVE: SAY_WHY, Step.NOTE: SAY_IT}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """When a step was taken and by whom: the human behind, and his name as it stood then."""

    at: datetime
    who: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to a loop; a new `done` replaces the one that was returned or reopened.

    `came` is when it was first reported done since it was last returned: that decides whether it
    was late, so that whoever mends in the evening what came in time is not called late for it.
    """

    assigned: Mark
    acknowledged: Mark | None = None
    done: Mark | None = None
    verified: Mark | None = None
    returned: Mark | None = None
    waived: Mark | None = None
    came: datetime | None = None


def state(course: Course) -> State:
    """Return where a loop stands."""
    if course.waived:
        return State.WAIVED
    if course.verified:
        return State.VERIFIED
    if course.returned:
        return State.RETURNED
    if course.done:
        return State.DONE
    return State.ACKNOWLEDGED if course.acknowledged else State.ASSIGNED


def quarters(course: Course) -> int:
    """Return how many quarters of the ring are filled."""
    return QUARTERS[state(course)]


def allowed(course: Course) -> frozenset[Step]:
    """Return the steps that may follow, whoever takes them."""
    return NEXT[state(course)]


def is_late(course: Course, due: datetime | None, now: datetime) -> bool:
    """Tell whether it was not, or is not, reported done in time."""
    if due is None or course.waived:
        return False
    if course.done is None or course.returned:
        return now > due
    return (course.came or course.done.at) > due


def may_undo(course: Course, who: str, now: datetime) -> bool:
    """Tell whether the last word, verified or returned, can still be taken back by its speaker."""
    last = course.verified or course.returned
    if last is None or course.waived:
        return False
    return last.who == who and timedelta(0) <= now - last.at <= UNDO


def reason(step: Step, note: str) -> str:
    """Return a note as it is kept, or refuse one that is missing or too long."""
    said = note.strip()
    if not said and step in WORDLESS:
        raise BadInput(WORDLESS[step], field="note")
    if len(said) > NOTE_LENGTH:
        raise BadInput(TOO_LONG, field="note", most=NOTE_LENGTH)
    return said


def take(course: Course, step: Step, mark: Mark) -> Course:
    """Return the course after a step, or refuse a step that cannot follow."""
    if step is Step.UNDO:
        return _undone(course, mark)
    if step not in allowed(course):
        raise Conflict(NOT_NOW[step])
    if step in {Step.VERIFY, Step.RETURN} and course.done and course.done.who == mark.who:
        raise NotYourself(YOUR_OWN)
    return _taken(course, step, mark)


def _taken(course: Course, step: Step, mark: Mark) -> Course:
    match step:
        case Step.ACKNOWLEDGE:
            return replace(course, acknowledged=mark)
        case Step.DONE:
            known = course.acknowledged or mark
            came = course.came if course.came and not course.returned else mark.at
            return replace(course, acknowledged=known, done=mark, returned=None, came=came)
        case Step.VERIFY:
            return replace(course, verified=mark)
        case Step.RETURN:
            return replace(course, returned=mark)
        case Step.REOPEN:
            return replace(course, done=None, verified=None)
    return replace(course, waived=mark)


def _undone(course: Course, mark: Mark) -> Course:
    if not may_undo(course, mark.who, mark.at):
        raise Conflict(NOT_NOW[Step.UNDO])
    return replace(course, verified=None, returned=None)
