"""The page of the letter of responsibility: its versions, who signed, who did not."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.ground.command.models import Letter, Undertaking
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.rows import letters, undertakings, units_of
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Signed:
    """A company, what it signed last, and whether that is the version that counts."""

    unit: Unit
    signed: Undertaking | None
    current: bool
    before: Sequence[Undertaking]


@dataclass(frozen=True, slots=True)
class LettersPage:
    """All versions and all companies."""

    newest: Letter | None
    versions: Sequence[Letter]
    lines: Sequence[Signed]
    out: int
    may_issue: bool


def letters_page(actor: Actor) -> LettersPage:
    """Return the letter with who has signed which version when."""
    versions = list(letters(actor))
    newest = versions[-1] if versions else None
    units = units_of(actor, asked_at(actor, clock.now()).letter_at)
    by_unit: dict[object, list[Undertaking]] = {}
    for row in undertakings(actor):
        by_unit.setdefault(row.unit_id, []).append(row)
    lines = [_signed(unit, by_unit.get(unit.pk, []), newest) for unit in units]
    out = sum(1 for line in lines if not line.current)
    may = bool(actor.reaches("command.letter"))
    return LettersPage(newest, versions[::-1], lines, out if newest else 0, may)


def _signed(unit: Unit, rows: Sequence[Undertaking], newest: Letter | None) -> Signed:
    ordered = sorted(rows, key=lambda row: (row.letter.version, row.recorded_at))
    last = ordered[-1] if ordered else None
    current = last is not None and newest is not None and last.letter_id == newest.pk
    return Signed(unit, last, current, ordered[-2::-1] if len(ordered) > 1 else ())
