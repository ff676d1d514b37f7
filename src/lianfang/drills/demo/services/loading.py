"""Loading the demo: the group first, then its days, all through the doors."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.timezone import get_default_timezone

from lianfang.drills.demo.rules.days import BEGINS, DAYS, LAST, STOPS_AT
from lianfang.drills.demo.services.founding import found
from lianfang.drills.demo.services.replaying import lend, replay
from lianfang.ground.loops.queries.pulse import last_tick
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.garbage import left_lying

Say = Callable[[str], None]


@left_lying()
def load(say: Say) -> None:
    """Load the whole demo and stop its clock's hand at the afternoon of the last day."""
    begins = BEGINS.replace(tzinfo=get_default_timezone())
    clock.move(begins)
    staff = found(say)
    lend(staff)
    for day in DAYS:
        replay(day, staff, say)
    clock.move(datetime.combine(LAST, STOPS_AT, get_default_timezone()))
    (settings.DATA / "demo").write_text("loaded", encoding="utf-8")


def loaded() -> bool:
    """Tell whether this data directory holds the whole demo."""
    marker = settings.DATA / "demo"
    return marker.exists() and marker.read_text(encoding="utf-8") == "loaded"


def resume() -> None:
    """Let the demo's clock go on from where it stood when it was last served."""
    stood = last_tick(OPERATOR)
    begins = datetime.combine(LAST, STOPS_AT, get_default_timezone())
    clock.move(max(begins, stood.at) if stood else begins)
