"""How the sheets of a workbook look, and how a table of inputs is laid into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lianfang.rollup.daybooks.rules.words import Name

A4 = 9
HEAD_ROW = 2
TITLES, MESSAGES = 32, 255
LISTED = 255
ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
}
BORDER = {"border": 1, "border_color": "#C9C4B8", "valign": "vcenter", "text_wrap": True}
INPUT = {**BORDER, "bg_color": "#FFF9E3", "locked": False, "num_format": "@"}
Cell = str | int | float | Decimal | date | None
Validation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a sheet: its name, its width, and what may be put into it."""

    name: Name
    width: float
    is_input: bool = False
    note: str = ""
    valid: Validation | None = None
    number_format: str = "@"


def to_fill(
    name: Name,
    width: float,
    note: str = "",
    valid: Validation | None = None,
    number_format: str = "@",
) -> Place:
    """Return a column that is filled in."""
    return Place(name, width, is_input=True, note=note, valid=valid, number_format=number_format)


@dataclass(slots=True)
class Look:
    """The formats of a workbook."""

    book: xlsxwriter.Workbook
    language: str
    title: Format = field(init=False)
    head: Format = field(init=False)
    head_input: Format = field(init=False)
    plain: Format = field(init=False)
    soft: Format = field(init=False)
    wrap: Format = field(init=False)
    _inputs: dict[str, Format] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Make the formats once."""
        head = {**BORDER, "bold": True, "bg_color": "#EEECE5", "align": "center"}
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.head = self.book.add_format(head)
        self.head_input = self.book.add_format(head | {"bg_color": "#FCF0D4"})
        self.plain = self.book.add_format(BORDER)
        self.soft = self.book.add_format({"font_color": "#666B73", "valign": "top"})
        self.wrap = self.book.add_format({"text_wrap": True, "valign": "top"})

    def input(self, number_format: str = "@") -> Format:
        """Return the format of a cell that is filled in."""
        if number_format not in self._inputs:
            made = self.book.add_format(INPUT | {"num_format": number_format})
            self._inputs[number_format] = made
        return self._inputs[number_format]

    def sheet(self, name: Name, title: str, below: str, columns: Sequence[Place]) -> Worksheet:
        """Begin a sheet with its title, its header row, its widths and its print set-up."""
        made = self.book.add_worksheet(name.say(self.language))
        made.write_string(0, 0, title, self.title)
        made.write_string(1, 0, below, self.soft)
        for place, column in enumerate(columns):
            look = self.head_input if column.is_input else self.head
            made.write_string(HEAD_ROW, place, column.name.say(self.language), look)
            made.set_column(place, place, column.width)
            if column.note:
                made.write_comment(HEAD_ROW, place, column.note, {"x_scale": 2, "y_scale": 1.2})
        made.set_row(HEAD_ROW, 32)
        self.set_up(made)
        made.repeat_rows(HEAD_ROW)
        return made

    def set_up(self, sheet: Worksheet) -> None:
        """Make a sheet printable on A4, and protected without a password but for its inputs."""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&C&A&R&P / &N")
        sheet.protect("", ALLOWED)

    def rows(
        self, sheet: Worksheet, columns: Sequence[Place], rows: Sequence[Sequence[Cell]]
    ) -> None:
        """Write the rows of a sheet, and what may be put into its inputs."""
        for number, row in enumerate(rows, HEAD_ROW + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.put(sheet, number, place, value, column)
        last = HEAD_ROW + len(rows)
        for place, column in enumerate(columns):
            if column.valid is not None and rows:
                told = dict(column.valid)
                sheet.data_validation(HEAD_ROW + 1, place, last, place, told)
        if rows:
            sheet.autofilter(HEAD_ROW, 0, last, len(columns) - 1)

    def put(self, sheet: Worksheet, row: int, place: int, value: Cell, column: Place) -> None:
        """Write one cell as what it is; a text stays a text whatever it begins with."""
        look = self.input(column.number_format) if column.is_input else self.plain
        if value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, place, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, look)
        else:
            sheet.write_string(row, place, value, look)


def stamped(at: datetime) -> str:
    """Write day and time as records do."""
    return f"{at.month}-{at.day} {at:%H:%M}"


def listed(words: Sequence[str], prompt: tuple[str, str], error: str, *, only: bool) -> Validation:
    """Return the choice of some words; more may be typed where not only these are taken."""
    told: dict[str, Any] = {"validate": "list", "source": list(words)}
    if len(",".join(words)) > LISTED:
        told = {"validate": "any"}
    return told | asked(prompt, error, stops=only)


def asked(prompt: tuple[str, str], error: str, *, stops: bool) -> dict[str, Any]:
    """Return what a cell says when it is entered, and when something else is put in."""
    return {
        "input_title": prompt[0][:TITLES],
        "input_message": prompt[1][:MESSAGES],
        "error_title": prompt[0][:TITLES],
        "error_message": error[:MESSAGES],
        "error_type": "stop" if stops else "warning",
        "ignore_blank": True,
    }
