"""The bars of a case series, in whole units of a drawing, so that a template only prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.ground.response.rules.turning import Mean

STEP, GAP, HIGH = 18, 4, 96
LABELS, APART, LEAST = 7, 2, 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where its bar stands and how high it is; `mean` is the height of the mean."""

    day: date
    value: int | None
    x: int
    y: int
    height: int
    mean: int | None
    label: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of bars with the line of the trailing mean."""

    width: int
    high: int
    bar: int
    top: int
    bars: tuple[Bar, ...]

    @property
    def line(self) -> str:
        """Return the points of the line of the mean."""
        known = [bar for bar in self.bars if bar.mean is not None]
        return " ".join(f"{bar.x + self.bar // 2},{bar.mean}" for bar in known)


def chart(series: Mapping[date, int], means: Sequence[Mean]) -> Chart:
    """Draw a series from its first to its last day; a day that is not known has no bar."""
    top = max([1, *series.values()])
    every = max(len(means) // LABELS, APART)
    bars = tuple(
        _bar(at, mean, series.get(mean.day), top, label=(len(means) - 1 - at) % every == 0)
        for at, mean in enumerate(means)
    )
    return Chart(max(len(means), LEAST) * STEP, HIGH, STEP - GAP, top, bars)


def _bar(at: int, mean: Mean, value: int | None, top: int, *, label: bool) -> Bar:
    height = round((value or 0) * HIGH / top)
    level = HIGH - round(float(mean.value) * HIGH / top) if mean.value is not None else None
    return Bar(mean.day, value, at * STEP, HIGH - height, height, level, label)
