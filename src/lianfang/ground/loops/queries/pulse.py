"""When the clock of the house last ticked, for the banner, the doctor and the tick itself."""

from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Pulse
from lianfang.ground.loops.rules import is_dead
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Tick:
    """The last tick by both times, the jobs that failed, and whether the clock stands still."""

    at: datetime
    machine_at: datetime
    failed: tuple[str, ...]
    dead: bool


def last_tick(actor: Actor) -> Tick | None:
    """Return the last tick; none before the first one."""
    row = visible(Pulse, actor, "loops.read").first()
    if row is None:
        return None
    dead = is_dead(row.machine_at, clock.machine())
    return Tick(row.at, row.machine_at, tuple(row.failed), dead)
