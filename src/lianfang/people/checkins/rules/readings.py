"""A reading: whether it can be right, what it means, and whether it replaces the one before."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules.policy import Policy, Thresholds
from lianfang.people.checkins.rules.words import Verdict
from lianfang.people.register.rules.words import HowTold

REGION = re.compile(r"\d{6}")
#: How far a device's clock may run ahead of ours before its time cannot be right.
AHEAD = timedelta(minutes=10)
#: What somebody says of himself, whoever writes it down.
OWN_WORD = frozenset({HowTold.SELF, HowTold.FROM_CHAT})
ANSWERS = ("in_town", "household_symptoms", "contact_risk_area", "contact_case")

IMPLAUSIBLE = msgid("%(value)s °C cannot be right; type what it says, from %(low)s to %(high)s.")
NO_SUCH_METHOD = msgid("Say where it was measured: %(codes)s.")
NO_SUCH_SYMPTOM = msgid("There is no symptom called %(code)s; choose from %(codes)s.")
NO_REGION = msgid("A region is written as six digits.")
HOME_IS_IN_TOWN = msgid("Told as out of town, but this region is in town.")
AWAY_IS_NOT = msgid("Told as in town, but this region lies in a key area.")
NOT_YET = msgid("The time of the reading lies ahead of the clock; look at the device's clock.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was told or measured once; None stands for what was not asked.

    No symptoms are told as none; `symptoms_known` says whether anybody asked at all.
    """

    taken_at: datetime
    temperature: Decimal | None = None
    method: str = ""
    symptoms: tuple[str, ...] = ()
    symptoms_known: bool = True
    in_town: bool | None = None
    region: str = ""
    household_symptoms: bool | None = None
    contact_risk_area: bool | None = None
    contact_case: bool | None = None
    same_as_yesterday: bool = False
    how: HowTold = HowTold.SELF
    device: str = ""


class Sheet:
    """A reading on its way through the door.

    The trail, which is never destroyed, names the check-in and repeats nothing of what was told.
    """

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        """Take the reading."""
        self.reading = reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A reading that was recorded before, as far as the next one asks of it."""

    id: UUID
    day: date
    taken_at: datetime
    temperature: Decimal | None
    method: str
    verdict: Verdict
    symptoms: tuple[str, ...]
    in_town: bool | None
    region: str
    household_symptoms: bool | None
    contact_risk_area: bool | None
    contact_case: bool | None
    same_as_yesterday: bool
    symptoms_known: bool = True


def verdict(temperature: Decimal | None, limits: Thresholds) -> Verdict:
    """Say what a temperature means; none, or one that is too low, is no valid reading."""
    if not limits.measured:
        return Verdict.NORMAL
    if temperature is None or temperature < limits.invalid_below:
        return Verdict.INVALID
    if temperature >= limits.fever_from:
        return Verdict.FEVER
    return Verdict.RECHECK if temperature > limits.recheck_above else Verdict.NORMAL


def counts(told: Reading, means: Verdict, before: Earlier | None, limits: Thresholds) -> bool:
    """Tell whether a reading replaces what was read before on the same day.

    One that was taken earlier and came in later does not. A fever that somebody told of himself
    stands until it is measured where the pack confirms it, or somebody else measures again; a
    chat is his own word, and a program's or a file's is a measurement only with a temperature.
    """
    if before is None:
        return True
    if told.taken_at < before.taken_at:
        return False
    if before.verdict is not Verdict.FEVER or means is Verdict.FEVER:
        return True
    measured = told.temperature is not None
    if told.how is HowTold.FROM_FILE:
        return measured
    return (measured and told.method == limits.confirm_method) or told.how not in OWN_WORD


def check(told: Reading, policy: Policy, now: datetime) -> None:
    """Refuse what cannot be right, or contradicts itself; lateness is never refused."""
    if told.taken_at > now + AHEAD:
        raise BadInput(NOT_YET, "taken_at")
    _check_temperature(told, policy)
    codes = tuple(each.code for each in policy.symptoms)
    for code in told.symptoms:
        if code not in codes:
            raise BadInput(NO_SUCH_SYMPTOM, "symptoms", code=code, codes=", ".join(codes))
    if told.region:
        _check_region(told, policy)


def _check_temperature(told: Reading, policy: Policy) -> None:
    if told.temperature is None:
        return
    limits = policy.thresholds
    if not limits.lowest <= told.temperature <= limits.highest:
        raise BadInput(
            IMPLAUSIBLE,
            "temperature",
            value=told.temperature,
            low=limits.lowest,
            high=limits.highest,
        )
    methods = tuple(each.code for each in policy.methods)
    unsaid = told.how is HowTold.FROM_CHAT and not told.method
    if told.method not in methods and not unsaid:
        raise BadInput(NO_SUCH_METHOD, "method", codes=", ".join(methods))


def _check_region(told: Reading, policy: Policy) -> None:
    if not REGION.fullmatch(told.region):
        raise BadInput(NO_REGION, "region")
    if told.in_town is False and told.region.startswith(policy.home):
        raise BadInput(HOME_IS_IN_TOWN, "region")
    if told.in_town and told.region.startswith(policy.key_areas):
        raise BadInput(AWAY_IS_NOT, "region")
