"""What the records know of today and the paper does not say: nobody signs such a paper unwarned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianfang.ground.figures.rules import Number
from lianfang.rollup.reports.rules.bulletin import Moved, UnitReport, Values


@dataclass(frozen=True, slots=True)
class Unreported:
    """By how much the records know more of a figure than the paper says, and of which units."""

    code: str
    parts: Sequence[Moved]

    @property
    def by(self) -> Number:
        """Return the difference of all units."""
        return sum((part.by for part in self.parts), 0)


def unreported(
    codes: Iterable[str], units: Sequence[UnitReport], live: Mapping[str, Values]
) -> Sequence[Unreported]:
    """Return the figures that are higher now than in the paper, in the order of the codes."""
    owing = [unit for unit in units if unit.owes and not unit.nested and unit.code in live]
    found = [Unreported(code, _more(code, owing, live)) for code in codes]
    return [each for each in found if each.parts]


def _more(code: str, units: Sequence[UnitReport], live: Mapping[str, Values]) -> Sequence[Moved]:
    found = []
    for unit in units:
        known = live[unit.code].get(code)
        said = unit.values.get(code)
        by = (known.value or 0 if known else 0) - (said.value or 0 if said else 0)
        if by > 0:
            found.append(Moved(unit.code, unit.name, by))
    return sorted(found, key=lambda part: (-part.by, part.code))
