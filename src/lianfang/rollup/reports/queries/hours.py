"""Until when a day lasts, and by when its reports and its bulletin are due."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response import queries as response
from lianfang.ground.response.rules import Pack
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once

CUTOFF = "report.daily_cutoff_unit"


def due_on(actor: Actor, day: date, unit: Unit | None = None) -> datetime:
    """Return by when the report of a day was or is due, by the pack in force at that hour."""
    return _due(actor, day) if unit is None else dues_on(actor, day, [unit])[unit.pk]


def dues_on(actor: Actor, day: date, units: Collection[Unit]) -> Mapping[UUID, datetime]:
    """Return the same for many units: one that set itself an earlier hour goes by that."""
    due = _due(actor, day)
    own = {
        each.path: _due(actor, day, each) for each in response.stricter_units(actor, CUTOFF, due)
    }
    return {
        unit.pk: min([due, *(at for path, at in own.items() if tree.within(unit.path, path))])
        for unit in units
    }


def _due(actor: Actor, day: date, unit: Unit | None = None) -> datetime:
    morning = response.pack_at(actor, datetime.combine(day, time.min, get_default_timezone()), unit)
    due = due_of(response.pack_at(actor, due_of(morning, day), unit), day)
    begun = response.counts_since(actor, due)
    # who is asked for the first time after the hour has until the end of that day
    return day_end(day) if begun and due < begun < day_end(day) else due


def due_of(pack: Pack, day: date) -> datetime:
    """Return by when the report of a day is due."""
    return datetime.combine(day, pack.time(CUTOFF), get_default_timezone())


def release_of(pack: Pack, day: date) -> datetime:
    """Return when the bulletin of a day is to be released."""
    return datetime.combine(day, pack.time("report.bulletin_release"), get_default_timezone())


def day_end(day: date, starts: time = time.min) -> datetime:
    """Return the instant at which a day is over where days begin at this hour."""
    return datetime.combine(day + timedelta(days=1), starts, get_default_timezone())


def everywhere_over(actor: Actor, day: date) -> datetime:
    """Return the instant at which a day is over in the last place, a night market for example."""
    last = once(("last start", actor.reaches("figures.read")), lambda: _last_start(actor))
    return day_end(day, last)


def _last_start(actor: Actor) -> time:
    units = visible(Unit, actor, "figures.read")
    return units.order_by().aggregate(last=Max("day_starts"))["last"] or time.min


def today(unit: Unit | None = None) -> date:
    """Return the day of the matter: that of a unit, whose day may begin at an hour of its own."""
    if unit is None:
        return day_at(clock.now())
    return operating_day(clock.now(), get_default_timezone(), unit.day_starts)


def day_at(instant: datetime) -> date:
    """Return the day of the installation's calendar on which an instant falls."""
    return instant.astimezone(get_default_timezone()).date()
