"""Moving the clock of the demo: forward only, and what time brings about happens at once."""

from datetime import datetime

from lianfang.drills.demo.rules.personas import STEPS
from lianfang.ground.doors.act import act
from lianfang.ground.loops.services import tick
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_STEP = msgid("Choose how far the clock shall move.")
REAL_TIME = msgid("The clock of this installation is the real time and cannot be moved.")


@act("demo.move_clock", tells=("step",))
def move_clock(actor: Actor, nowhere: None, step: str) -> datetime:
    """Move the time of the demo forward by one of the steps."""
    if not clock.movable():
        raise Conflict(REAL_TIME)
    if step not in STEPS:
        raise BadInput(NO_STEP, field="step")
    to = clock.now() + STEPS[step]
    clock.move(to)
    return to


def catch_up() -> None:
    """Do all that the time until now has brought about."""
    tick(clock.now())
