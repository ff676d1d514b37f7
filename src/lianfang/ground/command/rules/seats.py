"""The seats of the command structure, and which of them one person holds at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid, msgid_in

NAME_LENGTH, TITLE_LENGTH, DUTY_LENGTH, REASON_LENGTH = 50, 80, 200, 200
ENDS_FIRST = msgid("It cannot end before it begins.")
TAKEN = msgid(
    "%(name)s holds this seat in those days already: end that first, or enter a successor."
)


class Seat(StrEnum):
    """A seat in the command structure of a unit."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    OFFICE_HEAD = "office_head"
    OFFICE_DEPUTY = "office_deputy"
    OFFICE_MEMBER = "office_member"
    LIAISON = "liaison"


#: The context under which the catalogue keeps the seats.
SEAT = "seat"
SEAT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Seat.HEAD: msgid_in("seat", "Head"),
        Seat.DEPUTY: msgid_in("seat", "Deputy head"),
        Seat.MEMBER: msgid_in("seat", "Member"),
        Seat.OFFICE_HEAD: msgid_in("seat", "Head of the office"),
        Seat.OFFICE_DEPUTY: msgid_in("seat", "Deputy head of the office"),
        Seat.OFFICE_MEMBER: msgid_in("seat", "Member of the office"),
        Seat.LIAISON: msgid_in("seat", "Liaison leader"),
    }
)
GROUP: Sequence[Seat] = (Seat.HEAD, Seat.DEPUTY, Seat.MEMBER)
OFFICE: Sequence[Seat] = (Seat.OFFICE_HEAD, Seat.OFFICE_DEPUTY, Seat.OFFICE_MEMBER)
#: What a unit fills itself; who looks after it is named by the group.
OWN: Sequence[Seat] = (*GROUP, *OFFICE)
#: Seats that one person holds at a time.
SINGLE = frozenset({Seat.HEAD, Seat.OFFICE_HEAD, Seat.LIAISON})


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first one on; `until` is the first day on which it holds no more."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def meets(self, other: "Span") -> bool:
        """Tell whether there is a day on which both hold."""
        first = max(self.since, other.since)
        return self.holds(first) and other.holds(first)


def ended(span: Span, until: date) -> Span:
    """Return the span with its end, which does not lie before its beginning."""
    if until < span.since:
        raise BadInput(ENDS_FIRST, field="until")
    return Span(span.since, until)


def refuse_taken(seat: str, wanted: Span, held: Iterable[tuple[str, Span]]) -> None:
    """Refuse a seat that one person holds at a time and that is held on one of those days."""
    if seat not in SINGLE:
        return
    for name, span in held:
        if span.meets(wanted):
            raise Conflict(TAKEN, field="name", name=name)
