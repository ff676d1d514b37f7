"""The daily report as an obligation; the routes of signatures that reports and papers take."""

from datetime import date, datetime

from django.urls import reverse

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import Job, Kind, declare, declare_job
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.rules import Pack
from lianfang.ground.signing import registry as routes
from lianfang.ground.signing.registry import Route, Stop
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.queries import signed
from lianfang.rollup.reports.rules.days import day_in_key
from lianfang.rollup.reports.rules.states import (
    DAILY_REPORT,
    DAILY_SITUATION,
    Signing,
    Situation,
)
from lianfang.rollup.reports.services.hands import (
    situation_changed,
    situation_signed,
)
from lianfang.rollup.reports.services.obligations import REPORT, open_day, unopened


def _due(pack: Pack, day: date) -> datetime:
    return queries.due_of(pack, day)


def _page(loop: Loop) -> str:
    return reverse("reports:page", args=[day_in_key(loop.key), loop.unit.code])


def _open(clock: Actor, now: datetime) -> int:
    """Open the loops of the day, and of days on which the clock did not run."""
    return sum(len(open_day(clock, None, day).subjects) for day in unopened(clock, now))


declare(
    Kind(
        code=REPORT,
        title=msgid("Daily report"),
        owner_role=Role.CLERK,
        verifier_role=Role.GROUP_OFFICE,
        due=_due,
        ladder="report.reminder_ladder",
        url=_page,
        done_here=False,
        acknowledged=False,
        quiet=True,
    )
)
declare_job(Job("reports.open_day", _open))

routes.declare(
    Route(
        code=DAILY_REPORT,
        title=msgid("Daily report"),
        stops=(
            Stop(
                code=Signing.FILLER,
                posts=(Role.CLERK,),
                limit="signing.daily_report.filler",
                needed=False,
                recordable=True,
            ),
            Stop(
                code=Signing.REVIEWER,
                posts=(Role.CLERK,),
                limit="signing.daily_report.reviewer",
                asked="signing.daily_report.reviewer_asked",
                needed=False,
                recordable=True,
            ),
            Stop(
                code=Signing.PRINCIPAL,
                posts=(Role.PRINCIPAL,),
                limit="signing.daily_report.principal",
                recordable=True,
            ),
        ),
        facts=signed.report_facts,
        text=signed.report_text,
        label=signed.label,
        url=signed.report_page,
        instructed=signed.asked_on_report,
    )
)
routes.declare(
    Route(
        code=DAILY_SITUATION,
        title=msgid("Daily situation"),
        stops=(
            Stop(
                code=Situation.DRAFTED,
                posts=(Role.GROUP_OFFICE,),
                limit="signing.daily_situation.drafted",
            ),
            Stop(
                code=Situation.CHECKED,
                posts=(Role.GROUP_OFFICE,),
                limit="signing.daily_situation.checked",
            ),
            Stop(
                code=Situation.ENDORSED,
                posts=(Role.LEADING_GROUP,),
                limit="signing.daily_situation.endorsed",
                asked="signing.daily_situation.endorsed_asked",
                recordable=True,
            ),
            Stop(
                code=Situation.RELEASED,
                posts=(Role.LEADING_GROUP, Role.GROUP_OFFICE),
                limit="signing.daily_situation.released",
                recordable=True,
                final=True,
            ),
        ),
        facts=signed.bulletin_facts,
        text=signed.bulletin_text,
        label=signed.label,
        url=signed.situation_page,
        on_signed=situation_signed,
        on_returned=situation_changed,
        on_undone=situation_changed,
        instructed=signed.asked_on_situation,
    )
)
