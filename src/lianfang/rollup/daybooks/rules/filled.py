"""What somebody filled into the rows of a workbook, and what is wrong with it in itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from lianfang.kernel.identities import BadValue
from lianfang.kernel.spreadsheets.cells import told
from lianfang.kernel.spreadsheets.kinds import bad
from lianfang.kernel.spreadsheets.problems import Problem, shown
from lianfang.kernel.spreadsheets.reading import Line, Reading
from lianfang.kernel.texts import msgid
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.words import Matter, Name

NEWCOMER = "N"
NO_SUCH_ROW = msgid("There is no row %(number)s in the workbook that was given out.")
OTHER_NAME = msgid("Row %(number)s is %(known)s; whoever is new goes into an empty row below.")
NO_TEMPERATURE = msgid("Write the temperature as well; Lo where the thermometer shows none.")
NO_TIME = msgid("Write when it was measured, or the time beside “filled in by” on the last sheet.")
NO_METHOD = msgid("Write where it was measured.")
NO_KIND = msgid("Choose what the newcomer is: one of the staff, or somebody on site.")
MERGED = msgid("Cells are merged here (%(range)s), so only the first holds a value; split them.")
NOT_ASKED_FOR = msgid("This figure is not typed at this unit, or not any more.")
NO_SUCH_STALL = msgid("There is no such stall in the workbook that was given out.")
YES_OR_NO = msgid("Write yes or no here; what happened goes into the lines above.")
NO_VALUE = msgid("There is a source and no number; write the number as well.")
BOTH = msgid("There is a number and a reason why there is none; only one can be right.")

YES = frozenset({"是", "yes", "y", "true", "1", "零报告"})
NO = frozenset({"否", "no", "n", "false", "0", "无", "不是"})
#: The inputs that say something of a person today; the way of measuring is filled in before.
FACTS = (
    words.TEMPERATURE,
    words.SYMPTOMS,
    words.IN_TOWN,
    words.REGION,
    *words.ANSWER_NAMES.values(),
    words.REMARK,
)
ANSWERED = tuple(name for name in FACTS if name not in {words.TEMPERATURE, words.REMARK})
INPUTS = (*FACTS, words.TIME, words.METHOD, words.HOW)
OF_NEWCOMERS = (words.PERSON, words.STAFF_NO, words.KIND, words.DOCUMENT, words.PHONE)
ROWS_OF = re.compile(r"[A-Z]+(\d+):[A-Z]+(\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row in which something was filled in: its key in the workbook and what it says."""

    key: str
    line: Line
    said: Mapping[str, str]

    def value(self, name: Name) -> object:
        """Return what stands in a column."""
        return self.line[name.zh]

    def text(self, name: Name) -> str:
        """Return what stands in a column as text; nothing where it is empty."""
        return told(self.line[name.zh])


@dataclass(slots=True)
class Sheet:
    """A sheet as it was filled in: its rows, and which of them are empty or wrong."""

    name: Name
    reading: Reading
    rows: list[Row] = field(default_factory=list)
    blank: int = 0
    wrong: list[Problem] = field(default_factory=list)

    def refuse(self, line: Line, name: Name, found: BadValue) -> None:
        """Say what is wrong with a cell."""
        column = self.reading.table.column(name.zh)
        value = told(line[name.zh])
        self.wrong.append(
            Problem(
                row=line.number,
                column=name.zh,
                header=self.reading.headers.get(name.zh, name.zh),
                value=shown(column.mask(value) if column.mask else value),
                code=found.code,
                message=found.sentence,
                values=found.values,
            )
        )

    @property
    def problems(self) -> Sequence[Problem]:
        """Return all that is wrong on the sheet, in the order of its rows."""
        return sorted([*self.reading.problems, *self.wrong], key=lambda each: each.row)

    @property
    def right(self) -> Sequence[Row]:
        """Return the rows with which nothing is wrong."""
        bad_rows = {each.row for each in self.wrong}
        return [row for row in self.rows if row.line.number not in bad_rows]


@dataclass(frozen=True, slots=True)
class Signed:
    """A name under the workbook, and at what time of the day."""

    name: str
    at: time | None


def filled(name: Name, reading: Reading, keys: Sequence[Name], inputs: Sequence[Name]) -> Sheet:
    """Return the rows of a sheet in which one of the inputs is filled in."""
    sheet = Sheet(name, reading, blank=reading.blank)
    for line in reading.lines:
        said = {each.zh: told(line[each.zh]) for each in inputs if line[each.zh] is not None}
        if said:
            sheet.rows.append(Row("|".join(told(line[key.zh]) for key in keys), line, said))
        else:
            sheet.blank += 1
    _merged(sheet)
    return sheet


def _merged(sheet: Sheet) -> None:
    """Refuse the rows over which cells are merged: what belongs to which of them is not known."""
    for told_range in sheet.reading.merged:
        found = ROWS_OF.fullmatch(told_range)
        if found is None or int(found[2]) <= sheet.reading.header_row:
            continue
        rows = range(int(found[1]), int(found[2]) + 1)
        for line in sheet.reading.lines:
            if line.number in rows:
                _refuse_merged(sheet, line, told_range)


def _refuse_merged(sheet: Sheet, line: Line, told_range: str) -> None:
    row = next((each for each in sheet.rows if each.line is line), None)
    if row is None:
        sheet.rows.append(Row("", line, {}))
        sheet.blank -= 1
    first = Name(next(iter(sheet.reading.headers)), "")
    sheet.refuse(line, first, BadValue("merged", MERGED, range=told_range))


