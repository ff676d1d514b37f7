"""Reading a file by a table: every row is accepted, rejected with its reasons, or blank."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from lianfang.kernel.identities import BadValue
from lianfang.kernel.spreadsheets import sandbox
from lianfang.kernel.spreadsheets.cells import Cell, Fault, inexact, text_of, told
from lianfang.kernel.spreadsheets.kinds import bad
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import FileRefused, Problem, shown
from lianfang.kernel.spreadsheets.tables import Column, Table

Known = Mapping[str, Container[object]]
WRONG = object()


@dataclass(frozen=True, slots=True)
class Line:
    """One row that can be taken: its number in the file and its values by column."""

    number: int
    columns: Mapping[str, int]
    cells: Sequence[object]

    def __getitem__(self, column: str) -> object:
        """Return the value of a column; None where it is empty or not in the file."""
        place = self.columns.get(column)
        return None if place is None else self.cells[place]

    @property
    def values(self) -> Mapping[str, object]:
        """Return the values of all columns that the file has."""
        return dict(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: what can be taken of it, and what is wrong with the rest."""

    file: str
    sheet: str
    header_row: int
    rows: int
    blank: int
    ignored_columns: Sequence[str]
    headers: Mapping[str, str]
    lines: Sequence[Line]
    problems: Sequence[Problem]
    table: Table
    merged: Sequence[str] = ()

    @property
    def rejected(self) -> int:
        """Return how many rows have a problem."""
        return len({problem.row for problem in self.problems})

    def problem(self, line: Line, column: str, code: str, **values: object) -> Problem:
        """Say what is wrong with a line that only the app can know, by the code's usual words."""
        place = self.table.column(column)
        return _problem(line.number, place, self.headers, told(line[column]), bad(code, **values))

    def having(self, problems: Iterable[Problem]) -> "Reading":
        """Return the same reading with further problems; their rows are rejected."""
        every = sorted([*self.problems, *problems], key=lambda problem: problem.row)
        rejected = {problem.row for problem in every}
        lines = [line for line in self.lines if line.number not in rejected]
        return replace(self, lines=lines, problems=every)

    def outcome(self, *, created: int = 0, updated: int = 0, unchanged: int = 0) -> Outcome:
        """Return what became of the rows; every accepted one must have become something."""
        return Outcome(
            file=self.file,
            sheet=self.sheet,
            header_row=self.header_row,
            rows=self.rows,
            created=created,
            updated=updated,
            unchanged=unchanged,
            rejected=self.rejected,
            blank=self.blank,
            ignored_columns=tuple(self.ignored_columns),
            problems=tuple(self.problems),
        )


def read(
    path: Path,
    table: Table,
    today: date,
    *,
    name: str = "",
    known: Known | None = None,
    named: Sequence[str] = (),
) -> Reading:
    """Read a file by a table; `known` holds, by column, the values that the reader may name.

    `name` is the file's own name where the path is a stored copy of it; `named` are the names of
    the sheet that is meant, where it is not the first visible one with such columns.
    """
    request = {
        "path": str(path),
        "name": name or path.name,
        "headings": dict(table.headings()),
        "compulsory": table.compulsory,
        "named": list(named),
    }
    answers = sandbox.ask(request)
    top = next(answers)
    reader = _Reader(table, today, top, known or {})
    end: Mapping[str, int] = {}
    for answer in answers:
        if isinstance(answer, dict):
            end = answer
        else:
            reader.take(answer)
    return reader.done(name or path.name, end)


class _Row:
    """The cells of the row that is being read."""

    def __init__(self, today: date, places: Mapping[str, int]) -> None:
        self.today = today
        self.cells: Sequence[Cell] = ()
        self._places = places

    def cell(self, column: str) -> Cell:
        place = self._places.get(column)
        return None if place is None else self.cells[place]


