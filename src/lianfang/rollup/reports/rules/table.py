"""The table behind the paper: the companies, their reports and the indicators of the wording."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.ground.figures.rules import Value
from lianfang.rollup.reports.rules.bulletin import Content, UnitReport
from lianfang.rollup.reports.rules.speech import Wording, spoken

#: The least width of a column, what half a character adds to it, and the air around its text.
LEAST_MM, HALF_MM, AIR_MM = 9.0, 1.9, 2.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A heading, column heads and a row for each company."""

    heading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def grid(content: Content, words: Wording) -> Grid:
    """Return the table of the companies: their report and the indicators that the wording names."""
    columns = [
        (code, head)
        for code, head in words["columns"]
        if any(_has(unit.values.get(code)) for unit in content.units)
    ]
    codes = [code for code, _head in columns]
    rows = [
        [
            unit.name if unit.owes else words["house_name"],
            _report_word(unit, words),
            *(_cell(unit.values.get(c)) for c, _ in columns),
        ]
        for unit in content.units
    ]
    total = [_cell(line.today if (line := content.line(code)) else None) for code, _ in columns]
    rows.append([words["total"], "", *total])
    partial = any(line is not None and line.today.missing for line in map(content.line, codes))
    notes = [words["note"]] if any(unit.stale and unit.stands for unit in content.units) else []
    notes += [words["partial_note"]] if partial else []
    heads = [words["table_unit"], words["table_report"], *(head for _, head in columns)]
    return Grid(words["table"], heads, rows, " ".join(notes))


def widths(grid: Grid) -> Sequence[float]:
    """Return the share of the whole that each column takes, by the longest text in it."""
    columns = zip(*[grid.heads, *grid.rows], strict=True)
    wants = [
        max(LEAST_MM, *(_halves(text) * HALF_MM + AIR_MM for text in column)) for column in columns
    ]
    return [want / sum(wants) for want in wants]


def _halves(text: str) -> int:
    """Return how wide a text is in half characters; a Chinese one is two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _has(value: Value | None) -> bool:
    return value is not None and value.value is not None


def _cell(value: Value | None) -> str:
    if value is None or value.value is None:
        return "—"
    return spoken(value.value) if value.value else "·"


def _report_word(unit: UnitReport, words: Wording) -> str:
    if not unit.owes:
        return "—"
    word = str(words["states"][unit.state.value])
    if unit.stale:
        return f"{word}*" if unit.stands else word
    return str(words["late"]) if unit.late else word
