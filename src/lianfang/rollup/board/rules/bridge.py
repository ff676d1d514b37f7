"""How a number came from yesterday's to today's: who is new in it, who is in it no more."""

from collections.abc import Collection
from dataclasses import dataclass

from lianfang.ground.figures.rules import Number


@dataclass(frozen=True, slots=True)
class Bridge:
    """Yesterday, plus the new ones, less those who are gone, as corrected: today."""

    yesterday: int
    new: int
    gone: int
    correction: Number
    today: Number

    @property
    def moved(self) -> bool:
        """Tell whether there is anything to show: somebody is in it, or was."""
        return bool(self.yesterday or self.today or self.new)

    @property
    def correction_size(self) -> Number:
        """Return how large the correction is, whichever way it goes."""
        return self.correction if self.correction >= 0 else -self.correction


def bridge(
    before: Collection[object], now: Collection[object], shown: Number | None
) -> Bridge | None:
    """Compare the rows of two days; what is shown besides them is a correction."""
    if shown is None:
        return None
    earlier, later = frozenset(before), frozenset(now)
    return Bridge(
        yesterday=len(earlier),
        new=len(later - earlier),
        gone=len(earlier - later),
        correction=shown - len(later),
        today=shown,
    )


def told(
    before: Number | None, new: Number | None, gone: Number | None, now: Number | None
) -> Bridge | None:
    """Return the bridge of numbers that were typed, if they balance; else there is none to show."""
    if before is None or new is None or gone is None or now is None:
        return None
    if before + new - gone != now:
        return None
    return Bridge(int(before), int(new), int(gone), 0, now)
