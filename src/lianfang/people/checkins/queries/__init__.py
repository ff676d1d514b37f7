"""Check-ins: whom a number means, what the phone asks and shows, who is missing."""

from lianfang.people.checkins.queries.called import (
    Called,
    called,
    called_many,
    link_holder,
    somebody,
)
from lianfang.people.checkins.queries.chat import (
    ChatPage,
    Place,
    absent,
    chat_people,
    heading,
    look,
    name,
    names,
)
from lianfang.people.checkins.queries.days import (
    Which,
    readings,
    readings_of,
    unit_read,
    units_read,
)
from lianfang.people.checkins.queries.grid import GridRow, Tries, grid_rows, people
from lianfang.people.checkins.queries.pages import (
    AskPage,
    Outcome,
    PassPage,
    Row,
    ask_page,
    has_pass,
    pass_page,
)
from lianfang.people.checkins.queries.roll import Counts, Sought, Tab, counts, roll, unit_for, units

__all__ = [
    "AskPage",
    "Called",
    "ChatPage",
    "Counts",
    "GridRow",
    "Outcome",
    "PassPage",
    "Place",
    "Row",
    "Sought",
    "Tab",
    "Tries",
    "Which",
    "absent",
    "ask_page",
    "called",
    "called_many",
    "chat_people",
    "counts",
    "grid_rows",
    "has_pass",
    "heading",
    "link_holder",
    "look",
    "name",
    "names",
    "pass_page",
    "people",
    "readings",
    "readings_of",
    "roll",
    "somebody",
    "unit_for",
    "unit_read",
    "units",
    "units_read",
]
