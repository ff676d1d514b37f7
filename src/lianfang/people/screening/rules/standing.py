"""Where a person stands: the status with its reasons in words, the rule and the pack behind it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.ground.response.rules import Pack, Words
from lianfang.kernel.texts import msgid
from lianfang.people.screening.rules.screen import MISSING, Rule, rule
from lianfang.people.screening.rules.words import Status

RULES, OTHERWISE = "screening.rules", "screening.otherwise"
#: What is said where a fact is not known; a name that is not listed is shown as it is.
GAPS: Mapping[str, str] = {
    "in_town": msgid("Nobody told whether in town"),
    "temperature": msgid("No temperature is known"),
    "symptoms_any": msgid("Nobody asked for symptoms"),
    "household_symptoms": msgid("Nobody asked for symptoms at home"),
    "checked_in_today": msgid("Nothing is known of a check-in"),
    "pack": msgid("No policy pack is in force"),
    "decision": msgid("Nothing had been decided by then"),
}


class Standing(NamedTuple):
    """What holds of a person at an instant; `reasons` are codes.

    A tuple and no dataclass: a million of them are made in half the time.
    """

    person: UUID
    status: Status
    reasons: tuple[str, ...]
    rule: str
    pack_id: str
    pack_version: int
    as_of: datetime
    facts: Mapping[str, object]


def unknown(person: UUID, at: datetime, gap: str) -> Standing:
    """Return the standing of somebody of whom nothing can be said, and what is missing."""
    return Standing(
        person=person,
        status=Status.UNKNOWN,
        reasons=(MISSING + gap,),
        rule="",
        pack_id="",
        pack_version=0,
        as_of=at,
        facts={},
    )


def rules_of(pack: Pack) -> tuple[tuple[Rule, ...], Status]:
    """Read the rules of a pack, and what holds when none of them does."""
    told = pack.entries(RULES) if pack.has(RULES) else ()
    otherwise = pack.text(OTHERWISE) if pack.has(OTHERWISE) else Status.UNKNOWN
    return tuple(rule(each) for each in told), Status(otherwise)


def reason_words(pack: Pack | None, code: str) -> Words | str:
    """Return a reason in the words of the pack, or as a msgid for what is not known."""
    if code.startswith(MISSING):
        name = code.removeprefix(MISSING)
        return GAPS.get(name, name)
    rules = rules_of(pack)[0] if pack is not None else ()
    found = next((each for each in rules if each.code == code), None)
    return Words(found.zh, found.en) if found else Words(code, code)
