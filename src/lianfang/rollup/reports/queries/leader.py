"""The day on one screen of a phone: what changed most, who is late, what waits for a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lianfang.ground.figures.registry import ordered
from lianfang.ground.figures.rules import Kind
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing.queries.pages import Waiting
from lianfang.ground.signing.rules import Moved, biggest
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.queries.bulletins import bulletins, of_units
from lianfang.rollup.reports.queries.hours import dues_on, today
from lianfang.rollup.reports.queries.occasions import owing_units, units_of_day
from lianfang.rollup.reports.queries.signed import changes_of_lines, report_changes
from lianfang.rollup.reports.queries.standing import standing
from lianfang.rollup.reports.rules.bulletin import UnitReport, compose


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A unit whose report is not in."""

    code: str
    name: str
    due: datetime
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderPage:
    """What a leader sees of a day."""

    day: date
    unit: str
    owing: int
    came: int
    biggest: Sequence[Moved]
    behind: Sequence[Behind]
    papers: Sequence[Waiting]
    picture: date | None
    picture_released: bool


def leader_page(actor: Actor) -> LeaderPage:
    """Return the day as a leader, a liaison leader or a principal sees it."""
    now = clock.now()
    owing = owing_units(actor, now)
    alone = owing[0] if len(owing) == 1 else None
    day = today(alone) if alone else today()
    units = units_of_day(actor, day, now)
    reports = of_units(actor, units, day, now) if units else []
    due = dues_on(actor, day, units)
    dues = {unit.code: due[unit.pk] for unit in units}
    if alone is not None:
        facts = report_changes(actor, standing(actor, alone, day))
    else:
        lines, _missing = compose([f for f in ordered() if f.kind is not Kind.TEXT], reports)
        facts = changes_of_lines(actor, lines)
    group = orgs.group(actor)
    whole = group is not None and tree.is_root(group.path)
    newest = bulletins(actor).filter(day__lte=day, released_at__isnull=False) if whole else None
    picture = newest.order_by("day").values_list("day", flat=True).last() if newest else None
    return LeaderPage(
        day=day,
        unit=str(alone or group or ""),
        owing=len(units),
        came=sum(1 for each in reports if not each.missing),
        biggest=biggest(facts),
        behind=_behind(reports, dues, now),
        papers=signing.waiting(actor),
        picture=picture,
        picture_released=picture == day,
    )


def _behind(
    reports: Sequence[UnitReport], dues: dict[str, datetime], now: datetime
) -> Sequence[Behind]:
    rows = [
        Behind(code=each.code, name=each.name, due=dues[each.code], late=now > dues[each.code])
        for each in reports
        if each.missing
    ]
    return sorted(rows, key=lambda row: row.due)
