"""The route of a paper as a strip: who signed when, late, in whose stead, written down by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import pgettext

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.rules import is_late, state
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.signing.models import Decision
from lianfang.ground.signing.queries.sheets import of_paper
from lianfang.ground.signing.queries.standing import Standing, standing
from lianfang.ground.signing.registry import Stop
from lianfang.ground.signing.rules import (
    FOR,
    HEARD_WORDS,
    STEP_WORDS,
    WORD,
    Facts,
    Heard,
    Stage,
    Verdict,
    may_object,
)
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor

SIGNATURE, SUPERVISED = "signature", "instruction"
#: How long a page says that somebody has left.
LEFT_SINCE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step of the strip; `people` are those who can take it, `left` who no longer can."""

    code: str
    word: str
    stage: str
    name: str
    recorder: str
    heard: str
    at: datetime | None
    due: datetime | None
    late: bool
    evidence: UUID | None
    people: tuple[str, ...]
    left: tuple[str, ...]
    objectable: UUID | None


@dataclass(frozen=True, slots=True)
class Word:
    """A word said on a paper that is no signature: returned, instructed, objected."""

    verdict: str
    name: str
    at: datetime
    text: str
    evidence: UUID | None
    loop: UUID | None = None
    loop_state: str = ""
    loop_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The route of one paper."""

    sheet: UUID
    digest: str
    marks: tuple[Mark, ...]
    words: tuple[Word, ...]
    may_record: str
    names: tuple[str, ...]
    over: bool

    @property
    def returned(self) -> Word | None:
        """Return the last return, while nobody has signed since."""
        return next((word for word in reversed(self.words) if word.verdict == "returned"), None)


def strip_of(actor: Actor, route: str, key: str, facts: Facts) -> Strip | None:
    """Return the strip of a paper, if it has begun its way."""
    sheet = of_paper(actor, route, key)
    return strip(actor, standing(actor, sheet, facts)) if sheet else None


def strip(actor: Actor, told: Standing) -> Strip:
    """Return the strip of a paper that is on its way."""
    loops = visible(Loop, actor, "loops.read").filter(subject=told.sheet.pk)
    found = list(loops.select_related("unit", "verifier_unit"))
    step = told.course.next
    records = bool(step) and told.route.stop(step).recordable
    allowed = records and not told.over and may(actor, "signing.record", told.sheet)
    return Strip(
        sheet=told.sheet.pk,
        digest=told.facts.digest,
        marks=tuple(_mark(actor, told, stop, found) for stop in told.route.stops),
        words=tuple(word for row in told.decisions for word in _word(told, row, found)),
        may_record=step if allowed else "",
        names=tuple(holder.name for holder in told.holders.get(step, ())),
        over=told.over,
    )


def _mark(actor: Actor, told: Standing, stop: Stop, loops: Sequence[Loop]) -> Mark:
    row, now, stage = told.decision(stop.code), clock.now(), told.course.stage(stop.code)
    own = [loop for loop in loops if loop.kind == SIGNATURE and f":{stop.code}:" in loop.key]
    last = max(own, key=lambda loop: loop.assigned_at, default=None)
    due = last.due if last and last.waived_at is None else None
    is_open = stage is Stage.OPEN and not told.over
    return Mark(
        code=stop.code,
        word=pgettext(WORD, STEP_WORDS[stop.code]),
        stage=Stage.PASSED if stage is Stage.OPEN and told.over else stage,
        name=named(row.by_name, row.stead_name) if row else "",
        recorder=row.recorder_name if row else "",
        heard=pgettext(WORD, HEARD_WORDS[Heard(row.heard)]) if row and row.heard else "",
        at=row.at if row else None,
        due=due if is_open else None,
        late=due is not None and (row.at if row else now) > due,
        evidence=row.evidence_id if row else None,
        people=_people(told, stop) if is_open else (),
        left=_left(told, stop) if is_open else (),
        objectable=row.pk if row and _objectable(actor, told, row) else None,
    )


def _people(told: Standing, stop: Stop) -> tuple[str, ...]:
    """Return who can take a step and has signed none, a deputy with whom he stands in for."""
    taken = {each.who for each in told.course.held.values()}
    free = [holder for holder in told.holders[stop.code] if holder.who not in taken]
    return tuple(named(holder.name, holder.stead) for holder in free)


def named(name: str, holder: str) -> str:
    """Return somebody's name, a deputy's with that of the one in whose stead he acts."""
    return pgettext(WORD, FOR) % {"name": name, "holder": holder} if holder else name


def _left(told: Standing, stop: Stop) -> tuple[str, ...]:
    since = clock.now() - LEFT_SINCE
    return tuple(each.name for each in orgs.gone(told.sheet.unit.path, stop.posts, since))


def _objectable(actor: Actor, told: Standing, row: Decision) -> bool:
    return may_object(row.said, actor.who, told.answered(row))


VERDICTS = {
    Verdict.RETURN: "returned",
    Verdict.INSTRUCT: "instructed",
    Verdict.OBJECT: "objected",
}


def _word(told: Standing, row: Decision, loops: Sequence[Loop]) -> Sequence[Word]:
    if Verdict(row.verdict) not in VERDICTS or told.answered(row):
        return ()
    task = next((loop for loop in loops if loop.key.endswith(f":{row.pk}")), None)
    return (
        Word(
            verdict=VERDICTS[Verdict(row.verdict)],
            name=named(row.by_name, row.stead_name),
            at=row.at,
            text=row.text,
            evidence=row.evidence_id,
            loop=task.pk if task else None,
            loop_state=state(task.course) if task else "",
            loop_late=task is not None and is_late(task.course, task.due, clock.now()),
        ),
    )
