"""The readings of a day, with their verdicts, and those of one person."""

from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.reading_lines import ReadingLine, lines
from lianfang.people.checkins.rules import Verdict
from lianfang.people.checkins.standing import READ
from lianfang.people.register.models import Person

MOST = 30
NO_UNIT = msgid("There is no unit whose readings you may look at.")


class Which(StrEnum):
    """Which readings of a day are looked at."""

    ALL = "all"
    ABNORMAL = "abnormal"
    SYMPTOMS = "symptoms"


def units_read(actor: Actor) -> QuerySet[Unit]:
    """Return the units whose readings the actor may look at."""
    return visible(Unit, actor, READ)


def unit_read(actor: Actor, code: str = "") -> Unit:
    """Return the unit that was asked for, or the first of those whose readings he may look at."""
    found = units_read(actor).order_by("path")
    unit = found.filter(code=code).first() if code else found.first()
    if unit is None:
        raise NotAllowed(NO_UNIT)
    return unit


def readings(
    actor: Actor, unit: Unit, day: date, which: Which = Which.ALL, words: str = ""
) -> QuerySet[CheckIn]:
    """Return the readings of a unit and below on an operating day, the latest first."""
    rows = visible(CheckIn, actor, READ).filter(
        day=day, unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path)
    )
    if which is Which.ABNORMAL:
        rows = rows.exclude(verdict=Verdict.NORMAL)
    if which is Which.SYMPTOMS:
        rows = rows.exclude(symptoms=[])
    if words:
        rows = rows.filter(
            Q(person__name__icontains=words)
            | Q(person__person_no__icontains=words)
            | Q(person__initials__startswith=words.lower())
        )
    return rows.select_related("person", "unit").order_by("-happened_at", "-id")


def readings_of(actor: Actor, person: Person, most: int = MOST) -> list[ReadingLine]:
    """Return the latest readings of one person."""
    rows = visible(CheckIn, actor, READ).filter(person=person).select_related("person", "unit")
    return lines(rows.order_by("-happened_at", "-id")[:most])
