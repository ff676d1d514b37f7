"""Making spreadsheets in which a text that somebody typed stays a text, whatever it begins with."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lianfang.kernel.spreadsheets import sandbox
from lianfang.kernel.spreadsheets.cells import Fault, guarded, inexact, text_of
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import Problem, Say
from lianfang.kernel.texts import msgid

LONGEST = 32_767
MOST_ROWS = 1_048_576
LONGEST_TITLE = 31
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
WIDTH = 16
FIRST_YEAR = 1901
WRONG = {"bg_color": "#FBE3E0"}
DAY, MOMENT = {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm:ss"}
BOM = "\ufeff"
ROW, PROBLEM = msgid("Row in the file"), msgid("Problem")


class TooBig(ValueError):
    """More rows or longer texts than a workbook can hold; it would leave them out in silence."""


def workbook(headers: Sequence[str], rows: Iterable[Sequence[object]], sheet: str = "") -> bytes:
    """Write a table as a workbook (.xlsx)."""
    return _written(headers, ((row, frozenset[int]()) for row in rows), sheet)


def delimited(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as CSV in UTF-8; reading takes the guarding apostrophes away again."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    for row in (headers, *rows):
        lines.writerow([_guarded(value) for value in row])
    return (BOM + text.getvalue()).encode()


def rejected(path: Path, outcome: Outcome, say: Say = str) -> bytes:
    """Write the rejected rows of a file as they were, each with its problems before it."""
    problems: dict[int, list[Problem]] = {}
    for problem in outcome.problems:
        problems.setdefault(problem.row, []).append(problem)
    request = {
        "path": str(path),
        "name": outcome.file,
        "sheet": outcome.sheet,
        "header_row": outcome.header_row,
        "only": list(problems),
    }
    sent = [answer for answer in sandbox.ask(request) if isinstance(answer, list)]
    rows = {number: [sandbox.cell(cell) for cell in cells] for number, *cells in sent}
    written = [text_of(cell) for cell in rows.get(outcome.header_row, [])]
    headers = [say(ROW), say(PROBLEM), *written]
    return _written(headers, _complaints(problems, rows, written, say), outcome.sheet)


def _complaints(
    problems: Mapping[int, Sequence[Problem]],
    rows: Mapping[int, Sequence[object]],
    written: Sequence[str],
    say: Say,
) -> Iterator[tuple[Sequence[object], frozenset[int]]]:
    """Give each row with its problems, and the places of the cells that are wrong."""
    for number, wrong in problems.items():
        sentences = [f"{problem.header}: {problem.sentence(say)}" for problem in wrong]
        bad = {problem.header for problem in wrong}
        places = frozenset(place for place, header in enumerate(written, 2) if header in bad)
        yield [number, "\n".join(sentences), *rows.get(number, [])], places


def _written(
    headers: Sequence[str],
    rows: Iterable[tuple[Sequence[object], frozenset[int]]],
    title: str,
) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        pen = _Pen(book, book.add_worksheet(_title(title)))
        pen.sheet.set_column(0, len(headers), WIDTH)
        for place, header in enumerate(headers):
            pen.text(0, place, header, pen.bold)
        for number, (row, places) in enumerate(rows, 1):
            if number >= MOST_ROWS:
                raise TooBig
            for place, value in enumerate(row):
                pen.put(number, place, value, wrong=place in places)
    return file.getvalue()


def _guarded(value: object) -> str:
    """Return a value for a CSV; a number below nothing needs no guard, everything else may."""
    return _shown(value) if isinstance(value, int | float | Decimal) else guarded(_shown(value))


def _title(sheet: str) -> str | None:
    """Return a name that Excel takes for a sheet."""
    return NOT_IN_TITLES.sub(" ", sheet)[:LONGEST_TITLE].strip() or None


class _Pen:
    """Writes each value as what it is; a number with more digits than Excel keeps as text."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.bold = book.add_format({"bold": True})
        self._plain = [book.add_format(), book.add_format(WRONG)]
        self._day = [book.add_format(DAY), book.add_format(DAY | WRONG)]
        self._moment = [book.add_format(MOMENT), book.add_format(MOMENT | WRONG)]

    def put(self, row: int, place: int, value: object, *, wrong: bool) -> None:
        plain = self._plain[wrong]
        if isinstance(value, bool):
            self.sheet.write_boolean(row, place, value, plain)
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            look = self._moment if isinstance(value, datetime) else self._day
            self.sheet.write_datetime(row, place, value, look[wrong])
        elif isinstance(value, int | float | Decimal) and not _long(value):
            self.sheet.write_number(row, place, value, plain)
        else:
            self.text(row, place, _shown(value), plain)

    def text(self, row: int, place: int, text: str, look: Format) -> None:
        if len(text) > LONGEST:
            raise TooBig
        self.sheet.write_string(row, place, text, look)


def _long(value: float | Decimal) -> bool:
    return not isinstance(value, float) and inexact(int(value))


def _shown(value: object) -> str:
    """Return a value as a text to be written; one of no sort known here as it prints."""
    if isinstance(value, Fault) or value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return text_of(value) if isinstance(value, bool | int | float | date) else str(value)
