"""The structure page of one unit: its chart, its table, what is missing, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from lianfang.ground.command.models import Appointment, Charge, Letter, Undertaking
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.asking import asked_for, line_word, seat_word
from lianfang.ground.command.queries.history import Change, history
from lianfang.ground.command.queries.leaders import LookedAfter, leaders
from lianfang.ground.command.queries.overview import Weak, weak_points
from lianfang.ground.command.queries.rows import letters
from lianfang.ground.command.queries.standing import Command, commands
from lianfang.ground.command.rules.seats import GROUP, OFFICE, SINGLE, Seat
from lianfang.ground.doors.visible import allowed
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor

ACTS = (
    "command.appoint",
    "command.replace",
    "command.end",
    "command.charge",
    "command.liaison",
    "command.letter",
    "command.sign",
    "command.issue",
    "command.ask",
    "command.phone",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sits in a seat, as chart and table show him."""

    id: UUID
    name: str
    title: str
    duty: str
    phone: str
    since: date
    until: date | None
    off: bool
    account: bool


@dataclass(frozen=True, slots=True)
class SeatBox:
    """A seat with who sits in it; an empty one of those that are needed is shown empty."""

    seat: str
    word: str
    single: bool
    holders: Sequence[Holder]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of work and the department that answers for it."""

    code: str
    word: str
    name: str
    id: UUID | None
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The structure page of a unit."""

    unit: Unit
    day: date
    today: bool
    top: bool
    group: Sequence[SeatBox]
    office: Sequence[SeatBox]
    liaison: Sequence[Holder]
    lines: Sequence[LineRow]
    leaders: Sequence[LookedAfter]
    weak: Sequence[Weak]
    letter: Letter | None
    signed: Undertaking | None
    history: Sequence[Change]
    may: frozenset[str]

    @property
    def empty(self) -> bool:
        """Tell whether nobody sits in any seat."""
        return not any(box.holders for box in (*self.group, *self.office))


def structure(actor: Actor, unit: Unit, day: date) -> Structure:
    """Return the structure of a unit as it stands, or stood, on a day."""
    now = clock.now()
    asked = asked_at(actor, now)
    command = commands(actor, [unit], day, asked)[unit.pk]
    may = allowed(actor, unit, ACTS)
    loops = asked_for(actor, [unit])
    top = tree.is_root(unit.path)
    return Structure(
        unit=unit,
        day=day,
        today=day == timezone.localtime(now).date(),
        top=top,
        group=[_box(command, seat) for seat in GROUP],
        office=[_box(command, seat) for seat in OFFICE],
        liaison=_holders(command.in_seat(Seat.LIAISON)),
        lines=[
            _line(line.code, line_word(asked, line.code), command.charges.get(line.code))
            for line in asked.lines_of(unit.kind)
        ],
        leaders=leaders(actor, day) if top else (),
        weak=weak_points(command, asked, loops, "command.ask" in may),
        letter=letters(actor).last() if unit.kind in asked.letter_at or top else None,
        signed=command.signed,
        history=history(actor, unit, asked),
        may=may,
    )


def _box(command: Command, seat: Seat) -> SeatBox:
    return SeatBox(seat, seat_word(seat), seat in SINGLE, _holders(command.in_seat(seat)))


def _holders(rows: Sequence[Appointment]) -> Sequence[Holder]:
    return [
        Holder(
            row.pk,
            row.name,
            row.title,
            row.duty,
            row.phone_mask,
            row.valid_from,
            row.valid_to,
            off=row.user is not None and not row.user.is_active,
            account=row.user is not None,
        )
        for row in rows
    ]


def _line(code: str, word: str, held: Charge | None) -> LineRow:
    if held is None:
        return LineRow(code, word, "", None, None)
    return LineRow(code, word, held.name, held.pk, held.valid_from)
