"""The course of a response: levels, phases, days counted and the campaign's countdown."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lianfang.kernel.texts import msgid


class Level(StrEnum):
    """The level of the public health emergency response, as an authority declares it."""

    I = "I"  # noqa: E741 - levels are written in Roman numerals
    II = "II"
    III = "III"
    IV = "IV"


class Stage(StrEnum):
    """The phase of a response (R100)."""

    PREPARE = "prepare"
    HOLD_BACK = "hold_back"
    STALEMATE = "stalemate"
    RESUME = "resume"
    NORMAL = "normal"


LEVEL_WORDS = {
    Level.I: msgid("Level I response"),
    Level.II: msgid("Level II response"),
    Level.III: msgid("Level III response"),
    Level.IV: msgid("Level IV response"),
}
STAGE_WORDS = {
    Stage.PREPARE: msgid("Preparation"),
    Stage.HOLD_BACK: msgid("Holding back"),
    Stage.STALEMATE: msgid("Stalemate"),
    Stage.RESUME: msgid("Resumption"),
    Stage.NORMAL: msgid("Normal state"),
}


def day_number(start: date, day: date) -> int:
    """Return which day this is, the first one counting as 1; none before the start."""
    return max((day - start).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Countdown:
    """Where a campaign of a set number of days stands on a day (R59)."""

    day: int
    of: int
    left: int
    last: date
    running: bool


def countdown(starts_on: date, days: int, day: date) -> Countdown:
    """Count a campaign: day 10 of ten is its last day, with none left."""
    last = starts_on + timedelta(days=days - 1)
    number = day_number(starts_on, day)
    running = 1 <= number <= days
    return Countdown(min(number, days), days, max((last - day).days, 0), last, running)
