"""The one table in which the figures stand, each beside its goal."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

HEAD = ("what", "measured", "beside it, same run", "ratio", "goal", "")
REACHED, SHORT = "reached", "SHORT OF THE GOAL"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; without a goal it only says how things stand."""

    what: str
    measured: str
    beside: str = ""
    ratio: str = ""
    goal: str = ""
    reached: bool | None = None

    @property
    def cells(self) -> Sequence[str]:
        """Return what stands in the columns."""
        verdict = "" if self.reached is None else REACHED if self.reached else SHORT
        return (self.what, self.measured, self.beside, self.ratio, self.goal, verdict)


@dataclass
class Table:
    """The rows so far."""

    rows: list[Row] = field(default_factory=list)

    def text(self) -> str:
        """Write the table, with its columns set."""
        lines = [HEAD, *(row.cells for row in self.rows)]
        widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        rule = tuple("─" * width for width in widths)
        return "\n".join(_line(cells, widths) for cells in [HEAD, rule, *lines[1:]])

    def verdict(self) -> str:
        """Say how many goals were reached."""
        judged = [row for row in self.rows if row.reached is not None]
        reached = sum(bool(row.reached) for row in judged)
        return f"{reached} of {len(judged)} goals reached."


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (wide - _width(text)) for text, wide in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
