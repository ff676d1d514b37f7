"""What became of the rows of a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.kernel.spreadsheets.problems import Problem, Say


class CountsDiffer(AssertionError):
    """A row is neither accepted, nor rejected, nor blank: somebody lost it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers of an import, which always add up, and what was wrong."""

    file: str
    sheet: str
    header_row: int
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    blank: int
    ignored_columns: Sequence[str]
    problems: Sequence[Problem]

    def __post_init__(self) -> None:
        """See that every row of the file is accounted for."""
        if self.rows != self.accepted + self.rejected + self.blank:
            raise CountsDiffer(self.as_json())

    @property
    def accepted(self) -> int:
        """Return how many rows were accepted."""
        return self.created + self.updated + self.unchanged

    def as_json(self, say: Say = str) -> dict[str, object]:
        """Return the outcome as `import --json` prints it."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "rows": self.rows,
            "accepted": self.accepted,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "blank": self.blank,
            "ignored_columns": list(self.ignored_columns),
            "problems": [problem.as_json(say) for problem in self.problems],
        }
