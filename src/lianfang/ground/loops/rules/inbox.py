"""How an inbox is ordered: what is overdue, what is due today, tomorrow, later, at no time."""

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from lianfang.kernel.texts import msgid_in


class Heading(StrEnum):
    """The heading under which a loop stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"
    OPEN_END = "open_end"


#: The context under which the catalogue keeps the headings.
HEADING = "due"
HEADINGS = {
    Heading.OVERDUE: msgid_in("due", "Overdue"),
    Heading.TODAY: msgid_in("due", "Today"),
    Heading.TOMORROW: msgid_in("due", "Tomorrow"),
    Heading.LATER: msgid_in("due", "Later"),
    Heading.OPEN_END: msgid_in("due", "No due time"),
}


def heading(due: datetime | None, now: datetime, zone: tzinfo) -> Heading:
    """Return the heading of an open loop."""
    if due is None:
        return Heading.OPEN_END
    if due < now:
        return Heading.OVERDUE
    today = now.astimezone(zone).date()
    day = due.astimezone(zone).date()
    if day == today:
        return Heading.TODAY
    return Heading.TOMORROW if day == today + timedelta(days=1) else Heading.LATER
