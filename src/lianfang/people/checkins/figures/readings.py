"""Readings that count one by one: those at or above the fever threshold."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import TIMES, place
from lianfang.ground.figures.registry import Family, Row, declare_family, derive
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Verdict
from lianfang.people.register.figures.standing import READ, Counted, counted, new_figure
from lianfang.people.register.links import person_url
from lianfang.people.register.rules.words import Population

FAMILY, OPEN = "checkins.readings", "checkins.read"
POPULATION_OF = {
    "temp_abnormal": Population.STAFF,
    "onsite_temp_abnormal": Population.ON_SITE,
}


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count abnormal readings by unit, all at once."""
    conditions = {code: Q(population=each) for code, each in POPULATION_OF.items()}
    return counted(_abnormal(actor, READ, day, as_of), conditions)


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[CheckIn]:
    """Return the readings that a figure counts."""
    found = _abnormal(actor, OPEN, day, as_of).filter(
        population=POPULATION_OF[code], unit__in=units
    )
    return found.select_related("person").order_by("happened_at", "pk")


def show(row: CheckIn) -> Row:
    """Show a reading by its person, time and degrees."""
    at = localtime(row.happened_at)
    return Row(
        str(row.pk),
        f"{row.person.name} {at:%H:%M} {row.temperature}",
        person_url(row.person_id),
    )


def _abnormal(actor: Actor, act: str, day: date, as_of: datetime) -> QuerySet[CheckIn]:
    rows = visible(CheckIn, actor, act).filter(day=day, recorded_at__lte=as_of)
    return rows.filter(verdict=Verdict.FEVER).order_by()


declare_family(Family(FAMILY, "checkins", count, rows, show=show))
derive(FAMILY, "temp_abnormal")
new_figure(
    FAMILY,
    "onsite_temp_abnormal",
    msgid("On site: abnormal readings"),
    msgid("Readings of people on site at or above the fever threshold of the policy pack."),
    (place("onsite", 18), "onsite", TIMES),
)
