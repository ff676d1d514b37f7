"""What a reader of the trail looks for, and what a line of it tells him."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

#: How many entries a copy of the trail may hold.
MOST_COPIED = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are looked for; nothing asked is everything. `unit` is a path."""

    act: str = ""
    who: str = ""
    unit: str = ""
    day: date | None = None
    refused: bool = False
    subject: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    id: UUID
    happened_at: datetime
    recorded_at: datetime
    who: str
    home: str
    act: str
    words: str
    place: str
    way: str
    refused: str
    count: int
    subjects: tuple[UUID, ...]
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first, and where the older ones begin."""

    lines: tuple[Line, ...]
    older: UUID | None


def key(text: str) -> UUID | None:
    """Return the key that a text writes; none if it writes none."""
    try:
        return UUID(text)
    except ValueError:
        return None
