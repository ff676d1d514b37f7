"""What is owed for a paper: one loop for the step that is next, closed when it is taken."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from lianfang.ground.loops import services as loops
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import To, post
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as responses
from lianfang.ground.signing import queries
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.queries import Standing
from lianfang.ground.signing.registry import Stop
from lianfang.ground.signing.rules import HEARD_WORDS, STEP_WORDS, WORD, Facts, Heard, Verdict
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

SIGNATURE = "signature"
OWED = msgid("%(title)s: %(step)s to sign")
ASKED = msgid("%(title)s waits for a signature: %(step)s.")
ASKED_BY = msgid("%(title)s waits for a signature until %(due)s: %(step)s.")
RETURNED = msgid("%(name)s returned %(title)s: %(reason)s")
RECORDED = msgid(
    "%(recorder)s recorded your signature under %(title)s (%(step)s, told %(heard)s);"
    " object there if that is not so."
)
MOVED_ON = msgid("The paper has gone on without it.")
WRITTEN_DOWN = msgid("%(name)s, recorded by %(recorder)s")


def follow(actor: Actor, before: Standing, now: datetime, last: Decision) -> None:
    """Close what was owed and is taken or gone, and owe the step that is next, once."""
    sheet = before.sheet
    told = queries.standing(actor, sheet, before.facts, before.holders)
    wanted = "" if told.over else told.course.next
    standing = False
    for loop in _open_loops(sheet):
        if _step_of(loop) == wanted and not _anew(last):
            standing = True
        else:
            _shut(loop, actor, now, told)
    if wanted and not standing:
        _owe(actor, told, told.route.stop(wanted), now, last)


def close(actor: Actor, sheet: Sheet, now: datetime, facts: Facts) -> None:
    """Close all that is owed for a paper that has gone."""
    owed = _open_loops(sheet)
    if not owed:
        return
    told = queries.standing(actor, sheet, facts)
    for loop in owed:
        _shut(loop, actor, now, told)


def _anew(last: Decision) -> bool:
    """Tell whether the last word opens a step again that may be owed already."""
    return last.verdict == Verdict.RETURN


def _open_loops(sheet: Sheet) -> Sequence[Loop]:
    rows = Loop.objects.filter(kind=SIGNATURE, subject=sheet.pk, verified_at=None, waived_at=None)
    return list(rows.select_related("unit", "verifier_unit"))


def _step_of(loop: Loop) -> str:
    return loop.key.split(":")[1]


def _shut(loop: Loop, actor: Actor, now: datetime, told: Standing) -> None:
    signed = told.decision(_step_of(loop))
    if signed is None:
        loops.set_aside(loop, actor, now, gettext(MOVED_ON))
        return
    named = {"name": signed.by_name, "recorder": signed.recorder_name}
    loops.settle(loop, actor, now, gettext(WRITTEN_DOWN) % named if signed.recorder else "")


def _owe(actor: Actor, told: Standing, stop: Stop, now: datetime, last: Decision) -> None:
    sheet = told.sheet
    sheet.calls += 1
    sheet.save(update_fields=["calls"])
    role, pack = _owing(told, stop), responses.pack_or_none(actor, now)
    due = now + pack.span(stop.limit) if pack and pack.has(stop.limit) else None
    step = Sentence(STEP_WORDS[stop.code], context=WORD)
    asker = told.route.stops[0].posts[0]
    loop = loops.begin(
        actor,
        loops.Opening(
            kind=KINDS[SIGNATURE],
            unit=sheet.unit,
            key=f"{sheet.pk}:{stop.code}:{sheet.calls}",
            title=Sentence(OWED, {"title": sheet.title, "step": step}),
            due=due,
            owner_role=role,
            verifier_unit=sheet.unit,
            verifier_role=asker,
            subject=sheet.pk,
        ),
        now,
    )
    _tell(sheet, To(unit=sheet.unit, role=role), _asking(sheet, step, due, last), loop, now)


def _owing(told: Standing, stop: Stop) -> Role:
    """Return the post that owes a step: the first of its posts that anybody left can act in."""
    taken = {each.who for each in told.course.held.values()}
    for role in stop.posts:
        if any(h.role == role and h.who not in taken for h in told.holders[stop.code]):
            return role
    return stop.posts[0]


def _asking(sheet: Sheet, step: Sentence, due: datetime | None, last: Decision) -> Sentence:
    if last.verdict == Verdict.RETURN:
        told = {"name": last.by_name, "title": sheet.title, "reason": last.text}
        return Sentence(RETURNED, told)
    told = {"title": sheet.title, "step": step}
    return Sentence(ASKED_BY, {**told, "due": due}) if due else Sentence(ASKED, told)


def _tell(sheet: Sheet, to: To, sentence: Sentence, loop: Loop, now: datetime) -> None:
    url = page_of(sheet)
    post(to, sentence, kind=NoticeKind.TASK, key=f"signing:{loop.pk}", now=now, url=url)


def tell_recorded(sheet: Sheet, decision: Decision, now: datetime) -> None:
    """Tell somebody that another one has written down his decision, so that he may object."""
    if decision.by_user is None:
        return
    told = {
        "recorder": decision.recorder_name,
        "title": sheet.title,
        "step": Sentence(STEP_WORDS[decision.step], context=WORD),
        "heard": Sentence(HEARD_WORDS[Heard(decision.heard)], context=WORD),
    }
    key, url = f"signing:recorded:{decision.pk}", page_of(sheet)
    to = To(user=decision.by_user)
    post(to, Sentence(RECORDED, told), kind=NoticeKind.RESULT, key=key, now=now, url=url)


def page_of(sheet: Sheet) -> str:
    """Return the address of the page on which a paper is signed."""
    return f"/signing/{sheet.pk}/"
