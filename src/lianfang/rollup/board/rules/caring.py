"""What a liaison leader has to look at first among his units."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a unit stands at the top of the list, the gravest first."""

    REPORT_LATE = "report_late"
    RETURNED = "returned"
    LOOPS_LATE = "loops_late"
    OUT_OF_TOUCH = "out_of_touch"


#: What is said in red; what is left is said in amber.
GRAVE = frozenset({Trouble.REPORT_LATE, Trouble.RETURNED, Trouble.LOOPS_LATE})


@dataclass(frozen=True, slots=True)
class Care:
    """How a unit stands for whoever looks after it."""

    report_late: bool = False
    returned: bool = False
    loops_late: int = 0
    out_of_touch: bool = False

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Return what is the matter, the gravest first."""
        told = {
            Trouble.REPORT_LATE: self.report_late and not self.returned,
            Trouble.RETURNED: self.returned,
            Trouble.LOOPS_LATE: self.loops_late > 0,
            Trouble.OUT_OF_TOUCH: self.out_of_touch,
        }
        return tuple(trouble for trouble, so in told.items() if so)

    @property
    def sign(self) -> str:
        """Return the shape that stands before the unit."""
        if GRAVE & set(self.troubles):
            return "bad"
        return "warn" if self.troubles else "ok"

    @property
    def rank(self) -> tuple[int, int]:
        """Return by what the units are ordered: red first, and within it who has most of it."""
        grave = sum(1 for trouble in self.troubles if trouble in GRAVE)
        return (-grave, -len(self.troubles))
