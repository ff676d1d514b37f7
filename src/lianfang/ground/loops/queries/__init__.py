"""Which loops somebody sees, what waits for him, and how the clock stands."""

from lianfang.ground.loops.queries.inbox import Inbox, Row, inbox, landing, next_after, paper
from lianfang.ground.loops.queries.loops import (
    Filter,
    Tab,
    found,
    in_state,
    in_tab,
    late,
    loop,
    loops,
    narrowed,
    of_key,
    open_count,
)
from lianfang.ground.loops.queries.pulse import Tick, last_tick
from lianfang.ground.loops.queries.sheet import LastWord, Sheet, last_word, reference, sheet
from lianfang.ground.loops.queries.sides import Seat, issuing

__all__ = [
    "Filter",
    "Inbox",
    "LastWord",
    "Row",
    "Seat",
    "Sheet",
    "Tab",
    "Tick",
    "found",
    "in_state",
    "in_tab",
    "inbox",
    "issuing",
    "landing",
    "last_tick",
    "last_word",
    "late",
    "loop",
    "loops",
    "narrowed",
    "next_after",
    "of_key",
    "open_count",
    "paper",
    "reference",
    "sheet",
]
