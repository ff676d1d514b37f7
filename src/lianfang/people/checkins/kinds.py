"""What the clock does for check-ins at every tick."""

from lianfang.ground.loops.registry import Job, declare_job
from lianfang.people.checkins.services import look_for_run_out

declare_job(Job("checkins.run_out", look_for_run_out))
