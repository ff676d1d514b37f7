"""Loops of liaison: a call that is overdue, a task that came of a visit; the clock opens one."""

from datetime import datetime

from lianfang.ground.loops.registry import Job, Kind, declare, declare_job
from lianfang.ground.orgs.rules import Role
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.work.liaison.services import overdue, remind
from lianfang.work.liaison.services.keeping import REMINDER
from lianfang.work.liaison.services.tasks import TASK


def _remind(clock: Actor, now: datetime) -> int:
    return len(remind(clock, None, now).subjects) if overdue(clock, now) else 0


declare(
    Kind(
        code=REMINDER,
        title=msgid("Getting in touch"),
        owner_role=Role.LIAISON_LEADER,
        verifier_role=Role.GROUP_OFFICE,
        acknowledged=False,
    )
)
declare(
    Kind(
        code=TASK,
        title=msgid("Task from a visit"),
        owner_role=Role.PRINCIPAL,
        verifier_role=Role.LIAISON_LEADER,
    )
)
declare_job(Job("liaison.remind", _remind))
