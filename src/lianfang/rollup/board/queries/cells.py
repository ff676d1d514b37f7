"""The cells of the table as the page prints them, with what a press on each of them opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.ground.figures.rules import State
from lianfang.rollup.board.queries.numbers import Values
from lianfang.rollup.board.rules.columns import COVER, STOCK, USED, Column
from lianfang.rollup.board.rules.heat import Cell, Limits, cell, cover_cell

#: What stands in a cell that is no number; an unknown one is never shown like a zero.
SIGNS = {State.UNKNOWN: "?", State.NOT_APPLICABLE: "—", State.NOT_ASKED: ""}
ZERO = "·"
#: A zero opens too: somebody may want to know of whom it is zero.
OPENS = frozenset({State.NUMBER, State.UNKNOWN})
PLACE = "figure-code"
#: How an address says that it is looked at on a wall.
WALL = "projector"


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as the page prints it: `label` is the column's head, `title` says what the sign is."""

    text: str
    css: str
    sign: str
    url: str
    label: str
    title: str
    note: str


def cells(
    values: Values, columns: Sequence[Column], limits: Limits, whole: str = ""
) -> Sequence[Cell]:
    """Return the cells of a row; tints are shares of the headcount named, and none without it."""
    headcount = values[whole].value if whole in values else None
    return [
        cover_cell(column.code, values[STOCK], values[USED], limits)
        if column.code == COVER
        else cell(
            column.code, values[column.code], limits, whole=headcount if column.tinted else None
        )
        for column in columns
    ]


def printed(found: Sequence[Cell], heads: Sequence[str], base: str) -> Sequence[Printed]:
    """Return cells as the page prints them; what a cell opens stands under the row's address."""
    return [
        Printed(
            _text(each),
            _css(each),
            each.sign.value,
            base.format(each.code) if each.state in OPENS else "",
            head,
            _title(each),
            _note(each),
        )
        for each, head in zip(found, heads, strict=True)
    ]


def base(day: date, unit: str, *, wall: bool) -> str:
    """Return the address of what opens in a row, with a place for the figure's code."""
    return address(day, PLACE, unit, wall=wall).replace(PLACE, "{}")


def address(day: date, code: str, unit: str = "", *, wall: bool = False) -> str:
    """Return the address of what a number opens to; on a wall it names nobody."""
    where = reverse("board:drill_all", args=[day, code])
    if unit:
        where = reverse("board:drill", args=[day, code, unit])
    return f"{where}?{WALL}" if wall else where


def _text(told: Cell) -> str:
    if told.state is not State.NUMBER:
        return SIGNS[told.state]
    return ZERO if told.zero else told.text


def _css(told: Cell) -> str:
    found = []
    if told.sign:
        found.append(f"lf-cell-{told.sign}")
    elif told.tint:
        found.append(f"lf-q{told.tint}")
    if told.zero or told.state in {State.NOT_APPLICABLE, State.NOT_ASKED}:
        found.append("lf-z")
    if told.state is State.UNKNOWN:
        found.append("lf-unknown")
    if told.corrected:
        found.append("lf-corrected")
    return " ".join(found)


def _note(told: Cell) -> str:
    """Say how many companies are not in a sum; a partial one is never silent."""
    if told.state is not State.NUMBER or not told.missing:
        return ""
    return gettext("%(n)d missing") % {"n": told.missing}


def _title(told: Cell) -> str:
    if told.state is State.UNKNOWN:
        return gettext("unknown")
    if told.state is State.NOT_APPLICABLE:
        return gettext("not applicable")
    if told.corrected:
        return gettext("corrected, with a reason")
    return gettext("zero") if told.zero else ""
