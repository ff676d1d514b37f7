"""The curve of new cases of the city beside the days of the campaign, in percent of its width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HIGH = 84
DAYS, LABELS = 28, 5
FILLED = 0.68


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: its bar in percent of the width, and its height from the top."""

    day: date
    value: int | None
    x: str
    middle: str
    width: str
    y: int
    height: int
    last: bool
    label: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Bars of days, and the stretch of the campaign behind them."""

    bars: Sequence[Bar]
    top: int
    campaign: tuple[str, str] | None


def curve(series: Mapping[date, int], campaign: tuple[date, date] | None) -> Curve | None:
    """Draw the last four weeks of a series, and on to the end of the campaign."""
    if not series:
        return None
    last = max(series)
    end = max(last, campaign[1]) if campaign else last
    first = max(min(series), end - timedelta(days=DAYS - 1))
    days = [first + timedelta(days=step) for step in range((end - first).days + 1)]
    top = _top(max((series.get(day, 0) for day in days), default=0))
    each = 100 / len(days)
    every = max(len(days) // LABELS, 1)
    bars = [
        _bar(day, series.get(day), (at * each, each), top, last=day == last, label=at % every == 0)
        for at, day in enumerate(days)
    ]
    return Curve(bars, top, _stretch(days, campaign, each))


def _top(highest: int) -> int:
    """Return a round number over the highest bar, for the rule above it."""
    for step in (4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000):
        if highest <= step:
            return step
    return highest


def _bar(
    day: date, value: int | None, place: tuple[float, float], top: int, *, last: bool, label: bool
) -> Bar:
    x, width = place
    height = round((value or 0) * HIGH / top)
    return Bar(
        day,
        value,
        _percent(x + width * (1 - FILLED) / 2),
        _percent(x + width / 2),
        _percent(width * FILLED),
        HIGH - height,
        height,
        last,
        label,
    )


def _stretch(
    days: Sequence[date], campaign: tuple[date, date] | None, each: float
) -> tuple[str, str] | None:
    if campaign is None:
        return None
    within = [at for at, day in enumerate(days) if campaign[0] <= day <= campaign[1]]
    if not within:
        return None
    return _percent(within[0] * each), _percent(len(within) * each)


def _percent(share: float) -> str:
    return f"{share:.2f}%"
