"""The order of signatures: which stand, which is next, and why somebody may not give one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lianfang.kernel.refusals import Conflict, NotYourself, Refused
from lianfang.kernel.texts import msgid

NOTE_LENGTH = 500
#: How long a word can be taken back, with what the way to the server takes.
UNDO = timedelta(seconds=15)
NOT_NOW = msgid("It is not this step's turn: somebody before it has to sign first.")
TAKEN = msgid("%(name)s has signed this step already.")
BEHIND = msgid("A later step is signed already; this one cannot follow it.")
TWICE = msgid("You have signed another step of this paper; somebody else signs this one.")


class Verdict(StrEnum):
    """What somebody says of a paper (同意, 退改, 批示), or of what was said in his name."""

    AGREE = "agree"
    RETURN = "return"
    INSTRUCT = "instruct"
    OBJECT = "object"
    UNDO = "undo"


class Stage(StrEnum):
    """Where a step stands; worked out from what was said, never stored."""

    SIGNED = "signed"
    VOID = "void"
    OPEN = "open"
    WAITING = "waiting"
    PASSED = "passed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a route as the order sees it.

    Without a `needed` one nothing goes on; any other may be passed over. One that is not `asked`
    is owed by nobody: the pack does not want it, or nobody is there who could take it.
    """

    code: str
    needed: bool = True
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as the order sees it: who decided, who wrote it down, under which text."""

    id: UUID
    step: str
    verdict: Verdict
    digest: str
    who: str
    at: datetime
    recorder: str = ""
    answers: UUID | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A route on its way: what stands under the text as it is, and which steps may follow."""

    steps: Sequence[Step]
    held: Mapping[str, Said]
    voided: Mapping[str, Said]
    returned: Said | None
    open: tuple[str, ...]

    @property
    def next(self) -> str:
        """Return the step that is owed now; nothing when all is signed."""
        asked = {step.code for step in self.steps if step.asked}
        return next((code for code in self.open if code in asked), "")

    @property
    def complete(self) -> bool:
        """Tell whether every step that is needed and asked has been taken."""
        return all(step.code in self.held for step in self.steps if step.needed and step.asked)

    def stage(self, code: str) -> Stage:
        """Return where a step stands."""
        if code in self.held:
            return Stage.SIGNED
        if not next(step.asked for step in self.steps if step.code == code):
            return Stage.LEFT_OUT
        if code == self.next:
            return Stage.OPEN
        codes = [step.code for step in self.steps]
        if any(codes.index(later) > codes.index(code) for later in self.held):
            return Stage.PASSED
        return Stage.VOID if code in self.voided else Stage.WAITING


def course(steps: Sequence[Step], told: Iterable[Said], digest: str) -> Course:
    """Return the course of a route: what was said under another text, or taken back, is void."""
    said = list(told)
    answered = {each.answers for each in said if each.answers}
    held: dict[str, Said] = {}
    voided: dict[str, Said] = {}
    returned = None
    for each in (one for one in said if one.id not in answered):
        if each.verdict is Verdict.RETURN:
            voided |= held
            held, returned = {}, each
        elif each.verdict is Verdict.AGREE and each.digest == digest:
            held[each.step] = each
            returned = None
        elif each.verdict is Verdict.AGREE:
            voided[each.step] = each
    return Course(steps, held, voided, returned, _open(steps, held))


def _open(steps: Sequence[Step], held: Collection[str]) -> tuple[str, ...]:
    """Return the steps that may be taken now: up to the first that nothing goes on without."""
    lacking = (at for at, s in enumerate(steps) if s.needed and s.asked and s.code not in held)
    missing = next(lacking, len(steps))
    last = max((at for at, s in enumerate(steps[:missing]) if s.code in held), default=-1)
    following = steps[last + 1 : missing + 1]
    able = (step for step in following if step.asked or not step.needed)
    return tuple(step.code for step in able if step.code not in held)


def refuse_step(told: Course, code: str, who: str, name: str = "") -> Refused | None:
    """Return why somebody may not take a step now; nothing where he may."""
    if code in told.held:
        return Conflict(TAKEN, name=name)
    if code not in told.open:
        behind = told.stage(code) is Stage.PASSED
        return Conflict(BEHIND if behind else NOT_NOW)
    if any(each.who == who for each in told.held.values()):
        return NotYourself(TWICE)
    return None


def may_undo(told: Said, newest: Said, who: str, now: datetime) -> bool:
    """Tell whether a word can still be taken back: the last one said, by who said or wrote it."""
    fresh = timedelta(0) <= now - told.at <= UNDO
    takes_back = told.verdict in {Verdict.AGREE, Verdict.RETURN}
    return takes_back and told.id == newest.id and who == (told.recorder or told.who) and fresh


def may_object(told: Said, who: str, answered: bool) -> bool:  # noqa: FBT001 - a fact
    """Tell whether somebody may object: another one wrote down that he decided so."""
    return bool(told.recorder) and told.who == who and not answered


def seatable(wanted: Sequence[Collection[str]], taken: Collection[str]) -> bool:
    """Tell whether different people can be found for all of these steps, none of them twice."""
    if not wanted:
        return True
    return any(seatable(wanted[1:], {*taken, who}) for who in wanted[0] if who not in taken)
