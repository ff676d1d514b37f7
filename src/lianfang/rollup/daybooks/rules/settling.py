"""What became of the rows of a returned workbook, and what has to be decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from lianfang.kernel.refusals import Conflict
from lianfang.kernel.spreadsheets.problems import Problem, Say
from lianfang.kernel.texts import msgid

NEWS_ABOUT = "news"
CHOOSE = msgid("Say first which value counts: %(what)s.")


class Chosen(StrEnum):
    """Which of two values counts; of texts both can."""

    BOOK = "book"
    HERE = "here"
    BOTH = "both"


class Sort(StrEnum):
    """What of a workbook met something that had come meanwhile."""

    READING = "reading"
    FIGURE = "figure"
    NEWS = "news"
    NAME = "name"
    PERSON = "person"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Met:
    """Something in the workbook beside what had come meanwhile; `asks` where one has to count."""

    sort: Sort
    about: str
    label: str
    in_book: str
    in_book_at: datetime | None
    here: str
    here_at: datetime
    here_by: str
    asks: bool = False
    book_newer: bool = True


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one cell, and on which sheet."""

    sheet: str
    problem: Problem

    def as_json(self, say: Say = str) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {"sheet": self.sheet} | self.problem.as_json(say)


class RowsDiffer(AssertionError):
    """A row is neither taken, nor unchanged, nor rejected, nor blank: somebody lost it."""


@dataclass(frozen=True, slots=True)
class SheetCount:
    """What became of the rows of one sheet; the parts always add up."""

    sheet: str
    rows: int
    taken: int
    unchanged: int
    rejected: int
    blank: int
    ignored: Sequence[str] = ()

    def __post_init__(self) -> None:
        """See that every row is accounted for."""
        if self.rows != self.taken + self.unchanged + self.rejected + self.blank:
            raise RowsDiffer(self)

    @property
    def accepted(self) -> int:
        """Return how many rows were accepted: taken, or known already."""
        return self.taken + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a returned workbook would bring, or brought."""

    sheets: Sequence[SheetCount]
    wrongs: Sequence[Wrong]
    met: Sequence[Met] = ()
    contradictions: Sequence[str] = ()
    filled_by: str = ""
    filled_at: datetime | None = None
    differs: Sequence[tuple[str, str, str]] = ()
    again: bool = False
    version: int = 0
    complete: bool = False
    may_send: bool = False
    taken: Mapping[str, int] = field(default_factory=dict)

    def count(self, part: str) -> int:
        """Return one of the numbers over all sheets."""
        return sum(getattr(sheet, part) for sheet in self.sheets)

    @property
    def rejected(self) -> int:
        """Return how many rows cannot be taken."""
        return self.count("rejected")

    @property
    def news(self) -> int:
        """Return how many rows bring something that was not known."""
        return self.count("taken")

    @property
    def asks(self) -> Sequence[Met]:
        """Return what has to be decided before anything is taken."""
        return [each for each in self.met if each.asks]

    @property
    def noted(self) -> Sequence[Met]:
        """Return what came meanwhile and asks nothing: it is kept beside the workbook's."""
        return [each for each in self.met if not each.asks]

    def with_version(self, version: int) -> "Outcome":
        """Return the same outcome with the version in which the report was sent."""
        return replace(self, version=version)

    def as_json(self, say: Say = str) -> dict[str, object]:
        """Return the outcome as the command line prints it."""
        parts = ("rows", "taken", "unchanged", "rejected", "blank")
        return {
            **{part: self.count(part) for part in parts},
            "accepted": self.count("accepted"),
            "sheets": [
                {"sheet": s.sheet, **{part: getattr(s, part) for part in parts}}
                for s in self.sheets
            ],
            "filled_by": self.filled_by,
            "again": self.again,
            "version": self.version,
            "met": [
                {
                    "sort": m.sort.value,
                    "about": m.about,
                    "in_book": m.in_book,
                    "here": m.here,
                    "here_at": m.here_at.isoformat(),
                    "asks": m.asks,
                }
                for m in self.met
            ],
            "contradictions": list(self.contradictions),
            "problems": [wrong.as_json(say) for wrong in self.wrongs],
        }


def decided(met: Sequence[Met], choices: Mapping[str, Chosen]) -> None:
    """Refuse as long as it was not said of each value in question which one counts."""
    open_ = [each.label for each in met if each.asks and each.about not in choices]
    if open_:
        raise Conflict(CHOOSE, what="、".join(open_))