def people(reading: Reading, names: Mapping[str, str], default: time | None) -> Sheet:
    """Return who was asked: known people by their number, newcomers by name."""
    sheet = filled(words.PEOPLE, reading, (words.NUMBER,), (*INPUTS, *OF_NEWCOMERS))
    refused = {each.row for each in sheet.wrong}
    for row in [each for each in sheet.rows if each.line.number not in refused]:
        newcomer = row.key.startswith(NEWCOMER)
        if not newcomer and row.key not in names:
            sheet.refuse(
                row.line, words.NUMBER, BadValue("unknown_row", NO_SUCH_ROW, number=row.key)
            )
        elif not newcomer and not _says_something(row):
            _forget(sheet, row)
        else:
            _check_person(sheet, row, names, default)
    return sheet


def _says_something(row: Row) -> bool:
    return any(name.zh in row.said for name in (*FACTS, words.TIME, words.HOW))


def _forget(sheet: Sheet, row: Row) -> None:
    """Count a row as empty in which only what was filled in before stands."""
    sheet.rows.remove(row)
    sheet.blank += 1


def _check_person(sheet: Sheet, row: Row, names: Mapping[str, str], default: time | None) -> None:
    known = names.get(row.key)
    if known is not None and row.text(words.PERSON) != known:
        wrong = BadValue("other_name", OTHER_NAME, number=row.key, known=known)
        sheet.refuse(row.line, words.PERSON, wrong)
    if known is None:
        _check_newcomer(sheet, row)
    has_reading = row.value(words.TEMPERATURE) is not None
    timed = row.value(words.TIME) is not None or default is not None
    answered = any(row.value(name) is not None for name in (*ANSWERED, words.TIME, words.HOW))
    if answered and not has_reading:
        sheet.refuse(row.line, words.TEMPERATURE, BadValue("missing", NO_TEMPERATURE))
    if has_reading and not timed:
        sheet.refuse(row.line, words.TIME, BadValue("missing", NO_TIME))
    warm = isinstance(row.value(words.TEMPERATURE), Decimal)
    if warm and row.value(words.METHOD) is None:
        sheet.refuse(row.line, words.METHOD, BadValue("missing", NO_METHOD))


def _check_newcomer(sheet: Sheet, row: Row) -> None:
    if not row.text(words.PERSON):
        sheet.refuse(row.line, words.PERSON, bad("missing"))
    if row.value(words.KIND) is None:
        sheet.refuse(row.line, words.KIND, BadValue("missing", NO_KIND))


def stalls(reading: Reading) -> Sheet:
    """Return the stalls of which something has changed."""
    keys = (words.SITE, words.STALL_NO)
    return filled(words.STALLS, reading, keys, (words.STATE, words.HELPERS, words.REMARK))


def numbers(reading: Reading, typable: Sequence[str]) -> Sheet:
    """Return the figures that were filled in."""
    inputs = (words.TODAY, words.NO_NUMBER)
    sheet = filled(words.NUMBERS, reading, (words.CODE,), (*inputs, words.SOURCE))
    for row in sheet.rows:
        if row.key not in typable:
            sheet.refuse(row.line, words.CODE, BadValue("unknown_figure", NOT_ASKED_FOR))
        elif all(row.value(name) is not None for name in inputs):
            sheet.refuse(row.line, words.NO_NUMBER, BadValue("both", BOTH))
        elif all(row.value(name) is None for name in inputs):
            sheet.refuse(row.line, words.TODAY, BadValue("missing", NO_VALUE))
    return sheet


def news(reading: Reading) -> Sheet:
    """Return the lines of new situations in which something stands."""
    sheet = filled(words.NEWS, reading, (words.MATTER,), (words.TEXT,))
    for row in sheet.rows:
        said = row.text(words.TEXT).casefold()
        if row.text(words.MATTER) == Matter.ZERO and said not in YES | NO:
            sheet.refuse(row.line, words.TEXT, BadValue("unknown_choice", YES_OR_NO))
    return sheet


def names(reading: Reading) -> Sheet:
    """Return the names under the workbook."""
    return filled(words.NAMES, reading, (words.PART,), (words.SIGNER,))


@dataclass(frozen=True, slots=True)
class News:
    """New situations, what is asked of the superior, and whether nothing happened at all."""

    issues: str
    help: str
    zero: bool

    @property
    def text(self) -> str:
        """Return all of it as one text, to be laid beside another."""
        return "\n".join(filter(None, (self.issues, self.help)))

    def as_said(self) -> Mapping[str, str]:
        """Return it as the next return of the same workbook is compared with it."""
        return {"issues": self.issues, "help": self.help, "zero": str(self.zero)}

    def __bool__(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.issues or self.help or self.zero)


def news_of(sheet: Sheet) -> News:
    """Return what the lines say together."""
    said: dict[str, list[str]] = {}
    for row in sheet.right:
        said.setdefault(row.text(words.MATTER), []).append(row.text(words.TEXT))
    zero = "".join(said.get(Matter.ZERO, ())).strip().casefold()
    return News(
        "\n".join(said.get(Matter.ISSUE, ())),
        "\n".join(said.get(Matter.HELP, ())),
        zero=zero in YES,
    )


def signed_of(sheet: Sheet) -> Mapping[str, Signed]:
    """Return who signed which part."""
    found: dict[str, Signed] = {}
    for row in sheet.right:
        at = row.value(words.SIGNED)
        found[row.text(words.PART)] = Signed(
            row.text(words.SIGNER), at if isinstance(at, time) else None
        )
    return found
