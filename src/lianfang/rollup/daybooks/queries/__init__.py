"""Workbooks of a day: what goes into one, which are out, what came back."""

from lianfang.rollup.daybooks.queries.content import content, give_out_day
from lianfang.rollup.daybooks.queries.days import (
    BookDay,
    BookLine,
    BookState,
    book_day,
    out_of,
    units_given,
)
from lianfang.rollup.daybooks.queries.pages import (
    Back,
    BookPage,
    back_page,
    back_to_settle,
    book_page,
    unit_here,
)

__all__ = [
    "Back",
    "BookDay",
    "BookLine",
    "BookPage",
    "BookState",
    "back_page",
    "back_to_settle",
    "book_day",
    "book_page",
    "content",
    "give_out_day",
    "out_of",
    "unit_here",
    "units_given",
]
