"""The numbers of a day for all companies at once: live, with corrections laid over, and yesterday.

The board shows what the facts say at this moment; a correction that stands in a company's report
lies over them. Yesterday is what a company sent and was not sent back, else what is counted for
that day. The bulletin, which is frozen, is shown by `reports` and never by the board.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.rules import Figures, Number, Value, total
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor, Everywhere, Reach, Subtree
from lianfang.rollup.board.queries.stamp import Stamp
from lianfang.rollup.board.rules.columns import CODES
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries import frozen, owing_units
from lianfang.rollup.reports.queries.bulletins import own_house
from lianfang.rollup.reports.queries.hours import everywhere_over
from lianfang.rollup.reports.rules.bulletin import nested
from lianfang.rollup.reports.rules.yesterday import as_known, change

Values = Mapping[str, Value]
Key = tuple[object, ...]
T = TypeVar("T")
READS = ("figures.read", "reports.read", "units.read")
KEPT = 64
#: For how long a pulse is given the numbers that were counted last, whatever has happened since.
REST = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Day:
    """What every company counts on a day, the group's own house, and all of them together."""

    units: Mapping[UUID, Values]
    house: Values
    total: Values
    sent: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What every company counts on a day and the day before, and what has come in of reports."""

    stamp: Stamp
    counted_at: datetime
    day: date
    as_of: datetime
    group: Unit | None
    units: Sequence[Unit]
    today: Day
    yesterday: Day
    reports: Mapping[UUID, DailyReport]
    filling: frozenset[UUID]

    @property
    def whole(self) -> bool:
        """Tell whether the reader sees the whole group."""
        return self.group is not None and tree.is_root(self.group.path)

    def change(self, code: str) -> Number | None:
        """Return by how much a figure moved where both days are known; nothing without any."""
        return change(self._days(code))

    def fresh(self, code: str) -> int:
        """Count the places that tell a figure today and have no yesterday of it."""
        return sum(1 for now, then in self._days(code) if now and now.value and not _has(then))

    def _days(self, code: str) -> Sequence[tuple[Value | None, Value | None]]:
        today, before = self.today, self.yesterday
        rows = [(today.units[u.pk], before.units.get(u.pk, {})) for u in _heads(self.units)]
        return [
            (now.get(code), then.get(code)) for now, then in (*rows, (today.house, before.house))
        ]


#: The numbers as each reach saw them last, and the days that are over, which move seldom.
_KEPT: dict[Key, Numbers] = {}
_OVER: dict[Key, tuple[str, Day]] = {}


def numbers(actor: Actor, day: date, stamp: Stamp, *, patient: bool = False) -> Numbers:
    """Return the numbers of a day; while nothing happens in the house they are counted once.

    A patient reader (the pulse of an open page) is given those of two seconds ago: they carry
    their own stamp, so that the next pulse sees that something has happened since.
    """
    key = (*_reach(actor), day)
    known = _KEPT.get(key)
    if known is not None:
        rested = clock.machine() - known.counted_at < REST
        if known.stamp == stamp or (patient and rested):
            return known
    found = _count(actor, day, stamp)
    _keep(_KEPT, key, found)
    return found


def _count(actor: Actor, day: date, stamp: Stamp) -> Numbers:
    """Count the numbers of a day, by a number of queries that does not grow with the companies."""
    now = clock.now()
    table = figures.of_day(actor, None, day, now)
    units = [unit for unit in owing_units(actor, now) if unit.pk in table.index]
    units.sort(key=lambda unit: unit.path)
    group = orgs.group(actor)
    return Numbers(
        stamp=stamp,
        counted_at=clock.machine(),
        day=day,
        as_of=now,
        group=group,
        units=units,
        today=_day(actor, table, units, {}, settle=lambda values: values),
        yesterday=_over(actor, day - timedelta(days=1), units, stamp.minute),
        reports=frozen.newest(actor, day),
        filling=_filling(table, units),
    )


def _over(actor: Actor, day: date, units: Sequence[Unit], minute: str) -> Day:
    """Return a day that is over: as it was sent, or as it is counted where nothing was."""
    key = (*_reach(actor), day, *(unit.pk for unit in units))
    known = _OVER.get(key)
    if known is not None and known[0] == minute:
        return known[1]
    table = figures.of_day(actor, None, day, everywhere_over(actor, day))
    sent = frozen.newest(actor, day, counting=True)
    values = frozen.frozen_values(actor, sent.values(), CODES)
    found = _day(actor, table, units, values, settle=as_known)
    _keep(_OVER, key, (minute, found))
    return found


def _day(
    actor: Actor,
    table: Figures,
    units: Sequence[Unit],
    sent: Mapping[UUID, Values],
    *,
    settle: Callable[[Values], Values],
) -> Day:
    codes = [code for code in CODES if code in table.register]
    corrections = frozen.overrides_of(actor, table.day)
    found = {
        unit.pk: sent.get(unit.pk)
        or settle(
            {
                code: frozen.over(table.total(unit.pk, code), corrections.get((unit.pk, code)))
                for code in codes
            }
        )
        for unit in units
    }
    whole = any(tree.is_root(place.path) for place in table.places[:1])
    house = settle(own_house(table=table, owing=units, codes=codes)) if whole else {}
    rows = [*(found[unit.pk] for unit in _heads(units)), house]
    return Day(found, house, _total(rows, codes), frozenset(sent))


def _heads(units: Sequence[Unit]) -> Sequence[Unit]:
    """Return the companies that are not in another one's numbers already."""
    paths = [unit.path for unit in units]
    return [unit for unit in units if not nested(unit.path, paths)]


def _has(value: Value | None) -> bool:
    return value is not None and value.value is not None


def _total(rows: Sequence[Values], codes: Iterable[str]) -> Values:
    return {code: total(row[code] for row in rows if code in row) for code in codes}


def _filling(table: Figures, units: Sequence[Unit]) -> frozenset[UUID]:
    """Return the companies for which somebody has typed something today."""
    paths = {place.id: place.path for place in table.places}
    typed = {paths[key] for told in table.typed.values() for key in told if key in paths}
    return frozenset(
        unit.pk for unit in units if any(tree.within(path, unit.path) for path in typed)
    )


def _reach(actor: Actor) -> tuple[tuple[Reach, ...], ...]:
    """Return how far an actor sees, which decides the numbers whoever he is."""
    return tuple(
        tuple(reach for reach in actor.reaches(act) if isinstance(reach, Subtree | Everywhere))
        for act in READS
    )


def _keep(kept: dict[Key, T], key: Key, found: T) -> None:
    if len(kept) >= KEPT:
        kept.clear()
    kept[key] = found
