"""Who commands, what is missing, and what was issued about it."""

from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.asking import line_word, seat_word
from lianfang.ground.command.queries.leaders import by_unit, leaders, liaisons, looked_after
from lianfang.ground.command.queries.overview import Overview, found_people, overview
from lianfang.ground.command.queries.rows import (
    appointment,
    appointments,
    charge,
    letters,
    newest_letter,
    paper,
    papers,
    undertakings,
    unit_here,
    units_of,
)
from lianfang.ground.command.queries.structure import Structure, structure

__all__ = [
    "Overview",
    "Structure",
    "appointment",
    "appointments",
    "asked_at",
    "by_unit",
    "charge",
    "found_people",
    "leaders",
    "letters",
    "liaisons",
    "line_word",
    "looked_after",
    "newest_letter",
    "overview",
    "paper",
    "papers",
    "seat_word",
    "structure",
    "undertakings",
    "unit_here",
    "units_of",
]
