"""A second look at a sheet, past the parser that reads its values.

It finds what python-calamine does not tell (formulas without a value, errors, cells far from the
table) and counts the cells with values by itself, so that nothing can be lost in silence.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import IO
from xml.parsers import expat

from lianfang.kernel.spreadsheets.cells import trimmed
from lianfang.kernel.spreadsheets.problems import FAR_CELL, FileRefused

MOST_CELLS = 6_000_000
MOST_MERGED = 1_000
PIECE = 1 << 16
DIGITS = "0123456789"
VALUES = frozenset(("v", "t"))


class Marks:
    """What was found in one sheet, read as a stream."""

    def __init__(self, blank_strings: Collection[int]) -> None:
        """Take the numbers of the shared strings that are blank."""
        self.rows, self.counts = array("I"), array("I")
        self.faults: dict[int, dict[int, str]] = {}
        self.merged: list[str] = []
        self._blank_strings = blank_strings
        self._row = self._column = self._filled = self._last_column = 0
        self._open = self._formula = self._valued = self._phonetic = self._taking = False
        self._type, self._text = "", ""
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element, in the order of how often it comes."""
        if ":" in name:
            name = name.rpartition(":")[2]
        self._taking = False
        if name == "c":
            self._next_cell(attributes)
        elif name in VALUES:
            self._taking = not self._phonetic
            self._valued = self._valued or self._taking
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._next_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes.get("ref", ""))

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._taking:
            self._text += piece

    def finish(self) -> None:
        """Close the last row."""
        self._close_row()

    def _next_row(self, attributes: Mapping[str, str]) -> None:
        self._close_row()
        number = int(attributes.get("r") or self._row + 1)
        if number <= self._row:
            raise FileRefused("not_a_spreadsheet")
        self._row, self._column, self._filled = number, 0, 0

    def _next_cell(self, attributes: Mapping[str, str]) -> None:
        self._close_cell()
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip(DIGITS)
            if reference[len(letters) :] != str(self._row):
                raise FileRefused("not_a_spreadsheet")
            column = self._columns.get(letters) or self._learn(letters)
        if column <= self._column:
            raise FileRefused("not_a_spreadsheet")
        self._column, self._type, self._text = column, attributes.get("t", ""), ""
        self._open, self._formula, self._valued, self._phonetic = True, False, False, False

    def _learn(self, letters: str) -> int:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = column
        return column

    def _close_row(self) -> None:
        self._close_cell()
        if self._row * self._last_column > MOST_CELLS:
            raise FileRefused("too_large", FAR_CELL, row=self._row, column=self._last_column)
        if self._filled:
            self.rows.append(self._row)
            self.counts.append(self._filled)

    def _close_cell(self) -> None:
        if not self._open:
            return
        self._open = False
        if self._valued and self._column > self._last_column:
            self._last_column = self._column
        if self._formula and not (self._valued and (trimmed(self._text) or self._type == "str")):
            self._fault("formula_without_value")
        elif self._type == "e":
            if self._valued:
                self._fault("formula_error")
        elif self._valued and not self._is_blank():
            self._filled += 1

    def _is_blank(self) -> bool:
        if self._type == "s":
            return int(self._text) in self._blank_strings
        return not trimmed(self._text)

    def _fault(self, code: str) -> None:
        self.faults.setdefault(self._row, {})[self._column - 1] = code


class _Strings:
    """Finds which shared strings are blank."""

    def __init__(self) -> None:
        self.blank: set[int] = set()
        self._number, self._full = -1, True
        self._phonetic = self._taking = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._taking = name == "t" and not self._phonetic
        if name == "si":
            self.finish()
            self._number, self._full, self._phonetic = self._number + 1, False, False
        elif name == "rPh":
            self._phonetic = True
        elif name == "r":
            self._phonetic = False

    def text(self, piece: str) -> None:
        self._full = self._full or (self._taking and bool(trimmed(piece)))

    def finish(self) -> None:
        if not self._full:
            self.blank.add(self._number)


def blank_strings(part: IO[bytes]) -> Collection[int]:
    """Return the numbers of the shared strings that hold nothing but white space."""
    strings = _Strings()
    _parse(part, strings)
    return strings.blank


def marks(part: IO[bytes], blank: Collection[int]) -> Marks:
    """Look through a sheet."""
    found = Marks(blank)
    _parse(part, found)
    return found


def elements(part: IO[bytes], name: str) -> Sequence[Mapping[str, str]]:
    """Return the attributes of all elements of a name in a small part, in their order."""
    found = _Elements(name)
    _parse(part, found)
    return found.attributes


class _Elements:
    """Gathers the attributes of the elements of one name."""

    def __init__(self, name: str) -> None:
        self.attributes: list[Mapping[str, str]] = []
        self._name = name

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == self._name:
            self.attributes.append(dict(attributes))

    def text(self, piece: str) -> None:
        """Text is of no interest here."""

    def finish(self) -> None:
        """Nothing is left open."""


def _parse(part: IO[bytes], sink: Marks | _Strings | _Elements) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = sink.start
    parser.CharacterDataHandler = sink.text
    while piece := part.read(PIECE):
        parser.Parse(piece)
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it so
    sink.finish()


def _no_doctype(*_told: object) -> None:
    """Refuse a document type, which could declare entities that unpack without end."""
    raise FileRefused("not_a_spreadsheet")
