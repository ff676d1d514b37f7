"""What a line of a 接龙 says and why it is asked about (`{% load chat %}`)."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules import Policy
from lianfang.people.checkins.rules.chat import Answers, Line, Sort
from lianfang.people.checkins.rules.regions import called
from lianfang.people.checkins.templatetags.checkins import celsius, named

register = template.Library()

WHY_WHO: Mapping[Sort, str] = {
    Sort.DOUBTFUL: msgid("Who is meant?"),
    Sort.NAMESAKES: msgid("Several have this name. Who is meant?"),
    Sort.ELSEWHERE: msgid("Nobody here has this name; in another unit somebody has. Who is meant?"),
    Sort.NOBODY: msgid("Nobody here is called so. Who is meant?"),
}
FOREIGN_PHONE = msgid("The telephone number is not the one that is registered. Who is meant?")
SAME = msgid("“As above”: what holds for this person?")
TOGETHER = msgid("Several names, one answer: does it hold for this person?")
EARLIER = msgid("A symptom of an earlier day: how is it today?")
CONTRADICTS = msgid("Two things that do not go together: what holds?")
HEAVY = msgid("A remark that matters: read it, then say what is recorded.")
SEVERAL = msgid("Several temperatures: which one holds?")
NO_TEMPERATURE = msgid("This is no temperature as it stands: what is recorded?")
ANSWERED = (
    ("household_symptoms", msgid("symptoms at home"), msgid("no symptoms at home")),
    (
        "contact_risk_area",
        msgid("met people from a key area"),
        msgid("met nobody from a key area"),
    ),
    ("contact_case", msgid("met a case"), msgid("met no case")),
)


@register.filter
def answered(told: Answers, policy: Policy) -> str:
    """Write in one line what would be recorded; what was not said is not there."""
    said: list[str] = []
    if told.temperature is not None:
        said.append(celsius(told.temperature))
    if told.symptoms is not None:
        said += [named(policy.symptoms, code) for code in told.symptoms] or [gettext("no symptoms")]
    if told.in_town is not None:
        said.append(gettext("in town") if told.in_town else _away(told.region))
    for name, yes, no in ANSWERED:
        value = getattr(told, name)
        if value is not None:
            said.append(gettext(yes if value else no))
    return " · ".join(said) or gettext("answered, without a number")


def _away(region: str) -> str:
    place = called(region) if region else ""
    return (
        gettext("out of town (%(place)s)") % {"place": place} if place else gettext("out of town")
    )


@register.filter
def why_who(line: Line) -> str:
    """Say why it is not clear whom a line means."""
    return gettext(FOREIGN_PHONE if line.foreign_phone else WHY_WHO[line.match.sort])


@register.filter
def why_what(line: Line) -> str:
    """Say why it is not clear what a line says."""
    told = line.entry.told
    whys = (
        (told.same, SAME),
        (told.shared, TOGETHER),
        (bool(told.earlier), EARLIER),
        (told.contradicts, CONTRADICTS),
        (told.heavy, HEAVY),
        (len(told.temperatures) > 1, SEVERAL),
    )
    return gettext(next((why for true, why in whys if true), NO_TEMPERATURE))
