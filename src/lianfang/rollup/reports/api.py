"""`/api/v1/reports` and `/api/v1/bulletins`."""

from typing import Literal

from django.http import HttpResponse
from ninja import Router, Schema

from lianfang.ground.doors.act import Pending
from lianfang.ground.web.addresses import Day
from lianfang.ground.web.requests import ActorRequest, answer
from lianfang.kernel.refusals import BadInput, NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.queries.contract import (
    BulletinOut,
    ReportOut,
    bulletin_out,
    report_out,
)

reports = Router(tags=["reports"])
bulletins = Router(tags=["bulletins"])
NO_REPORT = msgid("There is no report of this day here.")
SAY_WHY = msgid("Say what the unit should mend.")


class ReportIn(Schema):
    """What is to be done with a report."""

    action: Literal["submit", "accept", "return"]
    reason: str = ""


@reports.get("/{day}/{unit}", response=ReportOut)
def report(request: ActorRequest, day: Day, unit: str) -> ReportOut:
    """Return a unit's report of a day as it stands."""
    place = queries.unit_here(request.actor, unit, "reports.read")
    return report_out(queries.standing(request.actor, place, day))


@reports.post("/{day}/{unit}", response=ReportOut)
def act_on_report(request: ActorRequest, day: Day, unit: str, body: ReportIn) -> HttpResponse:
    """Send, accept or return a unit's report."""
    place = queries.unit_here(request.actor, unit, "reports.read")

    def render(_done: object) -> ReportOut:
        return report_out(queries.standing(request.actor, place, day))

    return answer(request, 200, lambda: _pending(request, unit, day, body), render)


@bulletins.get("/{day}", response=BulletinOut)
def bulletin(request: ActorRequest, day: Day) -> BulletinOut:
    """Return the newest bulletin of a day as it was frozen, or as it would be now."""
    return bulletin_out(request.actor, day)


def _pending(
    request: ActorRequest, code: str, day: Day, body: ReportIn
) -> Pending[services.DailyReport]:
    if body.action == "submit":
        place = queries.unit_here(request.actor, code, "reports.submit")
        return services.submit.on(place, day)
    act = "reports.accept" if body.action == "accept" else "reports.return"
    found = queries.reports_of(request.actor, day, act).filter(unit__code=code).last()
    if found is None:
        raise NotAllowed(NO_REPORT)
    if body.action == "accept":
        return services.accept.on(found)
    if not body.reason.strip():
        raise BadInput(SAY_WHY, field="reason")
    return services.give_back.on(found, body.reason)
