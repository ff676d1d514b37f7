"""Opening loops, once each, whoever opens them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import override

from lianfang.ground.loops.models import Loop, LoopStep
from lianfang.ground.loops.queries.words import seat
from lianfang.ground.loops.registry import Kind
from lianfang.ground.loops.rules import Mark, Step, reason, verifier_path
from lianfang.ground.notices.queries import say
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import Posting, To, post_all
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import name_of
from lianfang.ground.orgs.services.units import sort_key
from lianfang.ground.response import queries as responses
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.texts import msgid

ASKED = msgid("%(office)s asks: %(title)s")
ASKED_BY = msgid("%(office)s asks, by %(due)s: %(title)s")
WORDS = 900
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is owed, by whom and by when; the same key of a kind is opened once.

    The owner is a post at the unit (that of the kind unless another is named) or one user; who
    verifies is the post of the kind, at the head of the group or at the unit itself, unless
    another seat is named. A title holds no more about a person than the unit may show.
    """

    kind: Kind
    unit: Unit
    key: str
    title: Sentence
    due: datetime | None = None
    owner: User | None = None
    owner_role: str = ""
    verifier_unit: Unit | None = None
    verifier_role: str = ""
    subject: UUID | None = None
    lines: tuple[str, ...] = ()
    note: str = ""


def begin(actor: Actor, opening: Opening, now: datetime) -> Loop:
    """Open a loop inside the act of another service, or return the one that is open already."""
    return begin_all(actor, [opening], now)[0]


def begin_all(actor: Actor, openings: Sequence[Opening], now: datetime) -> list[Loop]:
    """Open many loops at once; each that was there already is returned as it is."""
    return [loop for part in parts(openings) for loop in _begin_chunk(actor, part, now)]


def _begin_chunk(actor: Actor, openings: Sequence[Opening], now: datetime) -> list[Loop]:
    mark = Mark(now, actor.who, name_of(actor))
    heads = _heads(openings)
    response = responses.current(actor)
    rows = [_row(each, heads, mark) for each in openings]
    for row in rows:
        row.response = response
    Loop.objects.bulk_create(rows, ignore_conflicts=True)
    there = _there(openings)
    opened = [there[each.kind.code, each.key] for each in openings]
    made = {row.pk for row in rows}
    new = [(loop, each) for loop, each in zip(opened, openings, strict=True) if loop.pk in made]
    LoopStep.objects.bulk_create([_step(loop, each, actor, mark) for loop, each in new])
    post_all([_asked(loop) for loop, each in new if not each.kind.quiet], now)
    return opened


def _heads(openings: Sequence[Opening]) -> dict[str, Unit]:
    paths = {
        verifier_path(each.verifier_role or each.kind.verifier_role, each.unit.path)
        for each in openings
    }
    return {unit.path: unit for unit in Unit.objects.filter(path__in=paths)}


def _there(openings: Sequence[Opening]) -> dict[tuple[str, str], Loop]:
    kinds = {each.kind.code for each in openings}
    keys = [each.key for each in openings]
    rows = Loop.objects.filter(kind__in=kinds, key__in=keys)
    rows = rows.select_related("unit", "owner", "verifier_unit")
    return {(row.kind, row.key): row for row in rows}


def _row(told: Opening, heads: dict[str, Unit], mark: Mark) -> Loop:
    role = told.verifier_role or told.kind.verifier_role
    return Loop(
        pk=ids.new(),
        unit=told.unit,
        kind=told.kind.code,
        key=told.key,
        msgid=told.title.msgid,
        params=told.title.plain(),
        words=_words(told),
        subject=told.subject,
        lines=[line.strip() for line in told.lines if line.strip()],
        owner=told.owner,
        owner_role="" if told.owner else told.owner_role or told.kind.owner_role,
        verifier_unit=told.verifier_unit or heads[verifier_path(role, told.unit.path)],
        verifier_role=role,
        due=told.due,
        assigned_at=mark.at,
        assigned_by=mark.who,
        assigned_by_name=mark.name,
    )


def _words(told: Opening) -> str:
    """Return what a search finds: the title in each language, its pinyin, the unit's name."""
    titles = []
    for language in LANGUAGES:
        with override(language):
            titles.append(say(told.title))
    unit = told.unit
    pinyin = sort_key(titles[0]).replace(" ", "")
    found = [*dict.fromkeys(titles), unit.name, unit.short_name, pinyin]
    return " ".join(found)[:WORDS]


def _step(loop: Loop, told: Opening, actor: Actor, mark: Mark) -> LoopStep:
    return LoopStep(
        loop=loop,
        step=Step.ASSIGN,
        at=mark.at,
        by=mark.who,
        by_name=mark.name,
        via=actor.via,
        note=reason(Step.ASSIGN, told.note),
        due=loop.due,
    )


def _asked(loop: Loop) -> Posting:
    office = seat(loop.verifier_role, loop.verifier_unit)
    params = {"office": office, "title": loop.title}
    sentence = Sentence(ASKED_BY, {**params, "due": loop.due}) if loop.due else None
    return Posting(
        to=owner_of(loop),
        sentence=sentence or Sentence(ASKED, params),
        kind=NoticeKind.TASK,
        key=f"loop:{loop.pk}:assign",
        url=f"/loops/{loop.pk}/",
    )


def owner_of(loop: Loop) -> To:
    """Return the side that owes as an addressee."""
    return To(user=loop.owner) if loop.owner else To(unit=loop.unit, role=loop.owner_role)


def verifier_of(loop: Loop) -> To:
    """Return the side that has to see it done as an addressee."""
    return To(unit=loop.verifier_unit, role=loop.verifier_role)
