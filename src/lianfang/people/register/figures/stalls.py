"""How many stalls there are, how many of them trade, and whose people are not back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.form_f01 import place
from lianfang.ground.figures.registry import Family, Row, declare_family
from lianfang.ground.orgs.models import Stall
from lianfang.ground.orgs.rules import StallState
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.people.register.figures.standing import READ, Counted, counted, new_figure

FAMILY = "register.stalls"
STALLS = msgid("stalls")
OPEN = "stalls.read"
COUNTS: Mapping[str, Q] = MappingProxyType(
    {
        "stalls_total": Q(state__in=list(StallState)),
        "stalls_trading": Q(state=StallState.OPEN),
        "stalls_not_returned": Q(state=StallState.NOT_RETURNED),
    }
)


def count(actor: Actor, day: date, as_of: datetime) -> Counted:
    """Count the stalls as they stand now, by unit, all at once."""
    return counted(visible(Stall, actor, READ), COUNTS)


def rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Stall]:
    """Return the stalls that a figure counts."""
    found = visible(Stall, actor, OPEN).filter(COUNTS[code], unit__in=units)
    return found.select_related("site")


def show(row: Any) -> Row:  # noqa: ANN401 (a family's rows are of its own model)
    """Show a stall by its site and number."""
    return Row(str(row.pk), f"{row.site} {row.number}", reverse("orgs:site", args=(row.site_id,)))


declare_family(Family(FAMILY, "register", count, rows, show=show))
new_figure(
    FAMILY,
    "stalls_total",
    msgid("Stalls"),
    msgid("Every stall of the unit's sites, as the register stands now."),
    (place("onsite", 21), "onsite", STALLS),
)
new_figure(
    FAMILY,
    "stalls_trading",
    msgid("of these: trading"),
    msgid("Stalls that trade, as the register stands now."),
    (place("onsite", 22), "onsite", STALLS),
)
new_figure(
    FAMILY,
    "stalls_not_returned",
    msgid("of these: not returned"),
    msgid("Stalls whose people are not back, as the register stands now."),
    (place("onsite", 23), "onsite", STALLS),
)
