"""The daily situation as a workbook: its text, the group's figures, every company's figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lianfang.ground.figures.rules import Number
from lianfang.rollup.reports.rules.bulletin import Content, Line, UnitReport
from lianfang.rollup.reports.rules.wording import Paper

Say = Callable[[str], str]
STALE = "#FCF3D9"
#: Nothing that somebody typed is ever taken for a formula, an address or a number.
TEXTS_STAY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@dataclass(frozen=True, slots=True)
class Heads:
    """The words of the workbook in the reader's language."""

    text: str
    group: str
    units: str
    figure: str
    measure: str
    today: str
    yesterday: str
    change: str
    unit: str
    report: str
    stale: str


@dataclass(frozen=True, slots=True)
class _Book:
    made: xlsxwriter.Workbook
    heads: Heads
    head: Format
    stale: Format
    wrap: Format
    title: Format

    def sheet(self, name: str, heads: Sequence[str]) -> Worksheet:
        made = self.made.add_worksheet(name[:31])
        made.write_row(0, 0, heads, self.head)
        made.freeze_panes(1, 1)
        made.set_column(0, 0, 30)
        made.repeat_rows(0)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        return made


def workbook(content: Content, paper: Paper, heads: Heads, say: Say) -> bytes:
    """Write the workbook; `say` translates the labels of the figures."""
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream, TEXTS_STAY)
    made.set_properties({"title": f"{paper.title} {paper.date}", "author": paper.office})
    book = _Book(
        made,
        heads,
        made.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}),
        made.add_format({"bg_color": STALE}),
        made.add_format({"text_wrap": True, "valign": "top"}),
        made.add_format({"bold": True, "font_size": 14}),
    )
    _text(book, paper)
    told = [line for line in content.lines if line.today.value is not None]
    _group(book, told, say)
    _units(book, content.units, told, say)
    made.close()
    return stream.getvalue()


def _text(book: _Book, paper: Paper) -> None:
    sheet = book.made.add_worksheet(book.heads.text[:31])
    sheet.set_column(0, 0, 96)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, paper.title, book.title)
    lines = [paper.issue, f"{paper.office}  {paper.date}", *paper.opening]
    for part in paper.sections:
        lines += [part.heading, *part.paragraphs]
    for row, text in enumerate([*lines, *paper.feet], start=1):
        sheet.write_string(row, 0, text, book.wrap)


def _group(book: _Book, lines: Sequence[Line], say: Say) -> None:
    heads = book.heads
    names = (heads.figure, heads.measure, heads.today, heads.yesterday, heads.change)
    sheet = book.sheet(heads.group, names)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, say(line.figure.label))
        sheet.write_string(row, 1, say(line.figure.unit_of_measure))
        for column, value in enumerate((line.today.value, line.yesterday.value, line.change), 2):
            _number(sheet, row, column, value)


def _units(book: _Book, units: Sequence[UnitReport], lines: Sequence[Line], say: Say) -> None:
    heads = book.heads
    labels = [say(line.figure.label) for line in lines]
    sheet = book.sheet(heads.units, (heads.unit, heads.report, *labels))
    for row, unit in enumerate(units, start=1):
        form = book.stale if unit.owes and unit.stale else None
        sheet.write_string(row, 0, unit.name, form)
        sheet.write_string(row, 1, heads.stale if unit.owes and unit.stale else "", form)
        for column, line in enumerate(lines, start=2):
            value = unit.values.get(line.figure.code)
            _number(sheet, row, column, value.value if value else None, form)
    sheet.autofilter(0, 0, len(units), len(lines) + 1)


def _number(
    sheet: Worksheet, row: int, column: int, value: Number | None, form: Format | None = None
) -> None:
    if value is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, float(value), form)
