"""The keys under which a report is one loop, and a paper one sheet, and no more."""

from datetime import date
from uuid import UUID


def loop_key(unit: UUID, day: date) -> str:
    """Return the key of a unit's report of a day."""
    return f"{day}:{unit}"


def day_in_key(key: str) -> date:
    """Return the day that a key names."""
    return date.fromisoformat(key.partition(":")[0])


def situation_key(day: date, version: int) -> str:
    """Return the key under which a version of a daily situation has its sheet."""
    return f"{day}:{version}"
