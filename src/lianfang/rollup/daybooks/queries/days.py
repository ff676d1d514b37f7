"""The workbooks of a day: which units have one out, and which came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid_in
from lianfang.rollup.daybooks.models import BookReturn, Daybook
from lianfang.rollup.reports import queries as reports

READ, GIVE = "daybooks.read", "daybooks.give"


class BookState(StrEnum):
    """How it stands with the workbook of a unit."""

    NONE = "none"
    OUT = "out"
    BACK = "back"
    SETTLED = "settled"


STATE_WORDS: Mapping[BookState, str] = {
    BookState.NONE: msgid_in("daybook", "none out"),
    BookState.OUT: msgid_in("daybook", "out"),
    BookState.BACK: msgid_in("daybook", "back, not taken in"),
    BookState.SETTLED: msgid_in("daybook", "taken in"),
}


@dataclass(frozen=True, slots=True)
class BookLine:
    """A unit in the list of a day: its last workbook, and its last return."""

    unit: Unit
    book: Daybook | None
    back: BookReturn | None
    given: int

    @property
    def state(self) -> BookState:
        """Return how it stands: a workbook that was given out after the last return is out."""
        if self.book is None:
            return BookState.NONE
        if self.back is None or self.back.brought_at < self.book.given_at:
            return BookState.OUT
        return BookState.SETTLED if self.back.settled_at else BookState.BACK

    @property
    def words(self) -> str:
        """Return the state in words."""
        return STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class BookDay:
    """The workbooks of a day as a list, and how many stand how."""

    day: date
    lines: Sequence[BookLine]
    counts: Mapping[BookState, int]
    may_give: bool

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.day + timedelta(days=1)

    @property
    def states(self) -> Sequence[tuple[str, str, int]]:
        """Return the filter: each state, its words, how many units stand so."""
        return [(state.value, STATE_WORDS[state], self.counts[state]) for state in BookState]


def book_day(actor: Actor, day: date, state: str = "", text: str = "") -> BookDay:
    """Return the units that owe a report for a day, with their workbooks, those out first."""
    lines = _lines(actor, day)
    counts = {each: sum(line.state is each for line in lines) for each in BookState}
    shown = [line for line in lines if state in {"", line.state} and _fits(line.unit, text)]
    order = (BookState.BACK, BookState.OUT, BookState.SETTLED, BookState.NONE)
    shown.sort(key=lambda line: (order.index(line.state), line.unit.path))
    return BookDay(day, shown, counts, may_give=bool(actor.reaches(GIVE)))


def _lines(actor: Actor, day: date) -> list[BookLine]:
    seen = set(visible(Unit, actor, READ).values_list("pk", flat=True))
    units = [unit for unit in reports.owing_units(actor, clock.now()) if unit.pk in seen]
    given: dict[UUID, list[Daybook]] = {}
    books = visible(Daybook, actor, READ).filter(day=day).defer("people")
    for book in books.order_by("given_at", "id"):
        given.setdefault(book.unit_id, []).append(book)
    rows = visible(BookReturn, actor, READ).filter(book__day=day).defer("told")
    backs = {row.unit_id: row for row in rows.order_by("brought_at", "id")}
    return [_line(unit, given.get(unit.pk, []), backs.get(unit.pk)) for unit in units]


def _line(unit: Unit, books: Sequence[Daybook], back: BookReturn | None) -> BookLine:
    return BookLine(unit, books[-1] if books else None, back, len(books))


def _fits(unit: Unit, text: str) -> bool:
    words = f"{unit.code} {unit.name} {unit.short_name} {unit.sort_key}".lower()
    return text.lower() in words or text.lower() in words.replace(" ", "")


def units_given(actor: Actor, codes: Sequence[str] | None = None) -> list[Unit]:
    """Return the units to which the actor may give a workbook; all, or those that were chosen."""
    here = set(visible(Unit, actor, GIVE).values_list("pk", flat=True))
    units = [unit for unit in reports.owing_units(actor, clock.now()) if unit.pk in here]
    return units if codes is None else [unit for unit in units if unit.code in codes]


def out_of(actor: Actor, day: date) -> int:
    """Count the workbooks of a day that are out and did not come back."""
    return sum(line.state is BookState.OUT for line in _lines(actor, day))
