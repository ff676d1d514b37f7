"""What is asked today, what may be the same as yesterday, and what an answer newly tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules.policy import Policy, Question, Thresholds
from lianfang.people.checkins.rules.readings import ANSWERS, Earlier, Reading
from lianfang.people.register.rules.words import History

ANSWER_ANEW = msgid("It is time to answer the questions anew; nothing is taken from yesterday.")
TENTH = Decimal("0.1")
KEYS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put today: with the answer of last time, or anew."""

    question: Question
    anew: bool


@dataclass(frozen=True, slots=True)
class Pad:
    """The keys for a temperature: low ones, those in one tap, high ones; none is prefilled."""

    low: tuple[Decimal, ...]
    keys: tuple[Decimal, ...]
    high: tuple[Decimal, ...]


def pad(limits: Thresholds) -> Pad:
    """Lay out the keys: the dozen below a fever in one tap each, the rest behind one more."""
    if not limits.measured:
        return Pad((), (), ())
    first = limits.fever_from - KEYS * TENTH
    return Pad(
        low=_steps(limits.lowest, first),
        keys=_steps(first, limits.fever_from),
        high=_steps(limits.fever_from, limits.highest + TENTH),
    )


def last(earlier: Iterable[Earlier]) -> Earlier | None:
    """Return the latest of some readings."""
    return max(earlier, key=lambda each: (each.taken_at, each.id), default=None)


def may_carry(earlier: Sequence[Earlier], day: date, policy: Policy) -> bool:
    """Tell whether today's answers may be those of last time: only for so many days on end."""
    answered = [each.day for each in earlier if not each.same_as_yesterday and each.day <= day]
    return bool(answered) and (day - max(answered)).days <= policy.same_days


def asked(earlier: Sequence[Earlier], day: date, policy: Policy) -> tuple[Asked, ...]:
    """Return the questions of today and which of them are put anew."""
    carry, before = may_carry(earlier, day, policy), last(earlier)
    return tuple(
        Asked(each, each.every_day or not carry or not _answered(before, each.code))
        for each in policy.questions
    )


def check_same(told: Reading, earlier: Sequence[Earlier], day: date, policy: Policy) -> None:
    """Refuse "same as yesterday" where there is nothing to be the same as, or for too long."""
    if told.same_as_yesterday and not may_carry(earlier, day, policy):
        raise BadInput(ANSWER_ANEW, "same_as_yesterday")


def history_told(told: Reading, before: Earlier | None) -> tuple[History, ...]:
    """Return the history that an answer newly tells: a yes that was no yes before.

    A yes that goes on for days tells nothing new, or the look-back would never end. A no takes
    nothing back: what was told once is withdrawn by somebody who has asked.
    """
    found: list[History] = []
    if told.contact_risk_area and not (before and before.contact_risk_area):
        found.append(History.PEOPLE_FROM_THERE)
    if told.contact_case and not (before and before.contact_case):
        found.append(History.CASE)
    return tuple(found)


def _answered(before: Earlier | None, code: str) -> bool:
    if before is None:
        return False
    if code in ANSWERS:
        return getattr(before, code) is not None
    return before.symptoms_known


def _steps(low: Decimal, end: Decimal) -> tuple[Decimal, ...]:
    return tuple(low + step * TENTH for step in range(max(int((end - low) / TENTH), 0)))
