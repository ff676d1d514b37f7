"""The table of companies and indicators: cells with tint and sign, in the order asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, pgettext

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules.words import SECTOR
from lianfang.ground.response.rules import Pack
from lianfang.rollup.board.queries.cells import Printed, base, cells, printed
from lianfang.rollup.board.queries.loops import Open, total_of
from lianfang.rollup.board.queries.numbers import Numbers
from lianfang.rollup.board.rules.columns import (
    COVER,
    HEADS,
    SECTOR_WORDS,
    SECTORS,
    STOCK,
    USED,
    WHOLE,
    Column,
    Population,
    groups,
    listed,
    shown,
)
from lianfang.rollup.board.rules.heat import Limits, Sign, rank
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.rules.states import ReportState, counts, report_state

SIGNS = "report.signs"
LISTED = {
    Population.STAFF: "board.staff_columns",
    Population.ON_SITE: "board.onsite_columns",
}
RED, AMBER = "stock.cover_red_days", "stock.cover_amber_days"


class By(StrEnum):
    """In which order the companies stand."""

    SECTOR = "sector"
    RISK = "risk"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Report:
    """How a company's report stands, in the table."""

    state: ReportState
    late: bool
    at: datetime | None
    url: str

    @property
    def came(self) -> bool:
        """Tell whether it came in and was not sent back."""
        return counts(self.state)

    @property
    def quarter(self) -> str:
        """Return the state of the ring that stands for it."""
        rings = {ReportState.ACCEPTED: "verified", ReportState.SUBMITTED: "done"}
        return rings.get(self.state, "returned" if self.state == "returned" else "assigned")


@dataclass(frozen=True, slots=True)
class Row:
    """A company in the table."""

    unit: Unit
    report: Report
    cells: Sequence[Printed]
    rank: tuple[int, int]
    loops: Open


@dataclass(frozen=True, slots=True)
class Section:
    """The companies of a sector, or all of them in another order; `title` is the sector in full."""

    label: str
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table as the page prints it."""

    heads: Sequence[str]
    groups: Sequence[tuple[str, int]]
    sections: Sequence[Section]
    house: Sequence[Printed]
    total: Sequence[Printed]
    loops: Open
    came: int
    on_site: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Whom the table counts, in which order, by when reports are due, and where it is shown."""

    by: By
    population: Population
    dues: Mapping[UUID, datetime]
    wall: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """What all rows of a table share."""

    columns: Sequence[Column]
    heads: Sequence[str]
    limits: Limits
    whole: str
    wall: bool


def table(told: Numbers, loops: Mapping[UUID, Open], pack: Pack, asked: Order) -> Table:
    """Lay out the numbers of a day."""
    columns = _columns(told, asked.population, pack)
    heads = [_head(column) for column in columns]
    lay = _Layout(columns, heads, limits_of(pack), WHOLE[asked.population], asked.wall)
    rows = [
        _row(told, unit, lay, loops.get(unit.pk, Open()), asked.dues[unit.pk])
        for unit in told.units
    ]
    on_site = told.today.total.get(WHOLE[Population.ON_SITE])
    return Table(
        heads=heads,
        groups=[(pgettext(HEADS, head), count) for head, count in groups(columns)],
        sections=_sections(rows, asked.by),
        house=_house(told, lay),
        total=printed(
            cells(told.today.total, columns, Limits({})), heads, base(told.day, "", wall=asked.wall)
        ),
        loops=total_of(loops.values()),
        came=sum(1 for row in rows if row.report.came),
        on_site=on_site is not None and bool(on_site.value),
    )


def report_of(told: Numbers, unit: Unit, due: datetime) -> Report:
    """Return how a company's report stands at the instant of the numbers."""
    newest: DailyReport | None = told.reports.get(unit.pk)
    state = report_state(frozen.times_of(newest))
    at = newest.submitted_at if newest else None
    late = frozen.came_late(newest, due, told.as_of)
    url = reverse("reports:page", args=[told.day, unit.code])
    return Report(state, late, at if counts(state) else None, url)


def limits_of(pack: Pack) -> Limits:
    """Return which figures the policy pack wants marked, and from where on."""
    figures: dict[str, list[tuple[Sign, Decimal]]] = {}
    for each in pack.entries(SIGNS) if pack.has(SIGNS) else ():
        told = (Sign(str(each["sign"])), Decimal(str(each["at"])))
        figures.setdefault(str(each["code"]), []).append(told)
    return Limits(
        figures,
        pack.number(RED) if pack.has(RED) else None,
        pack.number(AMBER) if pack.has(AMBER) else None,
    )


def _row(told: Numbers, unit: Unit, lay: _Layout, loops: Open, due: datetime) -> Row:
    found = cells(told.today.units[unit.pk], lay.columns, lay.limits, lay.whole)
    return Row(
        unit,
        report_of(told, unit, due),
        printed(found, lay.heads, base(told.day, unit.code, wall=lay.wall)),
        rank(found),
        loops,
    )


def _sections(rows: Sequence[Row], by: By) -> Sequence[Section]:
    if by is By.SECTOR:
        order = list(dict.fromkeys(row.unit.sector for row in rows))
        rows = sorted(rows, key=lambda row: order.index(row.unit.sector))
        found = groupby(rows, key=lambda row: row.unit.sector)
        return [_sector(sector, list(part)) for sector, part in found]
    if by is By.RISK:
        return [Section("", "", sorted(rows, key=lambda row: row.rank))]
    return [Section("", "", sorted(rows, key=_by_report))]


def _sector(sector: str, rows: Sequence[Row]) -> Section:
    return Section(pgettext(SECTORS, SECTOR_WORDS[sector]), word(SECTOR, sector), rows)


def _by_report(row: Row) -> tuple[bool, bool, float]:
    """Missing ones first, then those that came late, each by the time at which they came."""
    at = row.report.at
    return (row.report.came, not row.report.late, at.timestamp() if at else 0)


def _house(told: Numbers, lay: _Layout) -> Sequence[Printed]:
    """Return the row of the group's own departments, if they count anybody."""
    house = told.today.house
    if told.group is None or lay.whole not in house or not house[lay.whole].value:
        return ()
    found = cells(house, lay.columns, Limits({}), lay.whole)
    return printed(found, lay.heads, base(told.day, told.group.code, wall=lay.wall))


def _head(column: Column) -> str:
    return column.words.say(get_language() or "") or pgettext(HEADS, column.head)


def _columns(told: Numbers, population: Population, pack: Pack) -> Sequence[Column]:
    """Return the columns of which there is a number anywhere; none is shown that is all unknown."""
    known = {code for code, value in told.today.total.items() if value.value is not None}
    telling = {code for code, value in told.today.total.items() if value.value}
    if STOCK in known and told.today.total[USED].value:
        known.add(COVER)
    path = LISTED[population]
    columns = listed(population, pack.entries(path) if pack.has(path) else None)
    return shown(columns, known, telling)
