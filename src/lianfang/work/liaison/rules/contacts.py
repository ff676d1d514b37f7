"""How somebody was in touch with a unit, and whether it is too long ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in

NAME_LENGTH, PLACE_LENGTH, TEXT_LENGTH = 50, 80, 2_000


class How(StrEnum):
    """By what way somebody was in touch."""

    PHONE = "phone"
    VISIT = "visit"
    VIDEO = "video"
    CHAT = "chat"


class Sort(StrEnum):
    """Whether it was a call, or an inspection or guidance on the spot (督查指导)."""

    CALL = "call"
    INSPECTION = "inspection"
    GUIDANCE = "guidance"


HOW, SORT = "way in touch", "sort of contact"
HOW_WORDS: Mapping[str, str] = MappingProxyType(
    {
        How.PHONE: msgid_in("way in touch", "By phone"),
        How.VISIT: msgid_in("way in touch", "On the spot"),
        How.VIDEO: msgid_in("way in touch", "By video"),
        How.CHAT: msgid_in("way in touch", "In the chat group"),
    }
)
SORT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Sort.CALL: msgid_in("sort of contact", "Call"),
        Sort.INSPECTION: msgid_in("sort of contact", "Inspection"),
        Sort.GUIDANCE: msgid_in("sort of contact", "Guidance"),
    }
)


@dataclass(frozen=True, slots=True)
class Touch:
    """When somebody was last in touch with a unit, or since when somebody should be."""

    last: datetime | None
    since: datetime

    def due(self, within: timedelta) -> datetime:
        """Return by when somebody has to be in touch again."""
        return (self.last or self.since) + within

    def is_late(self, now: datetime, within: timedelta) -> bool:
        """Tell whether nobody was in touch for longer than the pack allows."""
        return self.due(within) < now

    def days(self, now: datetime) -> int:
        """Return how many whole days have passed."""
        return max((now - (self.last or self.since)).days, 0)


def agreed_in_time(next_on: date | None, today: date) -> bool:
    """Tell whether the day that was agreed for the next call is not over."""
    return next_on is None or next_on >= today
