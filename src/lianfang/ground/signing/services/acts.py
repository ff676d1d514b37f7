"""What somebody does on the page of a paper; whether the step is his, the route says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.doors.act import act
from lianfang.ground.files import services as files
from lianfang.ground.files.intake import Received
from lianfang.ground.loops import services as loops
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import To, post
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import name_of
from lianfang.ground.orgs.rules import ROLES, Role
from lianfang.ground.signing import queries
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.queries import Seat, Standing
from lianfang.ground.signing.rules import Verdict, may_object, may_undo
from lianfang.ground.signing.services.deciding import (
    Recorded,
    locked,
    own_hand,
    refuse_seatless,
    said,
    take,
)
from lianfang.ground.signing.services.owing import follow, page_of
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid

SUPERVISED = "instruction"
SAY_WHY = msgid("Say what has to be changed.")
SAY_WHAT = msgid("Write what is to be done, or take a photo of the written instruction.")
DUE_PASSED = msgid("The due time has passed; set a later one.")
NO_POST = msgid("Choose who does it.")
NO_UNDO = msgid("This cannot be taken back any more; return the paper, or object.")
NOT_RECORDED = msgid("Only whoever was recorded as having decided may object, and once.")
OBJECTED = msgid("%(name)s objects: the signature recorded under %(title)s was not given.")
INSTRUCTED = msgid("Instruction of %(name)s on %(title)s: %(text)s")
SEE_PHOTO = msgid("see the photo")
SHORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What a leader wants done: the text or a photo of it, which post owes it, and by when."""

    text: str
    role: str
    due: datetime
    photo: Received | None = None


@act("signing.agree", tells=("step",))
def agree(actor: Actor, sheet: Sheet, step: str, digest: str) -> Decision:
    """Put one's name under the text with this digest (同意)."""
    return take(actor, sheet, step, clock.now(), digest=digest)


@act("signing.return", tells=("step",))
def give_back(actor: Actor, sheet: Sheet, step: str, digest: str, text: str) -> Decision:
    """Send a paper back to whoever began it, with what has to be changed (退改)."""
    if not text.strip():
        raise BadInput(SAY_WHY, field="text")
    now = clock.now()
    return take(actor, sheet, step, now, verdict=Verdict.RETURN, digest=digest, text=text)


@act("signing.record", tells=("step",))
def record(actor: Actor, sheet: Sheet, step: str, digest: str, told: Recorded) -> Decision:
    """Write down that somebody else has agreed, and how that was heard (代录); he is told."""
    return take(actor, sheet, step, clock.now(), digest=digest, recorded=told)


@act("signing.undo")
def undo(actor: Actor, decision: Decision) -> Decision:
    """Take one's last word back within a few seconds."""
    row, now = locked(decision.sheet), clock.now()
    told = queries.standing(actor, row)
    newest = told.decisions[-1]
    final = bool(decision.step) and told.route.stop(decision.step).final
    if told.over or final or not may_undo(decision.said, newest.said, actor.who, now):
        raise Conflict(NO_UNDO)
    return _answered(actor, told, decision, Verdict.UNDO, now)


@act("signing.object")
def object_to(actor: Actor, decision: Decision) -> Decision:
    """Say that a decision recorded in one's name was not given; the step is open again."""
    row, now = locked(decision.sheet), clock.now()
    told = queries.standing(actor, row)
    if not may_object(decision.said, actor.who, told.answered(decision)):
        raise NotYourself(NOT_RECORDED)
    made = _answered(actor, told, decision, Verdict.OBJECT, now)
    sentence = Sentence(OBJECTED, {"name": made.by_name, "title": row.title})
    for to in _hearing(told):
        key = f"signing:objected:{made.pk}:{to.key}"
        post(to, sentence, kind=NoticeKind.ESCALATION, key=key, now=now, url=page_of(row))
    return made


def _hearing(told: Standing) -> Sequence[To]:
    """Return who hears of an objection: who began the paper, and the group office, once each."""
    unit = told.sheet.unit
    group = Unit.objects.get(path=unit.path[: tree.WIDTH])
    office, first = To(unit=group, role=Role.GROUP_OFFICE), told.route.stops[0].posts[0]
    began = To(unit=unit, role=first)
    return [office] if began.key == office.key else [began, office]


def _answered(
    actor: Actor, told: Standing, decision: Decision, verdict: Verdict, now: datetime
) -> Decision:
    made = Decision.objects.create(
        sheet=told.sheet,
        step=decision.step,
        verdict=verdict,
        digest=told.facts.digest,
        by=actor.who,
        by_name=name_of(actor),
        answers=decision,
        at=now,
        via=actor.via,
    )
    if not told.over:
        told.route.on_undone(told.sheet, decision, actor, now)
        follow(actor, told, now, made)
    return made


@act("signing.instruct", also=("unit",))
def instruct(actor: Actor, sheet: Sheet, unit: Unit, told: Instruction) -> Decision:
    """Ask for something on a paper (批示): it becomes a supervised task with a due time."""
    row, now = locked(sheet), clock.now()
    text = said(told.text)
    if not text and told.photo is None:
        raise BadInput(SAY_WHAT, field="text")
    if told.due <= now:
        raise BadInput(DUE_PASSED, field="due")
    if told.role not in ROLES:
        raise BadInput(NO_POST, field="whom")
    stands = queries.standing(actor, row)
    seat = refuse_seatless(actor, row, stands)
    hand = own_hand(actor, seat)
    decision = Decision.objects.create(
        sheet=row,
        verdict=Verdict.INSTRUCT,
        digest=stands.facts.digest,
        shown=dict(stands.facts.values),
        text=text,
        by=hand.who,
        by_name=hand.name,
        by_user=hand.user,
        stead_name=hand.stead,
        evidence=files.enter(actor, row.unit, told.photo) if told.photo else None,
        at=now,
        via=actor.via,
    )
    loops.begin(actor, _supervised(row, unit, told, decision, seat), now)
    return decision


def _supervised(
    sheet: Sheet, unit: Unit, told: Instruction, decision: Decision, seat: Seat
) -> loops.Opening:
    """Return the task: seen done by the group office, or by the principal who asked for it."""
    own = seat.role == Role.PRINCIPAL
    short: object = Sentence.of(decision.text[:SHORT]) if decision.text else Sentence(SEE_PHOTO)
    named = {"name": decision.by_name, "title": sheet.title, "text": short}
    verifier = Role.PRINCIPAL if own else Role.GROUP_OFFICE
    if not own and told.role == Role.GROUP_OFFICE:
        verifier = Role.LEADING_GROUP
    return loops.Opening(
        kind=KINDS[SUPERVISED],
        unit=unit,
        key=f"{sheet.pk}:{decision.pk}",
        title=Sentence(INSTRUCTED, named),
        due=told.due,
        owner_role=told.role,
        verifier_unit=sheet.unit if own else None,
        verifier_role=verifier,
        subject=sheet.pk,
        note=decision.text,
    )
