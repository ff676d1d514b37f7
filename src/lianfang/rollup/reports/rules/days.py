"""The key under which a unit's report of a day is one loop and no more."""

from datetime import date
from uuid import UUID


def loop_key(unit: UUID, day: date) -> str:
    """Return the key of a unit's report of a day."""
    return f"{day}:{unit}"


def day_in_key(key: str) -> date:
    """Return the day that a key names."""
    return date.fromisoformat(key.partition(":")[0])
