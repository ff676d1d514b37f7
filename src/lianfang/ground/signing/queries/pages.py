"""The page on which a paper is signed, and the list of what waits for somebody's signature."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import pgettext

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries import Tab
from lianfang.ground.loops.queries.loops import in_tab
from lianfang.ground.loops.queries.words import seat as seat_word
from lianfang.ground.notices.queries import say
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as responses
from lianfang.ground.signing.models import Decision
from lianfang.ground.signing.queries.sheets import sheet, sheets
from lianfang.ground.signing.queries.standing import READ, Standing, seat_of, standing
from lianfang.ground.signing.queries.strip import SIGNATURE, Strip, strip
from lianfang.ground.signing.registry import Text
from lianfang.ground.signing.rules import (
    STEP_WORDS,
    WORD,
    Moved,
    Said,
    Verdict,
    biggest,
    changed,
    course,
    may_undo,
)
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor

INSTRUCT_WITHIN = "signing.instruction"
A_DAY = timedelta(days=1)
#: Whom an instruction may go to: at the top the office, in a unit its principal or its clerk.
AT_TOP, BELOW = (Role.GROUP_OFFICE,), (Role.PRINCIPAL, Role.CLERK)


@dataclass(frozen=True, slots=True)
class Undo:
    """One's last word while it can still be taken back."""

    id: UUID
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A paper to be signed, as one reader sees it on a phone."""

    id: UUID
    title: str
    unit: str
    digest: str
    text: Text
    biggest: Sequence[Moved]
    since: Sequence[Moved]
    since_whom: str
    strip: Strip
    step: str
    step_word: str
    due: datetime | None
    stead: bool
    barred: str
    undo: Undo | None
    may_instruct: bool
    targets: Sequence[tuple[str, str]]
    instruct_due: datetime
    url: str


def page(actor: Actor, key: UUID) -> Page:
    """Return the page of a paper: what it says, what has changed, what the reader may do."""
    row = sheet(actor, key)
    told = standing(actor, row)
    text = told.route.text(actor, row)
    step = own_step(actor, told) or _barred_step(actor, told)
    marks = strip(actor, told)
    seat = seat_of(actor, row.unit.path, told.route.stop(step).posts) if step else None
    refusal = told.refusal(step, actor.who) if step else None
    last = _last_voided(told)
    instructs = may(actor, "signing.instruct", row)
    return Page(
        id=row.pk,
        title=say(row.title),
        unit=str(row.unit),
        digest=told.facts.digest,
        text=text,
        biggest=biggest(text.facts),
        since=_since(told, last),
        since_whom=last.by_name if last else "",
        strip=marks,
        step="" if refusal else step,
        step_word=pgettext(WORD, STEP_WORDS[step]) if step and not refusal else "",
        due=next((m.due for m in marks.marks if m.code == step and not refusal), None),
        stead=bool(seat and seat.stead),
        barred=refusal.sentence if refusal else "",
        undo=_undo(actor, told),
        may_instruct=instructs,
        targets=_targets(told.route.instructed(actor, row)) if instructs else (),
        instruct_due=clock.now() + _span(actor),
        url=told.route.url(row),
    )


def _targets(units: Sequence[Unit]) -> Sequence[tuple[str, str]]:
    """Return whom an instruction may go to, as a form sends it and as it reads."""
    return [
        (f"{unit.code}:{role}", say(seat_word(role, unit)))
        for unit in units
        for role in (AT_TOP if tree.is_root(unit.path) else BELOW)
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits for the reader's signature."""

    id: UUID
    title: str
    unit: str
    step: str
    due: datetime | None
    late: bool


def waiting(actor: Actor) -> Sequence[Waiting]:
    """Return what waits for somebody's signature, the earliest due time first."""
    now = clock.now()
    found = in_tab(actor, Tab.MINE).filter(kind=SIGNATURE)
    known = set(sheets(actor).filter(pk__in=found.values("subject")).values_list("pk", flat=True))
    free = known - set(_signed_by(actor, known))
    return [_waiting(loop, now) for loop in found if loop.subject in free]


def _signed_by(actor: Actor, keys: Collection[UUID]) -> Collection[UUID]:
    """Return the papers under whose newest text the actor's own name stands."""
    said: dict[UUID, list[Said]] = {}
    for row in visible(Decision, actor, READ).filter(sheet__in=keys):
        said.setdefault(row.sheet_id, []).append(row.said)
    held = {key: course((), told, told[-1].digest).held for key, told in said.items()}
    return {key for key, now in held.items() if any(s.who == actor.who for s in now.values())}


def _waiting(loop: Loop, now: datetime) -> Waiting:
    step = loop.key.split(":")[1]
    return Waiting(
        id=UUID(loop.key.split(":")[0]),
        title=say(loop.title.params["title"]),  # type: ignore[arg-type]
        unit=str(loop.unit),
        step=pgettext(WORD, STEP_WORDS[step]),
        due=loop.due,
        late=loop.due is not None and loop.due < now,
    )


def own_step(actor: Actor, told: Standing) -> str:
    """Return the open step that the reader may take; nothing where none is his."""
    free = (code for code in _seated(actor, told) if told.refusal(code, actor.who) is None)
    return next(free, "")


def _barred_step(actor: Actor, told: Standing) -> str:
    """Return the open step of the reader's post that he may not take, so that a page says why."""
    return next(iter(_seated(actor, told)), "")


def _seated(actor: Actor, told: Standing) -> Sequence[str]:
    if told.over:
        return ()
    path, stops = told.sheet.unit.path, told.route.stops
    return [s.code for s in stops if s.code in told.course.open and seat_of(actor, path, s.posts)]


def _last_voided(told: Standing) -> Decision | None:
    """Return the last signature that the text has outgrown."""
    keys = {said.id for said in told.course.voided.values()}
    rows = [row for row in told.decisions if row.pk in keys and row.digest != told.facts.digest]
    return rows[-1] if rows else None


def _since(told: Standing, last: Decision | None) -> Sequence[Moved]:
    if last is None:
        return ()
    label = told.route.label
    return [
        Moved(label(code), was, now) for code, was, now in changed(last.shown, told.facts.values)
    ]


def _undo(actor: Actor, told: Standing) -> Undo | None:
    if not told.decisions or told.over:
        return None
    newest = told.decisions[-1]
    final = bool(newest.step) and told.route.stop(newest.step).final
    if final or not may_undo(newest.said, newest.said, actor.who, clock.now()):
        return None
    return Undo(newest.pk, Verdict(newest.verdict))


def _span(actor: Actor) -> timedelta:
    pack = responses.pack_or_none(actor, clock.now())
    return pack.span(INSTRUCT_WITHIN) if pack and pack.has(INSTRUCT_WITHIN) else A_DAY
