"""Which reading stands at an instant, and what it tells the rules of the pack."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lianfang.people.checkins.rules.asking import last
from lianfang.people.checkins.rules.policy import Policy
from lianfang.people.checkins.rules.readings import AHEAD, Earlier

A_DAY = timedelta(days=1)
#: The symptoms by name that the rules of a pack may speak of.
SYMPTOM = "symptom_"
SYMPTOM_FACTS = tuple(
    SYMPTOM + code
    for code in (
        *("fever", "cough", "fatigue", "dyspnoea", "sore_throat", "diarrhoea"),
        *("joint_pain", "rash", "other"),
    )
)


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
            **dict.fromkeys(SYMPTOM_FACTS),
        }
    temperature = standing.temperature
    return {
        "temperature": None if temperature is None else float(temperature),
        "method": standing.method or None,
        "symptoms_any": _any(standing, policy),
        "household_symptoms": standing.household_symptoms,
        "checked_in_today": True,
        **_each(standing),
    }


def _each(standing: Earlier) -> dict[str, object]:
    """Tell of each symptom whether he has it; where nobody asked, nothing is known."""
    told = {SYMPTOM + code for code in standing.symptoms}
    known = standing.symptoms_known
    return {name: True if name in told else (False if known else None) for name in SYMPTOM_FACTS}


def _any(standing: Earlier, policy: Policy) -> bool | None:
    """Tell whether there is a main symptom; where nobody asked, nothing is known."""
    found = bool(policy.main_symptoms & set(standing.symptoms))
    return found if found or standing.symptoms_known else None
