"""Form F01, the daily report of epidemic control: every row of it that is a figure.

An app that counts one of these rows takes it over (`registry.derive`); until then it is typed.
Rows that are no figure belong to the report itself: date, unit, as of, new situations, help
needed, zero report, who filled in and approved, telephone, time of submission and version.
"""

from lianfang.ground.figures.form_f01 import people, work
from lianfang.ground.figures.form_f01.measures import (
    LITRES,
    MASKS,
    PERSONS,
    PETITIONS,
    PIECES,
    PLACES,
    STALLS,
    TEXT,
    TIMES,
)
from lianfang.ground.figures.registry import declare
from lianfang.ground.figures.rules import Figure, Kind
from lianfang.kernel.texts import msgid

__all__ = [
    "LITRES",
    "MASKS",
    "PERSONS",
    "PETITIONS",
    "PIECES",
    "PLACES",
    "SECTIONS",
    "STALLS",
    "TEXT",
    "TIMES",
    "enter_form",
    "place",
]

SECTIONS = {
    "staff": msgid("Staff"),
    "onsite": msgid("People on site"),
    "movement": msgid("Movements"),
    "control": msgid("Observation and rest at home"),
    "risk": msgid("Symptoms and cases"),
    "work": msgid("At work"),
    "temperature": msgid("Temperature"),
    "gate": msgid("Gates"),
    "hygiene": msgid("Disinfection"),
    "supplies": msgid("Supplies"),
    "duty": msgid("Duty"),
    "petitions": msgid("Petitions"),
    "command": msgid("Command"),
}


def place(section: str, number: int) -> int:
    """Return where a figure stands on the register: by section, then in its order."""
    return list(SECTIONS).index(section) * 100 + number


def enter_form() -> None:
    """Put every figure of the form on the register as one that is typed."""
    for section, measure, lines in (*people.COUNTED, *work.COUNTED):
        for number, line in enumerate(lines, 1):
            _enter(section, number, line, measure)
    for number, (code, label, definition, measure, kind) in enumerate(work.STOCKED, 1):
        _enter("supplies", number, (code, label, definition), measure, kind)
    for number, line in enumerate(work.WRITTEN, 1):
        _enter("duty", number, line, TEXT, Kind.TEXT)


def _enter(
    section: str, number: int, line: tuple[str, str, str], measure: str, kind: Kind = Kind.WHOLE
) -> None:
    additive = kind is not Kind.TEXT
    declare(Figure(*line, measure, additive, section, place(section, number), kind=kind))
