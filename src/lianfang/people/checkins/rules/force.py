"""Which reading stands at an instant, and what it tells the rules of the pack."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lianfang.people.checkins.rules.asking import last
from lianfang.people.checkins.rules.policy import Policy
from lianfang.people.checkins.rules.readings import AHEAD, Earlier

A_DAY = timedelta(days=1)


def in_force(told: Sequence[Earlier], at: datetime, today: date, policy: Policy) -> Earlier | None:
    """Return the reading that stands: of this operating day, or one that has not run out."""
    before = last(each for each in told if each.taken_at <= at + AHEAD)
    if before is None:
        return None
    fresh = before.day == today or before.taken_at > at - policy.pass_valid
    return before if fresh else None


def since(at: datetime, policy: Policy, *, carried: bool = True) -> datetime:
    """Return from when on readings can still matter: by the pass, or as answers carried over."""
    days = policy.same_days + 2 if carried else 2
    return at - max(policy.pass_valid, A_DAY * days)


def facts_told(standing: Earlier | None, policy: Policy) -> dict[str, object]:
    """Return the person-facts that the reading in force tells; none where there is none."""
    if standing is None:
        return {
            "temperature": None,
            "method": None,
            "symptoms_any": None,
            "household_symptoms": None,
            "checked_in_today": False,
        }
    temperature = standing.temperature
    return {
        "temperature": None if temperature is None else float(temperature),
        "method": standing.method or None,
        "symptoms_any": bool(policy.main_symptoms & set(standing.symptoms)),
        "household_symptoms": standing.household_symptoms,
        "checked_in_today": True,
    }
