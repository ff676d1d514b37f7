"""The daily report as an obligation: opened each day for every unit that owes one."""

from datetime import date, datetime

from django.urls import reverse

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import Job, Kind, declare, declare_job
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.rules.days import day_in_key
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
