"""How the command of many units stands on a day, each sort of rows by one query."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from lianfang.ground.command.models import Appointment, Charge, Undertaking
from lianfang.ground.command.queries.rows import appointments, charges, letters, on, undertakings
from lianfang.ground.command.rules.gaps import Asked, Gap, Held, Stand, gaps
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor

T = TypeVar("T", Appointment, Charge, Undertaking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The command of one unit on a day: who sits where, who answers for what, what is missing."""

    unit: Unit
    held: Sequence[Appointment]
    before: Sequence[Appointment]
    charges: Mapping[str, Charge]
    signed: Undertaking | None
    gaps: Sequence[Gap]

    def in_seat(self, seat: str) -> Sequence[Appointment]:
        """Return who sits in a seat, in their order."""
        return [each for each in self.held if each.seat == seat]


def commands(
    actor: Actor, units: Collection[Unit], day: date, asked: Asked
) -> Mapping[UUID, Command]:
    """Return the command of these units as it stands, or stood, on a day."""
    keys = [unit.pk for unit in units]
    held = _by_unit(appointments(actor).filter(unit__in=keys))
    named = _by_unit(charges(actor).filter(on(day), unit__in=keys))
    signed = _by_unit(undertakings(actor).filter(unit__in=keys, signed_on__lte=day))
    newest = letters(actor).filter(issued_on__lte=day).last()
    version = newest.version if newest else 0
    return {
        unit.pk: _command(
            unit, day, asked, version, (held[unit.pk], named[unit.pk], signed[unit.pk])
        )
        for unit in units
    }


def _command(
    unit: Unit,
    day: date,
    asked: Asked,
    version: int,
    rows: tuple[list[Appointment], list[Charge], list[Undertaking]],
) -> Command:
    held, named, signed = rows
    last = max(signed, key=lambda each: each.letter.version, default=None)
    stand = Stand(
        kind=unit.kind,
        held=tuple(map(_held, held)),
        lines=frozenset(each.line for each in named),
        signed=last.letter.version if last else 0,
    )
    now = [each for each in held if each.span.holds(day)]
    return Command(
        unit=unit,
        held=now,
        before=[each for each in held if each not in now],
        charges={each.line: each for each in named},
        signed=_last_word(signed),
        gaps=gaps(stand, asked, day, version),
    )


def _held(row: Appointment) -> Held:
    off = row.user is not None and not row.user.is_active
    return Held(row.pk, row.seat, row.name, row.span, off)


def _last_word(signed: Sequence[Undertaking]) -> Undertaking | None:
    """Return the signature under the newest version, as it was corrected last."""
    return max(signed, key=lambda each: (each.letter.version, each.recorded_at), default=None)


def _by_unit(rows: Iterable[T]) -> Mapping[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(row)
    return found
