"""What time brings about: a reading runs out, and the status of the person with it."""

from datetime import datetime

from lianfang.ground.doors.act import act
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.standing import run_out
from lianfang.people.screening.services import AT_ONCE, Rescreened, rescreen_people


@act("checkins.run_out")
def let_run_out(actor: Actor, nowhere: None, now: datetime) -> Rescreened:
    """Work out the status of those whose last reading has run out; the clock does so."""
    people = run_out(now).select_related("unit", "site")
    return rescreen_people(list(people[:AT_ONCE]), now, actor)


def look_for_run_out(actor: Actor, now: datetime) -> None:
    """Let readings run out if any did since the clock looked last."""
    if run_out(now).exists():
        let_run_out(actor, None, now)
