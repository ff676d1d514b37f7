"""Who has checked in, who has not, who was looked for: staff and people on site apart."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import PERSONS, place
from lianfang.ground.figures.registry import Family, declare_family, derive
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import Attempt, CheckIn
from lianfang.people.checkins.rules import Verdict
from lianfang.people.checkins.standing import READ as READINGS
from lianfang.people.register.figures.standing import (
    OPEN,
    READ,
    Counted,
    counted,
    dated,
    new_figure,
    show,
)
from lianfang.people.register.models import Membership
from lianfang.people.register.rules.words import Population

FAMILY = "checkins.roll"
#: What each figure asks of a person; the codes of people on site carry a prefix of their own.
ASKS = {
    "temp_due": Q(),
    "temp_done": Q(measured=True),
    "checked_in": Q(told=True),
    "not_checked_in": Q(told=False),
    "unreached": Q(tried=True, told=False),
    "symptomatic": Q(ill=True),
}
ONSITE = {
    "onsite_reached": "checked_in",
    "onsite_not_checked_in": "not_checked_in",
    "onsite_unreached": "unreached",
    "onsite_symptomatic": "symptomatic",
}


def conditions() -> dict[str, Q]:
    """Return which memberships each figure counts."""
    staff, on_site = Q(population=Population.STAFF), Q(population=Population.ON_SITE)
    return {code: staff & asks for code, asks in ASKS.items()} | {
        code: on_site & ASKS[same] for code, same in ONSITE.items()
    }


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count the roll of a day by unit, all figures in one statement."""
    return counted(_roll(actor, READ, day, as_of), conditions())


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Membership]:
    """Return the memberships of those whom a figure counts."""
    found = _roll(actor, OPEN, day, as_of).filter(conditions()[code], unit__in=units)
    return found.select_related("person").order_by("person__sort_key", "pk")


def _roll(actor: Actor, act: str, day: date, as_of: datetime) -> QuerySet[Membership]:
    """Return who belongs to a unit on a day, with what was told of him by then."""
    told = visible(CheckIn, OPERATOR, READINGS).filter(
        person=OuterRef("person"), day=day, counts=True, recorded_at__lte=as_of
    )
    later = told.filter(happened_at__gt=OuterRef("happened_at"))
    ill = told.filter(Q(verdict=Verdict.FEVER) | ~Q(symptoms=[]))
    tried = visible(Attempt, OPERATOR, READINGS).filter(
        person=OuterRef("person"), day=day, recorded_at__lte=as_of
    )
    return dated(Membership, actor, act, day, as_of).annotate(
        told=Exists(told),
        measured=Exists(told.filter(temperature__isnull=False)),
        ill=Exists(ill.filter(~Exists(later))),
        tried=Exists(tried),
    )


declare_family(Family(FAMILY, "checkins", count, rows, show=show))
derive(FAMILY, "temp_due", "temp_done", "symptomatic", "onsite_reached")
new_figure(
    FAMILY,
    "checked_in",
    msgid("Checked in"),
    msgid("Staff of whom there is an answer of this day, given by themselves or for them."),
    (place("staff", 11), "staff", PERSONS),
)
new_figure(
    FAMILY,
    "not_checked_in",
    msgid("Not checked in"),
    msgid("Staff of whom there is no answer of this day yet."),
    (place("staff", 12), "staff", PERSONS),
)
new_figure(
    FAMILY,
    "unreached",
    msgid("of these: not reached"),
    msgid("Staff without an answer of this day who were looked for and not reached."),
    (place("staff", 13), "staff", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_not_checked_in",
    msgid("On site: not checked in"),
    msgid("People on site of whom there is no answer of this day yet."),
    (place("onsite", 7), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_unreached",
    msgid("On site: not reached"),
    msgid("People on site without an answer of this day who were looked for and not reached."),
    (place("onsite", 8), "onsite", PERSONS),
)
new_figure(
    FAMILY,
    "onsite_symptomatic",
    msgid("On site: with fever or other symptoms"),
    msgid("People on site with a symptom or a feverish reading on this day."),
    (place("onsite", 17), "onsite", PERSONS),
)
