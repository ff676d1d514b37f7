"""The turning point of a case series, by a method that is stated and never guesses early (R61)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What a series says about its turning point."""

    REACHED = "reached"
    NOT_YET = "not_yet"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Method:
    """So many percent under the peak of the trailing mean, for so many days on end."""

    percent: Decimal
    days: int
    window: int


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a day and the days before it; none where a day of them is not known."""

    day: date
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The indicator with all that it rests on."""

    verdict: Verdict
    method: Method
    peak: Mean | None
    latest: Mean | None
    days_under: int
    since: date | None


def means(series: Mapping[date, int], window: int) -> tuple[Mean, ...]:
    """Return the trailing mean of each day from the first to the last; a gap stays unknown."""
    if not series:
        return ()
    first, last = min(series), max(series)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return tuple(Mean(day, _mean(series, day, window)) for day in days)


def turning_point(series: Mapping[date, int], method: Method) -> TurningPoint:
    """Say whether new cases have turned, from what was known up to the last day of the series."""
    known = [mean for mean in means(series, method.window) if mean.value is not None]
    if not known:
        return TurningPoint(Verdict.TOO_FEW, method, None, None, 0, None)
    peak, under, since = known[0], 0, None
    for before, mean in zip([known[0], *known], known, strict=False):
        peak = mean if _value(mean) > _value(peak) else peak
        next_day = mean.day - before.day <= timedelta(days=1)
        under = (under if next_day else 0) + 1 if _is_under(mean, peak, method) else 0
        since = (since or mean.day) if under >= method.days else None
    verdict = Verdict.REACHED if since else Verdict.NOT_YET
    return TurningPoint(verdict, method, peak, known[-1], under, since)


def _is_under(mean: Mean, peak: Mean, method: Method) -> bool:
    limit = _value(peak) * (1 - method.percent / 100)
    return _value(peak) > 0 and _value(mean) <= limit


def _value(mean: Mean) -> Decimal:
    return mean.value if mean.value is not None else Decimal(0)


def _mean(series: Mapping[date, int], day: date, window: int) -> Decimal | None:
    days = [day - timedelta(days=back) for back in range(window)]
    if any(each not in series for each in days):
        return None
    return Decimal(sum(series[each] for each in days)) / window
