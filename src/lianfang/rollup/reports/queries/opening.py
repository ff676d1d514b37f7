"""Opening a number of a report to the rows that it counts, and a version as it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import Row, ordered
from lianfang.ground.figures.rules import Figure, Value
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.standing import Entry, standing

NO_FIGURE = msgid("There is no such figure.")
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Opened:
    """A number that was opened: the rows that it counts, its definition, yesterday's."""

    entry: Entry
    rows: Sequence[Row]
    count: int

    @property
    def more(self) -> int:
        """Return how many rows are not shown."""
        return self.count - len(self.rows)

    @property
    def hidden(self) -> bool:
        """Tell whether rows are behind the number that the reader's post does not open."""
        return not self.count and bool(self.entry.value.value)


def opened(actor: Actor, unit: Unit, day: date, code: str) -> Opened:
    """Return the very rows that a number of a report counts, the first hundreds of them."""
    told = next((e for e in standing(actor, unit, day).entries if e.figure.code == code), None)
    if told is None:
        raise NotAllowed(NO_FIGURE)
    found = figures.rows(actor, code, unit, day)
    return Opened(told, found[:SHOWN], len(found))


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """A version of a report as it was sent."""

    report: DailyReport
    rows: Sequence[tuple[Figure, Value]]


def frozen_page(actor: Actor, report: DailyReport) -> FrozenPage:
    """Return a version of a report as it was frozen."""
    values = frozen.frozen_values(actor, [report])[report.unit_id]
    rows = [(figure, values[figure.code]) for figure in ordered() if figure.code in values]
    return FrozenPage(report, rows)
