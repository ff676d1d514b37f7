"""The page of a unit's workbook, and that of one that came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import allowed, visible
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.daybooks.models import BookChoice, BookReturn, Daybook
from lianfang.rollup.daybooks.queries.days import READ
from lianfang.rollup.daybooks.rules.settling import NEWS_ABOUT
from lianfang.rollup.daybooks.rules.words import REASON_WORDS, Reason
from lianfang.rollup.reports.queries.hours import day_at, today

NO_UNIT = msgid("There is no unit %(code)s here.")
ACTS = ("daybooks.give", "daybooks.bring", "daybooks.settle")


@dataclass(frozen=True, slots=True)
class Given:
    """A workbook in the list of a unit's page: when, by whom, why, and what came back of it."""

    book: Daybook
    by: str
    reason: str
    backs: Sequence[BookReturn]
    count: int

    @property
    def is_out(self) -> bool:
        """Tell whether nothing of it came back yet."""
        return not self.backs

    @property
    def kilobytes(self) -> int:
        """Return how large the file was."""
        return max(1, round(self.book.size / 1024))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """The workbooks of a unit and day."""

    unit: Unit
    day: date
    today: date
    given: Sequence[Given]
    may_give: bool
    may_bring: bool

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.day + timedelta(days=1)

    @property
    def ahead(self) -> bool:
        """Tell whether this is a day to come, of which nothing can come back yet."""
        return self.day > self.today

    @property
    def too_far(self) -> bool:
        """Tell whether the day lies further ahead than a workbook is given out for."""
        return self.day > self.today + timedelta(days=1)


def unit_here(actor: Actor, code: str, act: str = READ) -> Unit:
    """Return a unit on which the actor may do this, or nothing to be found."""
    found = orgs.unit_by_code(actor, code, act)
    if found is None:
        raise NotAllowed(NO_UNIT, code=code)
    return found


def book_page(actor: Actor, unit: Unit, day: date) -> BookPage:
    """Return the workbooks of a unit and day, the last one first."""
    books = list(visible(Daybook, actor, READ).filter(unit=unit, day=day))
    rows = visible(BookReturn, actor, READ).filter(book__in=books).defer("told")
    acts = allowed(actor, unit, ACTS)
    given = [
        Given(
            book,
            book.given_by_name,
            REASON_WORDS[Reason(book.reason)],
            [row for row in rows if row.book_id == book.pk],
            len(book.people),
        )
        for book in books
    ]
    return BookPage(
        unit=unit,
        day=day,
        today=today(unit),
        given=given,
        may_give="daybooks.give" in acts,
        may_bring="daybooks.bring" in acts,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A value that stood against the workbook's, and which of the two was chosen to count."""

    label: str
    in_book: str
    here: str
    here_at: datetime
    here_by: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Back:
    """A workbook that came back, before or after it was settled."""

    row: BookReturn
    book: Daybook
    late_days: int
    decided: Sequence[Decided]
    may_settle: bool
    may_open: bool


def back_to_settle(actor: Actor, key: UUID, act: str = READ) -> BookReturn:
    """Return a workbook that came back, or nothing to be found."""
    rows = visible(BookReturn, actor, act).select_related("book__unit", "unit", "response")
    return get_object_or_404(rows, pk=key)


def back_page(actor: Actor, key: UUID) -> Back:
    """Return a workbook that came back, with what was decided when it was taken in."""
    row = back_to_settle(actor, key)
    choices = visible(BookChoice, actor, READ).filter(back=row)
    return Back(
        row,
        row.book,
        (day_at(row.brought_at) - row.book.day).days,
        [_decided(each) for each in choices],
        may(actor, "daybooks.settle", row),
        may(actor, "daybooks.remarks", row),
    )


def _decided(row: BookChoice) -> Decided:
    code = row.about.removeprefix("figure-")
    label = gettext(FIGURES[code].label) if code in FIGURES else row.about
    if row.about == NEWS_ABOUT:
        label = gettext("New situations")
    return Decided(label, row.in_book, row.here, row.here_at, row.here_by, row.chosen)
