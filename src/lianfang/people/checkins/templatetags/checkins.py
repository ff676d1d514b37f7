"""Words of the pack and of check-ins in the reader's language (`{% load checkins %}`)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import template
from django.utils.translation import get_language, gettext, pgettext

from lianfang.ground.response.rules import Words
from lianfang.kernel.texts import msgid, msgid_in
from lianfang.people.checkins.rules import (
    CHANNEL_WORDS,
    NEXT_WORDS,
    OUTCOME_WORDS,
    VERDICT_WORDS,
)
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import HowTold, Population
from lianfang.people.screening.rules import WORDS, Status

register = template.Library()

GLYPHS: Mapping[str, str] = {
    Status.MAY_ENTER: "ok",
    Status.CHECK_FIRST: "warn",
    Status.NOT_NOW: "bad",
    Status.UNKNOWN: "none",
    "normal": "ok",
    "recheck": "warn",
    "fever": "bad",
    "invalid": "none",
}
CODED: Mapping[str, str] = {
    str(code): words
    for listed in (CHANNEL_WORDS, NEXT_WORDS, OUTCOME_WORDS, VERDICT_WORDS, WORDS)
    for code, words in listed.items()
} | {
    Population.STAFF.value: msgid("Staff"),
    Population.ON_SITE.value: msgid("On site"),
    "all": msgid("All readings"),
    "abnormal": msgid("Not normal"),
    "symptoms": msgid("With symptoms"),
}
HOW: Mapping[str, str] = {
    HowTold.SELF: msgid_in("told", "by the person"),
    HowTold.IN_PERSON: msgid_in("told", "in person"),
    HowTold.BY_PHONE: msgid_in("told", "by phone"),
    HowTold.FROM_CHAT: msgid_in("told", "from the chat"),
    HowTold.BY_RELATIVE: msgid_in("told", "by a relative"),
    HowTold.FROM_FILE: msgid_in("told", "by a program or file"),
}


@register.filter
def say(words: Words | str) -> str:
    """Say words of the pack in the reader's language, or translate a sentence of ours."""
    if isinstance(words, Words):
        return words.say(get_language() or "")
    return gettext(words) if words else ""


@register.filter
def coded(code: str) -> str:
    """Say what a code means: a verdict, a status, an outcome, a next step."""
    return gettext(CODED[str(code)]) if str(code) in CODED else str(code)


@register.filter
def sign(code: str) -> str:
    """Return the shape of a status or verdict: ok, warn, bad, none."""
    return GLYPHS.get(code, "none")


@register.filter
def how(code: str) -> str:
    """Say how something was learnt."""
    return pgettext("told", HOW[HowTold(code)])


@register.filter
def celsius(value: Decimal | None) -> str:
    """Write a temperature; what could not be measured is said."""
    return (
        gettext("%(value)s °C") % {"value": value} if value is not None else gettext("No reading")
    )


@register.filter
def named(choices: object, code: str) -> str:
    """Return the word of a code from a list of the pack."""
    for each in choices if isinstance(choices, tuple) else ():
        if each.code == code:
            return say(each.words)
    return code


@register.filter
def listed(told: Sequence[Words | str]) -> str:
    """Say several words one after the other."""
    return pgettext("list", ", ").join(say(each) for each in told)


@register.filter
def belongs(person: Person) -> str:
    """Write where somebody belongs: unit, stall or department, number."""
    number = gettext("No. %(number)s") % {"number": person.person_no} if person.person_no else ""
    place = str(person.stall) if person.stall else person.department
    return " · ".join(part for part in (str(person.unit), place, number) if part)


@register.filter
def get(told: Mapping[str, str], name: str) -> str:
    """Return what is chosen under a name."""
    return told.get(name, "")