class _Reader:
    """Takes the rows of one file, one after the other."""

    def __init__(self, table: Table, today: date, top: Mapping[str, Any], known: Known) -> None:
        self._table, self._top, self._known = table, top, known
        self._headers: Mapping[str, str] = top["columns"]
        self._places = {name: place for place, name in enumerate(self._headers)}
        self._columns = [table.column(name) for name in self._headers]
        self._row = _Row(today, self._places)
        self._lines: list[Line] = []
        self._problems: list[Problem] = []

    def take(self, sent: Sequence[Any]) -> None:
        """Read the values of a row."""
        number, row = sent[0], self._row
        row.cells = [sandbox.cell(cell) for cell in sent[1:]]
        values: list[object] = []
        for column, cell in zip(self._columns, row.cells, strict=True):
            try:
                values.append(self._value(column, cell))
            except BadValue as wrong:
                values.append(WRONG)
                value = _as_told(cell)
                self._problems.append(_problem(number, column, self._headers, value, wrong))
        self._lines.append(Line(number, self._places, values))

    def done(self, file: str, end: Mapping[str, int]) -> Reading:
        """Look for rows that share a key, and see that no row was lost on the way."""
        if not end or end["sent"] != len(self._lines):
            raise FileRefused("not_a_spreadsheet")
        rows = end["last"] - self._top["header_row"]
        reading = Reading(
            file=file,
            sheet=self._top["sheet"],
            header_row=self._top["header_row"],
            rows=rows,
            blank=rows - len(self._lines),
            ignored_columns=self._top["ignored"],
            headers=self._headers,
            lines=self._lines,
            problems=self._problems,
            table=self._table,
            merged=self._top.get("merged", ()),
        )
        return reading.having(_twins(reading))

    def _value(self, column: Column, cell: Cell) -> object:
        if cell is None:
            if column.compulsory:
                raise bad("missing")
            return column.default
        if isinstance(cell, Fault):
            raise bad(cell.code)
        value = column.kind(cell, self._row)
        if column.max_length and isinstance(value, str) and len(value) > column.max_length:
            raise bad("too_long", limit=column.max_length)
        known = self._known.get(column.name)
        if known is not None and value not in known:
            raise bad(column.refers)
        return value


def _twins(reading: Reading) -> list[Problem]:
    """Find the rows that share a key; each names one other, and two rows only once each other."""
    found: dict[tuple[int, str], Problem] = {}
    paired: set[tuple[int, int]] = set()
    for key in reading.table.keys:
        column = reading.table.column(key[-1])
        pairs = [(a, b) for a, b in _pairs(reading, key) if (a.number, b.number) not in paired]
        paired.update((a.number, b.number) for a, b in pairs)
        for line, other in [*pairs, *((b, a) for a, b in pairs)]:
            wrong = bad("duplicate_in_file", names_row=other.number)
            value = told(line[column.name])
            problem = _problem(line.number, column, reading.headers, value, wrong)
            found.setdefault((line.number, column.name), problem)
    return list(found.values())


def _pairs(reading: Reading, key: Sequence[str]) -> Iterator[tuple[Line, Line]]:
    """Give each row that has the same key as one before it, after the first such row."""
    first: dict[tuple[object, ...], Line] = {}
    for line in reading.lines:
        values = tuple(line[name] for name in key)
        if values[-1] is None or WRONG in values:
            continue
        other = first.setdefault(values, line)
        if other is not line:
            yield other, line


def _problem(
    row: int, column: Column, headers: Mapping[str, str], value: str, wrong: BadValue
) -> Problem:
    names_row = wrong.values.get("names_row")
    return Problem(
        row=row,
        column=column.name,
        header=headers.get(column.name, column.name),
        value=shown(column.mask(value) if column.mask else value),
        code=wrong.code,
        message=wrong.sentence,
        values=wrong.values,
        names_row=names_row if isinstance(names_row, int) else None,
    )


def _as_told(cell: Cell) -> str:
    return f"{cell:.6G}" if inexact(cell) else text_of(cell)
