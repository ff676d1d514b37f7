"""The table behind the paper: the companies, their reports and the indicators of the wording."""

from lianfang.ground.figures.rules import Value
from lianfang.ground.papers.sheet import Table
from lianfang.rollup.reports.rules.bulletin import Content, UnitReport
from lianfang.rollup.reports.rules.speech import Wording, spoken

#: A table of more rows begins on a page of its own.
ON_ITS_OWN = 12


def grid(content: Content, words: Wording) -> Table:
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
    return Table(words["table"], heads, rows, " ".join(notes), fresh=len(rows) > ON_ITS_OWN)


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
