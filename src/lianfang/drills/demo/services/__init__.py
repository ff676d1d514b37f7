"""Loading the demo through the doors, moving its clock, and taking a post in it."""

from lianfang.drills.demo.services.loading import load, loaded, resume
from lianfang.drills.demo.services.moving import catch_up, move_clock

__all__ = ["catch_up", "load", "loaded", "move_clock", "resume"]
