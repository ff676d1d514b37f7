"""Figures of the command structure: which units have a leading group, and which have not (R89)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from lianfang.ground.command.models import Appointment
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.rows import units_of
from lianfang.ground.command.rules.seats import GROUP
from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import place
from lianfang.ground.figures.registry import Family, Row, declare, declare_family
from lianfang.ground.figures.rules import Figure, Number, State
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

FAMILY, READ, SECTION = "command", "figures.read", "command"
UNITS = msgid("units")
WITH, WITHOUT = "leading_groups", "leading_groups_missing"
#: Which units each figure counts: those with, or without, a leading group.
LED: Mapping[str, bool] = MappingProxyType({WITH: True, WITHOUT: False})


def _asked(actor: Actor, as_of: datetime) -> QuerySet[Unit]:
    """Return the units that need a leading group."""
    return units_of(actor, asked_at(actor, as_of).group_at, READ)


def _led(actor: Actor, day: date, as_of: datetime) -> Exists:
    """Return whether a leading group was named in the outer unit by then."""
    known = Q(recorded_at__lte=as_of, seat__in=GROUP, valid_from__lte=day)
    known &= Q(valid_to=None) | Q(valid_to__gt=day) | Q(ended_at__gt=as_of)
    known &= Q(response__ended_at=None) | Q(response__ended_at__gt=as_of)
    seats = visible(Appointment, actor, READ).filter(known, unit=OuterRef("pk"))
    return Exists(seats)


def count(actor: Actor, day: date, as_of: datetime) -> Mapping[str, Mapping[UUID, Number | State]]:
    """Count the units with and without a leading group, all at once."""
    found: dict[str, dict[UUID, Number | State]] = {code: {} for code in LED}
    told = _asked(actor, as_of).annotate(led=_led(actor, day, as_of)).order_by()
    for unit, led in told.values_list("pk", "led"):
        found[WITH if led else WITHOUT][unit] = 1
    return found


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Unit]:
    """Return the units that a figure counts."""
    led = _led(actor, day, as_of)
    return _asked(actor, as_of).filter(led if LED[code] else ~led, pk__in=units)


def show(unit: Unit) -> Row:
    """Show a unit by its name, with its page."""
    return Row(str(unit.pk), str(unit), reverse("command:unit", args=[unit.code]))


declare_family(Family(FAMILY, "command", count, rows, show=show))
for _number, (_code, _label, _definition) in enumerate(
    (
        (
            WITH,
            msgid("Units with a leading group"),
            msgid("Of the units that need one by the policy pack, those in which it is named."),
        ),
        (
            WITHOUT,
            msgid("Units without a leading group"),
            msgid("Of the units that need one by the policy pack, those in which nobody is named."),
        ),
    ),
    1,
):
    declare(
        Figure(
            _code,
            _label,
            _definition,
            UNITS,
            additive=True,
            section=SECTION,
            order=place(SECTION, _number),
            family=FAMILY,
        )
    )
