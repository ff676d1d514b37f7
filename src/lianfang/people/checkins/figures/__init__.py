"""The person-facts and figures that check-ins know."""

from lianfang.people.checkins.figures import facts, readings, roll

__all__ = ["facts", "readings", "roll"]
