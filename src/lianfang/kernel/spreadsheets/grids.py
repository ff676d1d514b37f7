"""What every file comes down to: sheets of numbered rows of cells, counted in a second way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lianfang.kernel.spreadsheets.cells import Cell

HEADER_WITHIN = 10
Numbered = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class Grid:
    """One sheet; a cell of white space is None.

    `counts` is how many cells hold a value in each row, found by other means than `rows`;
    `merged` are the ranges of which only the first cell holds one.
    """

    name: str
    rows: Callable[[], Iterator[Numbered]]
    counts: Mapping[int, int]
    faults: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    merged: Sequence[str] = ()

    def head(self) -> Sequence[Numbered]:
        """Return the first rows, among which the header is looked for."""
        return [row for row in islice(self.rows(), HEADER_WITHIN) if row[0] <= HEADER_WITHIN]
