"""What the clock does for the register at every tick."""

from lianfang.ground.loops.registry import Job, declare_job
from lianfang.people.register.services.joining import look_for_refused

declare_job(Job("joins.forget", look_for_refused))
