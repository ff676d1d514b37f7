"""Recording check-ins, attempts to reach who has not checked in, and letting readings run out."""

from lianfang.people.checkins.services.attempts import attempt
from lianfang.people.checkins.services.lapsing import let_run_out, look_for_run_out
from lianfang.people.checkins.services.recording import Recorded, record

__all__ = ["Recorded", "attempt", "let_run_out", "look_for_run_out", "record"]
