"""What a table of a spreadsheet may look like: its columns, their names and their kinds."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from lianfang.kernel.spreadsheets.cells import Cell

IGNORED_IN_HEADINGS = re.compile(r"\(.*?\)|\[.*?\]|\{.*?\}|【.*?】|\u3014.*?\u3015")
NOISE = re.compile(r"[\s*\u200b\ufeff]")


class Row(Protocol):
    """The other cells of a row, for a kind that cannot tell without them, and today's date."""

    @property
    def today(self) -> date:
        """Return the day on which the file is read."""
        ...

    def cell(self, column: str) -> Cell:
        """Return the cell of another column; None where it is empty or not in the file."""
        ...


Kind = Callable[[Cell, Row], object]
Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its canonical name, what else it is called, and what stands in it.

    `mask` is given for personal data: it shows a value in a list of problems. `refers` is the
    problem code of a value that is not among those known to whoever reads the file. `expected`
    is a column that must be there though its cells may be empty.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    compulsory: bool = False
    max_length: int | None = None
    mask: Mask | None = None
    default: object = None
    refers: str = ""
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one sort of file, and which of them together no two rows may share.

    A key that two rows share is reported at the last column of the key.
    """

    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """Return the column of this canonical name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def compulsory(self) -> tuple[str, ...]:
        """Return the names of the columns that every file must have."""
        return tuple(each.name for each in self.columns if each.compulsory or each.expected)

    def headings(self) -> MappingProxyType[str, str]:
        """Return every way in which a header may name a column; canonical names go first."""
        names = {heading(a): column.name for column in self.columns for a in column.aliases}
        return MappingProxyType(names | {heading(c.name): c.name for c in self.columns})


def heading(text: str) -> str:
    """Return a header's bare words: without white space, brackets' contents and asterisks."""
    wide = unicodedata.normalize("NFKC", text)
    return NOISE.sub("", IGNORED_IN_HEADINGS.sub("", wide)).casefold()


def columns_of(names: Sequence[str]) -> str:
    """Write the names of columns in one line."""
    return "、".join(names)
