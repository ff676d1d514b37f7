"""What is missing in a command structure: shown as a weak point, never filled in silently (R89)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from lianfang.ground.command.rules.seats import GROUP, Seat, Span
from lianfang.kernel.texts import msgid, msgid_in


class Lack(StrEnum):
    """What can be missing."""

    GROUP = "no_group"
    HEAD = "no_head"
    OFFICE = "no_office_head"
    ENDED = "ended"
    ACCOUNT = "account_off"
    LINE = "no_department"
    LIAISON = "no_liaison"
    LETTER = "letter_unsigned"


#: The context under which the catalogue keeps the short words of what is missing.
LACK = "lack"
LACK_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Lack.GROUP: msgid_in("lack", "No leading group"),
        Lack.HEAD: msgid_in("lack", "No head"),
        Lack.OFFICE: msgid_in("lack", "No head of the office"),
        Lack.ENDED: msgid_in("lack", "Appointment ended"),
        Lack.ACCOUNT: msgid_in("lack", "Account closed"),
        Lack.LINE: msgid_in("lack", "Work line without department"),
        Lack.LIAISON: msgid_in("lack", "No liaison leader"),
        Lack.LETTER: msgid_in("lack", "Letter not signed"),
    }
)
#: What a unit is asked to do about it, as the title of a loop.
TO_DO: Mapping[str, str] = MappingProxyType(
    {
        Lack.GROUP: msgid("Set up the leading group and enter who is in it"),
        Lack.HEAD: msgid("Name the head of the leading group"),
        Lack.OFFICE: msgid("Name the head of the leading group's office"),
        Lack.ENDED: msgid("Name a successor: %(seat)s, %(name)s until %(until)s"),
        Lack.ACCOUNT: msgid("Settle who follows %(name)s (%(seat)s), whose account is closed"),
        Lack.LINE: msgid("Name the responsible department for the work line “%(line)s”"),
        Lack.LIAISON: msgid("Name the liaison leader of %(unit)s"),
        Lack.LETTER: msgid("Sign version %(version)s of the letter of responsibility"),
    }
)
#: Weak points that a unit cannot mend itself, because the group names who looks after it.
BY_THE_GROUP = frozenset({Lack.LIAISON})


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line of work as the pack names it, and the kinds of units that have it."""

    code: str
    zh: str
    en: str
    at: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the pack asks of units: who needs a leading group, a liaison leader, a signed letter."""

    group_at: frozenset[str] = frozenset()
    liaison_at: frozenset[str] = frozenset()
    letter_at: frozenset[str] = frozenset()
    lines: tuple[WorkLine, ...] = ()

    def lines_of(self, kind: str) -> Sequence[WorkLine]:
        """Return the lines of work that a kind of unit has."""
        return [line for line in self.lines if kind in line.at]

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of units of which anything is asked."""
        return self.group_at | self.liaison_at | self.letter_at


@dataclass(frozen=True, slots=True)
class Held:
    """A seat as it is or was held."""

    id: UUID
    seat: str
    name: str
    span: Span
    account_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How the command of one unit stands: seats, lines with a department, the letter signed."""

    kind: str
    held: tuple[Held, ...] = ()
    lines: frozenset[str] = frozenset()
    signed: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A weak point; `subject` tells two of one sort apart, the rest is said in its sentence."""

    lack: Lack
    subject: str = ""
    seat: str = ""
    name: str = ""
    until: date | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """Return what names this weak point among those of its unit."""
        return f"{self.lack}:{self.subject}" if self.subject else str(self.lack)


def gaps(stand: Stand, asked: Asked, day: date, letter: int = 0) -> list[Gap]:
    """Return the weak points of a unit on a day, the gravest first; `letter` is the version due."""
    now = [each for each in stand.held if each.span.holds(day)]
    found = [*_seats(stand, asked, day, {each.seat for each in now})]
    found += [Gap(Lack.ACCOUNT, str(e.id), e.seat, e.name) for e in now if e.account_off]
    missing = (line for line in asked.lines_of(stand.kind) if line.code not in stand.lines)
    found += [Gap(Lack.LINE, line.code) for line in missing]
    if stand.kind in asked.letter_at and stand.signed < letter:
        found.append(Gap(Lack.LETTER, str(letter), version=letter))
    return found


def _seats(stand: Stand, asked: Asked, day: date, filled: set[str]) -> Iterator[Gap]:
    wanted: dict[Seat, Lack] = {}
    if stand.kind in asked.group_at:
        if filled & set(GROUP):
            wanted |= {Seat.HEAD: Lack.HEAD, Seat.OFFICE_HEAD: Lack.OFFICE}
        else:
            yield Gap(Lack.GROUP)
    if stand.kind in asked.liaison_at:
        wanted[Seat.LIAISON] = Lack.LIAISON
    for seat, lack in wanted.items():
        if seat not in filled:
            yield _ended(stand, seat, day) or Gap(lack)


def _ended(stand: Stand, seat: Seat, day: date) -> Gap | None:
    """Return who held a seat last that nobody took over."""
    over = [each for each in stand.held if each.seat == seat and _is_over(each.span, day)]
    last = max(over, key=lambda each: each.span.until or day, default=None)
    if last is None:
        return None
    return Gap(Lack.ENDED, str(last.id), last.seat, last.name, last.span.until)


def _is_over(span: Span, day: date) -> bool:
    """Tell whether it held for a day at least, and holds no more."""
    return span.until is not None and span.since < span.until <= day
