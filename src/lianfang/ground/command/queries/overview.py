"""All units with their command and what is missing: the group's page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianfang.ground.command.models import Appointment
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.asking import asked_for, lack_word, prefix, said
from lianfang.ground.command.queries.rows import appointments, letters, on, units_of
from lianfang.ground.command.queries.standing import Command, commands
from lianfang.ground.command.rules.gaps import LACK_WORDS, Asked, Gap
from lianfang.ground.command.rules.seats import Seat
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor

ASK = "command.ask"
FOUND = 60


@dataclass(frozen=True, slots=True)
class Weak:
    """A weak point as a screen shows it: in words, whether somebody was asked, who may ask."""

    key: str
    lack: str
    text: str
    loop: UUID | None
    may_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit on the group's page."""

    unit: Unit
    head: str
    office: str
    liaison: str
    members: int
    lines: int
    lines_due: int
    letter: int
    weak: Sequence[Weak]


@dataclass(frozen=True, slots=True)
class LackCount:
    """How many units have a sort of weak point."""

    code: str
    word: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The page: the units asked for, and the counts of all of them."""

    lines: Sequence[UnitLine]
    lacks: Sequence[LackCount]
    units: int
    led: int
    groups: int
    whole: int
    gaps: int
    letter: int
    only: str


def overview(actor: Actor, day: date, lack: str = "", words: str = "") -> Overview:
    """Return the units of which a command is asked; counts are of all, lines of those asked for."""
    asked = asked_at(actor, clock.now())
    units = list(units_of(actor, asked.kinds))
    found = commands(actor, units, day, asked)
    open_loops = asked_for(actor, units)
    may = set(units_of(actor, asked.kinds, ASK).values_list("pk", flat=True))
    lines = [
        _line(found[unit.pk], asked, weak_points(found[unit.pk], asked, open_loops, unit.pk in may))
        for unit in units
    ]
    counts = Counter(code for line in lines for code in {weak.lack for weak in line.weak})
    newest = letters(actor).filter(issued_on__lte=day).last()
    groups = [line for line in lines if line.unit.kind in asked.group_at]
    return Overview(
        lines=[line for line in lines if _fits(line, lack, words)],
        lacks=[LackCount(code, lack_word(code), counts[code]) for code in LACK_WORDS],
        units=len(lines),
        led=sum(1 for line in groups if line.members),
        groups=len(groups),
        whole=sum(1 for line in lines if not line.weak),
        gaps=sum(len(line.weak) for line in lines),
        letter=newest.version if newest else 0,
        only=units[0].code if len(units) == 1 else "",
    )


def weak_points(
    command: Command,
    asked: Asked,
    open_loops: Mapping[str, object],
    may: bool,  # noqa: FBT001 - one of the facts about the reader
) -> list[Weak]:
    """Return the weak points of a unit as a screen shows them."""

    def loop(gap: Gap) -> UUID | None:
        found = open_loops.get(prefix(command.unit, gap))
        return getattr(found, "pk", None)

    return [
        Weak(gap.key, gap.lack, said(gap, asked), loop(gap), may and loop(gap) is None)
        for gap in command.gaps
    ]


def found_people(actor: Actor, words: str, day: date) -> Sequence[Appointment]:
    """Return who sits in some seat on a day and goes by these words: name, pinyin, title."""
    plain = words.strip()
    if not plain:
        return []
    rows = appointments(actor).filter(on(day))
    bare = plain.lower().replace(" ", "")
    return [
        row
        for row in rows.order_by("unit__path", "place")
        if plain in row.name or plain in row.title or bare in row.sort_key.replace(" ", "")
    ][:FOUND]


def _line(command: Command, asked: Asked, weak: Sequence[Weak]) -> UnitLine:
    due = asked.lines_of(command.unit.kind)
    return UnitLine(
        unit=command.unit,
        head=_name(command, Seat.HEAD),
        office=_name(command, Seat.OFFICE_HEAD),
        liaison=_name(command, Seat.LIAISON),
        members=sum(1 for each in command.held if each.seat in LEADING),
        lines=sum(1 for line in due if line.code in command.charges),
        lines_due=len(due),
        letter=command.signed.letter.version if command.signed else 0,
        weak=weak,
    )


LEADING = frozenset({Seat.HEAD, Seat.DEPUTY, Seat.MEMBER})


def _name(command: Command, seat: str) -> str:
    return "、".join(each.name for each in command.in_seat(seat))


def _fits(line: UnitLine, lack: str, words: str) -> bool:
    plain = words.strip().lower()
    if lack and lack not in {weak.lack for weak in line.weak}:
        return False
    told = (line.unit.code, line.unit.name, line.unit.short_name, line.unit.sort_key, line.head)
    joined = line.unit.sort_key.replace(" ", "")
    return not plain or any(plain in each.lower() for each in (*told, line.liaison, joined))
