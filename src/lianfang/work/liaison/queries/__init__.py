"""The log of calls and visits: lists, the last word of each unit, and whom nobody has called."""

from lianfang.work.liaison.queries.contacts import (
    Asked,
    Line,
    contact,
    current_contacts,
    last_of,
    line,
    lines,
    listed,
)
from lianfang.work.liaison.queries.coverage import Coverage, LeaderRow, UnitTouch, coverage, touches

__all__ = [
    "Asked",
    "Coverage",
    "LeaderRow",
    "Line",
    "UnitTouch",
    "contact",
    "coverage",
    "current_contacts",
    "last_of",
    "line",
    "lines",
    "listed",
    "touches",
]
