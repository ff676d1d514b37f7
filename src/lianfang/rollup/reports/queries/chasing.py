"""Who is waited for, who of them can be reached at all, and when they were reminded last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext, ngettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.rules import NoticeKind
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as response
from lianfang.ground.response.rules import Pack
from lianfang.ground.web.words import clocktime
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports.queries import days

ACT = "reports.chase"
#: Who was reminded so lately is not reminded again by another press of the button; from when on
#: before the due time reports may be chased at all.
QUIET, FROM = "report.chase_quiet", "report.chase_from"
#: So many are named on the screen; more than these are asked for before they are reminded.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Button:
    """The button that reminds: of how many, whether to ask first, when they were reminded last."""

    count: int
    last: datetime | None

    @property
    def asks(self) -> bool:
        """Tell whether it asks first: many at once, or some that were reminded lately."""
        return self.count > NAMED or self.last is not None


@dataclass(frozen=True, slots=True)
class Chase:
    """Whom one press of the button reminds, who of them has nobody, and who was just reminded."""

    units: Sequence[Unit]
    reached: Sequence[Unit]
    vacant: Sequence[Unit]
    lately: Sequence[Unit]
    last: datetime | None

    @property
    def told(self) -> Sequence[str]:
        """Say who was reminded, who could not be, and who had been reminded already."""
        said = []
        if self.reached:
            said.append(_reached(self.reached))
        if self.vacant:
            said.append(_vacant(self.vacant))
        if self.lately and self.last:
            said.append(_lately(self.lately, self.last))
        return said


def button(actor: Actor, day: date, count: int) -> Button | None:
    """Return the button for these many missing reports; none without any, or without the post."""
    if not count or not actor.reaches(ACT):
        return None
    times = _reminded(day)
    return Button(count, max(times.values(), default=None))


def chase_of(actor: Actor, day: date) -> Chase:
    """Return whom to remind now of the reports of a day."""
    missing = days.missing_units(actor, day, ACT)
    now = clock.now()
    times, since = _reminded(day), now - _span(response.pack_at(actor, now), QUIET)
    lately = [unit for unit in missing if unit.pk in times and times[unit.pk] > since]
    units = [unit for unit in missing if unit not in lately]
    answering = _answering(actor, units)
    return Chase(
        units,
        [unit for unit in units if unit.pk in answering],
        [unit for unit in units if unit.pk not in answering],
        lately,
        max((times[unit.pk] for unit in lately), default=None),
    )


def chase_from(pack: Pack) -> timedelta:
    """Return how long before it is due a report may be chased, by the policy pack."""
    return _span(pack, FROM)


def _span(pack: Pack, path: str) -> timedelta:
    return pack.span(path) if pack.has(path) else timedelta(0)


def _reached(units: Sequence[Unit]) -> str:
    text = ngettext(
        "Reminded %(n)d unit: %(names)s.", "Reminded %(n)d units: %(names)s.", len(units)
    )
    return text % {"n": len(units), "names": _names(units)}


def _vacant(units: Sequence[Unit]) -> str:
    text = ngettext(
        "%(n)d unit has no clerk and no principal who can sign in; it reads it when there is one:"
        " %(names)s.",
        "%(n)d units have no clerk and no principal who can sign in; they read it when there is"
        " one: %(names)s.",
        len(units),
    )
    return text % {"n": len(units), "names": _names(units)}


def _lately(units: Sequence[Unit], at: datetime) -> str:
    text = ngettext(
        "%(n)d unit was reminded at %(time)s already and was not reminded again.",
        "%(n)d units were reminded at %(time)s already and were not reminded again.",
        len(units),
    )
    return text % {"n": len(units), "time": clocktime(at)}


def _names(units: Sequence[Unit]) -> str:
    names = gettext(", ").join(str(unit) for unit in units[:NAMED])
    return gettext("%(names)s and others") % {"names": names} if len(units) > NAMED else names


def _answering(actor: Actor, units: Sequence[Unit]) -> frozenset[UUID]:
    """Return the units with somebody who fills in or signs the report and can sign in."""
    held = orgs.posts(actor, "units.read").filter(
        unit__in=units, role__in=[Role.CLERK, Role.PRINCIPAL], user__is_active=True
    )
    return frozenset(held.values_list("unit_id", flat=True))


def _reminded(day: date) -> dict[UUID, datetime]:
    """Return when each unit was last reminded of the report of a day."""
    sent = visible(Notice, OPERATOR, "notices.read").filter(
        kind=NoticeKind.REMINDER, url__startswith=f"/reports/{day}/", unit__isnull=False
    )
    found = sent.order_by().values_list("unit_id").annotate(last=Max("happened_at"))
    return {unit: last for unit, last in found if unit is not None}
