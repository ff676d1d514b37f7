"""Which units are asked for a report of a day: all that owe one, or those with an occasion."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.rules import Figures
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import Narrative
from lianfang.rollup.reports.queries import frozen

DAILY, CLUSTER, EVENTS = "report.daily", "cluster.same_unit", "report.event_figures"
EVERY_DAY, ON_CLUSTER = "daily", "on_cluster_only"
#: Who counts towards a cluster: those with symptoms; nobody is diagnosed here.
ILL = ("symptomatic", "onsite_symptomatic")


def owing_units(actor: Actor, at: datetime) -> Sequence[Unit]:
    """Return the units that owe a daily report, by the pack in force."""
    kinds = response.pack_at(actor, at).texts("report.owing_unit_kinds")
    return list(orgs.reporting_units(actor, kinds))


def asked_units(actor: Actor, day: date, at: datetime) -> Sequence[Unit]:
    """Return the units that owe a report of a day, as often as the policy pack wants one."""
    return asked_of(actor, owing_units(actor, at), day, at)


def units_of_day(actor: Actor, day: date, at: datetime) -> Sequence[Unit]:
    """Return the units of which a day's list and paper tell: those asked, and those that sent."""
    units = owing_units(actor, at)
    asked = asked_of(actor, units, day, at)
    if len(asked) == len(units):
        return units
    here = {unit.pk for unit in asked} | set(frozen.newest(actor, day))
    return [unit for unit in units if unit.pk in here]


def asked_of(
    actor: Actor, units: Sequence[Unit], day: date, at: datetime, told: Figures | None = None
) -> Sequence[Unit]:
    """Return those of some units that a report of a day is asked of, by what they count on it."""
    pack = response.pack_at(actor, at)
    often = pack.text(DAILY) if pack.has(DAILY) else EVERY_DAY
    if often == EVERY_DAY or not units:
        return units
    table = told or figures.of_day(actor, units, day, at)
    if often == ON_CLUSTER:
        return [unit for unit in units if _is_cluster(table, unit, pack)]
    told_of = visible(Narrative, actor, "reports.read").filter(day=day).exclude(new_issues="")
    said = set(told_of.values_list("unit_id", flat=True))
    events = pack.texts(EVENTS) if pack.has(EVENTS) else ()
    return [unit for unit in units if unit.pk in said or _count(table, unit, events)]


def is_every_day(actor: Actor, at: datetime) -> bool:
    """Tell whether the policy pack wants a report of every day."""
    pack = response.pack_at(actor, at)
    return not pack.has(DAILY) or pack.text(DAILY) == EVERY_DAY


def _is_cluster(table: Figures, unit: Unit, pack: Pack) -> bool:
    """Tell whether as many have symptoms on one day as the pack calls a cluster in one unit.

    What the pack counts over several days the unit counts itself: who is ill on two days is one.
    """
    told: Iterable[Mapping[str, object]] = pack.entries(CLUSTER) if pack.has(CLUSTER) else ()
    least = [int(str(each["cases"])) for each in told if each.get("days") == 1]
    return bool(least) and _count(table, unit, ILL) >= min(least)


def _count(table: Figures, unit: Unit, codes: Iterable[str]) -> int:
    values = [table.total(unit.pk, code).value for code in codes if code in table.register]
    return int(sum(value for value in values if value is not None))
