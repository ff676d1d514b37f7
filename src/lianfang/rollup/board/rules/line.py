"""The line of the day: when each report came in, the time by which it is due, now, the release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
BEFORE_DUE = timedelta(hours=2)
AFTER_END = timedelta(minutes=10)
#: Dots nearer to each other than this share of the line stand above each other.
APART = 1.7
LANES = 5
LATE_FROM_NOW = 0.9
#: Those that are late and still out stand behind now in columns of so many.
OUT_LANES = 3
#: The share of the line that they may take; beyond it they stand closer together.
MOST_OUT = 40.0
#: Where the lowest dot stands, and how far the next one is above it.
LOWEST, STEP = 52, 11

X = Callable[[datetime], float]


@dataclass(frozen=True, slots=True)
class Sent:
    """A report on the line: whose, when it came, and whether that was late."""

    name: str
    at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot (in time) or a hollow square (late) on the line; `x` in percent, `y` from the top."""

    x: str
    y: int
    name: str
    at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """An hour or half an hour of the axis."""

    x: str
    at: datetime
    whole: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The drawing, in percent of its width."""

    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    due: str
    release: str
    now: str
    after: tuple[str, str]
    due_at_right: bool


def line(sent: Sequence[Sent], due: datetime, release: datetime, now: datetime) -> Line:
    """Draw the reports of a day from two hours before they are due until the release or now."""
    begin, end = _span(sent, due, release, now)
    out = [each for each in sent if each.at is None and each.late]
    here = begin <= now <= end
    room = _room(len(out)) if here else 0.0
    wide = 96 * ((now - begin) / (end - begin))
    scale = min(1.0, (96 - room) / wide) if wide > 0 else 1.0

    def x(at: datetime) -> float:
        return 2 + 96 * scale * ((at - begin) / (end - begin))

    came = sorted(
        ((each.at, each) for each in sent if each.at is not None), key=lambda pair: pair[0]
    )
    marks = _dots(came, x)
    if here:
        marks += _missing(out, x(now))
    return Line(
        marks=marks,
        ticks=_ticks(begin, end, x),
        due=_percent(x(due)),
        release=_percent(x(release)),
        now=_percent(x(now)) if here else "",
        after=(_percent(x(due)), _percent(max(x(release) - x(due), 0))),
        due_at_right=due > begin + HOUR / 2,
    )


def _span(
    sent: Sequence[Sent], due: datetime, release: datetime, now: datetime
) -> tuple[datetime, datetime]:
    """Return from when to when the line goes; `now` stretches it for three hours at most."""
    times = [each.at for each in sent if each.at is not None]
    begin = _floor(min([due - BEFORE_DUE, *(at for at in times if at > due - 12 * HOUR)]))
    end = max([release, due, *(at for at in times if at < due + 12 * HOUR)])
    if end < now < end + 3 * HOUR:
        end = now
    return begin, end + AFTER_END


def _floor(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _ticks(begin: datetime, end: datetime, x: X) -> Sequence[Tick]:
    found, at = [], begin
    while at <= end:
        found.append(Tick(_percent(x(at)), at, whole=at.minute == 0))
        at += HOUR / 2
    return found


def _dots(came: Sequence[tuple[datetime, Sent]], x: X) -> list[Mark]:
    """Lay the dots side by side, and above each other where they would touch."""
    last = [-100.0] * LANES
    marks = []
    for at, each in came:
        here = min(max(x(at), 0.0), 100.0)
        free = next((lane for lane in range(LANES) if here - last[lane] >= APART), LANES - 1)
        last[free] = here
        marks.append(Mark(_percent(here), _height(free), each.name, at, each.late))
    return marks


def _columns(out: int) -> int:
    return -(-out // OUT_LANES)


def _room(out: int) -> float:
    """Return the share of the line that stays free behind now for those still out."""
    return min(LATE_FROM_NOW + _columns(out) * APART, MOST_OUT) if out else 0.0


def _missing(out: Sequence[Sent], now: float) -> list[Mark]:
    """Stack those that are late and still out behind the line of now, within their room."""
    step = min(APART, (MOST_OUT - LATE_FROM_NOW) / max(_columns(len(out)), 1))
    return [
        Mark(
            _percent(now + LATE_FROM_NOW + (at // OUT_LANES) * step),
            _height(at % OUT_LANES),
            each.name,
            None,
            late=True,
        )
        for at, each in enumerate(out)
    ]


def _height(lane: int) -> int:
    return LOWEST - lane * STEP


def _percent(share: float) -> str:
    return f"{share:.2f}%"
