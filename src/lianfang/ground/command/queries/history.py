"""What changed in the structure of a unit, the newest first: who came and went, why, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from lianfang.ground.command.models import Appointment, Charge
from lianfang.ground.command.queries.asking import line_word, seat_word
from lianfang.ground.command.queries.rows import appointments, charges
from lianfang.ground.command.rules.gaps import Asked
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed: a seat or a line of work, who, whether it begins, when and why."""

    at: datetime
    what: str
    name: str
    begins: bool
    day: date
    reason: str
    by: str


def history(actor: Actor, unit: Unit, asked: Asked) -> Sequence[Change]:
    """Return all changes of a unit's structure."""
    held = (_changes(row, seat_word(row.seat)) for row in appointments(actor).filter(unit=unit))
    named = (_changes(row, line_word(asked, row.line)) for row in charges(actor).filter(unit=unit))
    found = [change for changes in chain(held, named) for change in changes]
    return sorted(found, key=lambda change: (change.at, change.begins), reverse=True)


def _changes(row: Appointment | Charge, what: str) -> Sequence[Change]:
    begun = Change(
        at=row.recorded_at,
        what=what,
        name=row.name,
        begins=True,
        day=row.valid_from,
        reason=row.reason,
        by=row.by_name,
    )
    if row.valid_to is None:
        return (begun,)
    over = replace(
        begun,
        at=row.ended_at or row.recorded_at,
        begins=False,
        day=row.valid_to,
        reason=row.end_reason,
        by=row.ended_by_name or row.by_name,
    )
    return (begun, over)
