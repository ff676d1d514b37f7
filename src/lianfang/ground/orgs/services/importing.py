"""What an import does once it is planned: show the plan, carry it out whole or not at all.

A service reads the file (`kernel.spreadsheets.reading.read`), adds the problems that only the
database knows (`reading.having`), and makes a `Step` of each line that can be taken, with the
pending act that would take it; a line that changes nothing has none. `Plan.look` then shows it and
`Plan.carry_out` does it. `ground.web.imports` tells how a kind of file is declared to the screens
and to `lianfang import`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.act import Act, Pending
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.orgs.rules.reach import narrowed
from lianfang.ground.web.imports import Look, Seen
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, Refused
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import Problem
from lianfang.kernel.spreadsheets.reading import Line, Reading

R = TypeVar("R")


class State(StrEnum):
    """What a row of a file would do."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Step(Generic[R]):
    """A row that can be taken: what it would do, how it is called, which columns it changes.

    `values` says of a column what it is changed from and to, as far as a screen may show it.
    """

    line: Line
    state: State
    title: str
    pending: Pending[R] | None = None
    changes: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def seen(self) -> Seen:
        """Return the row as a screen shows it."""
        return Seen(self.line.number, self.state, self.title, self.changes, self.values)


@dataclass(frozen=True, slots=True)
class Plan(Generic[R]):
    """What a file would do; `key` is the column at which a row refused at the last moment says so.

    The steps stand in the order in which they have to be taken.
    """

    act: Act[Any, ..., R]
    actor: Actor
    reading: Reading
    steps: Sequence[Step[R]]
    key: str

    @property
    def outcome(self) -> Outcome:
        """Return the numbers of the plan: what carrying it out with `partial` would do."""
        return _outcome(self.reading, self.steps)

    def look(self) -> Look:
        """Return what the plan would do, row by row."""
        rows = sorted((step.seen for step in self.steps), key=lambda seen: seen.row)
        return Look(self.outcome, rows)

    def carry_out(self, *, dry_run: bool = False, partial: bool = False) -> Outcome:
        """Take the rows in, in one transaction; without `partial` all of them or none."""
        waiting = [step for step in self.steps if step.pending is not None]
        if dry_run or not waiting or (self.reading.rejected and not partial):
            return self.outcome
        pendings = [step.pending for step in waiting if step.pending is not None]
        items = self.act.many(self.actor, pendings, whole=not partial)
        refused = [
            self._problem(step, item.refused)
            for step, item in zip(waiting, items, strict=True)
            if item.refused is not None
        ]
        return _outcome(self.reading.having(refused), self.steps)

    def _problem(self, step: Step[R], refused: Refused) -> Problem:
        """Say why a row was refused that had looked well when it was planned."""
        usual = self.reading.problem(step.line, self.key, "registered_elsewhere")
        if isinstance(refused, Conflict):
            return usual
        return replace(usual, message=refused.sentence, values=refused.values)


def today() -> date:
    """Return the day by which dates in a file are judged."""
    return operating_day(clock.now(), get_default_timezone())


def reach(actor: Actor, unit: Unit | None) -> Actor:
    """Return the actor as he imports: within his posts, or within one unit of them."""
    return actor if unit is None else narrowed(actor, unit.path)


def _outcome(reading: Reading, steps: Iterable[Step[Any]]) -> Outcome:
    taken = {line.number for line in reading.lines}
    count = dict.fromkeys(State, 0)
    for step in steps:
        count[step.state] += step.line.number in taken
    return reading.outcome(
        created=count[State.CREATED],
        updated=count[State.UPDATED],
        unchanged=count[State.UNCHANGED],
    )
