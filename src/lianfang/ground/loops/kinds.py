"""The kind of loop that belongs to no other app, a task written by hand; jobs of the ground."""

from datetime import datetime

from lianfang.ground.files.jobs import sweep_if_due
from lianfang.ground.loops.registry import Job, Kind, declare, declare_job
from lianfang.ground.loops.services import TASK
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services.forgetting import forget
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid


def _forget(_clock: Actor, _now: datetime) -> int:
    return forget(clock.machine())


def _sweep(_clock: Actor, _now: datetime) -> int:
    return sweep_if_due()


declare(
    Kind(
        code=TASK,
        title=msgid("Task"),
        owner_role=Role.CLERK,
        verifier_role=Role.GROUP_OFFICE,
    )
)
declare_job(Job("files.sweep", _sweep))
declare_job(Job("house.forget", _forget))
