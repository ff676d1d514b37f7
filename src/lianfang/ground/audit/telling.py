"""The trail's words in the language of the reader."""

from django.utils.translation import gettext, pgettext

from lianfang.ground.audit.rules.words import NAMELESS, REFUSALS, WAYS, WORDS
from lianfang.ground.doors.act import ACTS


def act_in_words(act: str) -> str:
    """Return what was done; an act that has no words yet is told by its purpose."""
    if act in WORDS:
        return pgettext("act", WORDS[act])
    purpose = str(ACTS[act].service.__doc__ or "") if act in ACTS else ""
    return gettext(purpose.partition(";")[0].strip().rstrip(".")) if purpose else act


def choices() -> list[tuple[str, str]]:
    """Return the acts that the trail may tell of, each in words, in the order of their names."""
    return [(act, act_in_words(act)) for act in sorted({*WORDS, *ACTS})]


def nameless(who: str) -> str:
    """Return what somebody is called whose name is not known."""
    kind = who.partition(":")[0]
    return pgettext("who acts", NAMELESS[kind]) if kind in NAMELESS else who


def way(via: str) -> str:
    """Return by which way somebody came in."""
    sort = via.partition(":")[0]  # a workbook names itself behind its way in
    return pgettext("way in", WAYS[sort]) if sort in WAYS else via


def refusal(kind: str) -> str:
    """Return why something was refused; nothing if it was not."""
    return pgettext("refusal", REFUSALS[kind]) if kind in REFUSALS else kind
