"""Where a reader's day begins."""

from django.urls import reverse

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as response
from lianfang.ground.response.rules.features import Feature
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Self
from lianfang.rollup.board.rules.opening import Reader, Start, start
from lianfang.rollup.reports import queries as reports

SEE = "board.read"
#: Posts whose day begins, on a phone, with the day on one screen.
LEADING = (Role.LEADING_GROUP, Role.LIAISON_LEADER, Role.PRINCIPAL)


def address(actor: Actor, *, phone: bool = False) -> str:
    """Return the address of the reader's first screen; nothing where the rail decides."""
    own = _own(actor)
    reader = Reader(
        sees_board=bool(actor.reaches(SEE)),
        own_reports=len(own),
        is_person=any(isinstance(reach, Self) for reach in actor.reaches("checkins.record"))
        and response.feature(actor, Feature.CHECK_IN),
        leads_by_phone=phone and any(actor.holds(role) for role in LEADING),
    )
    match start(reader):
        case Start.LEADER:
            return reverse("reports:leader")
        case Start.BOARD:
            return reverse("board:today")
        case Start.REPORT:
            return reverse("reports:page", args=[reports.today(), own[0].code])
        case Start.REPORTS:
            return reverse("reports:day", args=[reports.today()])
        case Start.CHECK_IN:
            return reverse("checkins:me")
    return ""


def _own(actor: Actor) -> list[Unit]:
    """Return the units whose report the actor sees, two at most; none before a response."""
    pack = response.pack_or_none(actor, clock.now())
    if pack is None:
        return []
    kinds = pack.texts("report.owing_unit_kinds")
    return list(visible(Unit, actor, "reports.read").filter(kind__in=kinds)[:2])
