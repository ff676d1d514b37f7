"""Who has checked in today and who has not, at a unit and below it: all by set-based queries."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import Attempt, CheckIn
from lianfang.people.checkins.rules import Verdict
from lianfang.people.checkins.standing import READ
from lianfang.people.register.models import Person

RECORD = "checkins.record"
NO_UNIT = msgid("There is no unit for whose people you may record readings.")


class Tab(StrEnum):
    """Which part of the roll a clerk looks at."""

    MISSING = "missing"
    AGAIN = "again"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the roll is looked for: a tab, a population, words of a name or number."""

    tab: Tab = Tab.MISSING
    population: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a roll are where."""

    everybody: int
    missing: int
    again: int
    unreached: int

    @property
    def done(self) -> int:
        """Return how many have checked in."""
        return self.everybody - self.missing


def units(actor: Actor) -> QuerySet[Unit]:
    """Return the units for whose people the actor may record."""
    return visible(Unit, actor, RECORD)


def unit_for(actor: Actor, code: str = "") -> Unit:
    """Return the unit that was asked for, or the first of those for whose people he may record."""
    found = units(actor).order_by("path")
    unit = found.filter(code=code).first() if code else found.first()
    if unit is None:
        raise NotAllowed(NO_UNIT)
    return unit


def roll(actor: Actor, unit: Unit, sought: Sought, at: datetime | None = None) -> QuerySet[Person]:
    """Return the people of a unit and below who are in a part of today's roll."""
    rows = _standing(actor, unit, at or clock.now())
    if sought.population:
        rows = rows.filter(population=sought.population)
    if sought.words:
        rows = rows.filter(
            Q(name__icontains=sought.words)
            | Q(person_no__icontains=sought.words)
            | Q(initials__startswith=sought.words.lower())
            | Q(sort_key__startswith=sought.words.lower())
        )
    rows = rows.filter(_in(sought.tab)).select_related("unit", "site", "stall")
    return rows.order_by("unit__path", "sort_key", "pk")


def counts(actor: Actor, unit: Unit, at: datetime | None = None) -> Counts:
    """Count the parts of today's roll of a unit and below in one statement."""
    found = _standing(actor, unit, at or clock.now()).aggregate(
        everybody=Count("pk"), **{tab.value: Count("pk", filter=_in(tab)) for tab in Tab}
    )
    return Counts(**found)


def _standing(actor: Actor, unit: Unit, at: datetime) -> QuerySet[Person]:
    """Return people with the verdict that stands today and whether somebody looked for them."""
    readings = visible(CheckIn, OPERATOR, READ).filter(
        person=OuterRef("pk"), day=OuterRef("today"), counts=True
    )
    tried = visible(Attempt, OPERATOR, READ).filter(person=OuterRef("pk"), day=OuterRef("today"))
    people = visible(Person, actor, RECORD).filter(
        left_at=None, unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path)
    )
    return people.annotate(
        today=_today(at),
        stands=Subquery(readings.order_by("-happened_at", "-id").values("verdict")[:1]),
        tried=Exists(tried),
    )


def _in(tab: Tab) -> Q:
    match tab:
        case Tab.AGAIN:
            return Q(stands__isnull=False) & ~Q(stands=Verdict.NORMAL)
        case Tab.UNREACHED:
            return Q(stands__isnull=True, tried=True)
        case _:
            return Q(stands__isnull=True)


def _today(at: datetime) -> Case:
    """Return the operating day of everybody's place; days begin at few different hours."""
    zone = get_default_timezone()
    starts = {
        *visible(Unit, OPERATOR, READ).order_by().values_list("day_starts", flat=True).distinct(),
        *visible(Site, OPERATOR, READ).order_by().values_list("day_starts", flat=True).distinct(),
    }
    cases = [
        When(Q(site=None, unit__day_starts=start) | Q(site__day_starts=start), then=_day(day))
        for start in starts
        for day in [operating_day(at, zone, start)]
    ]
    return Case(*cases, default=_day(at.astimezone(zone).date()), output_field=DateField())


def _day(day: date) -> Value:
    return Value(day, output_field=DateField())
