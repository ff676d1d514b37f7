"""What the clock does for screening at every tick."""

from lianfang.ground.loops.registry import Job, declare_job
from lianfang.people.screening.services import follow_turns

declare_job(Job("screening.turns", follow_turns))
