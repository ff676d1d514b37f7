"""What is asked of a list of people."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lianfang.people.register.rules.words import Population


class Special(StrEnum):
    """Lists that are asked for again and again."""

    NOT_BACK = "not_back"
    HISTORY = "history"
    TO_COMPLETE = "to_complete"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people a list shows."""

    population: Population = Population.STAFF
    words: str = ""
    unit: UUID | None = None
    site: UUID | None = None
    employment: str = ""
    movement_class: str = ""
    whereabouts: str = ""
    special: str = ""

    @property
    def narrowed(self) -> bool:
        """Tell whether anything but the population was asked for."""
        return self != Wanted(self.population)

    @property
    def has_digits(self) -> bool:
        """Tell whether a part of a number is looked for, or what a mask shows of one."""
        return any(each.isdigit() or each == "*" for each in self.words)
