"""How codes are called in the language of the reader: those of the house, those of the pack."""

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext

from lianfang.people.register.rules.policy import Choice, Policy
from lianfang.people.register.rules.wording import WORDS

Choices = list[tuple[str, str | Promise]]


def word(context: str, code: str) -> str:
    """Return how a code of one of the house's lists is called; nothing for none."""
    known = WORDS[context].get(code, "")
    return pgettext(context, known) if known else code


def choices(context: str, empty: str | Promise = "", *, only: tuple[str, ...] = ()) -> Choices:
    """Return the words of a list in its order, with a first choice of none where one is named."""
    listed: Choices = [
        (code, word(context, code)) for code in WORDS[context] if not only or code in only
    ]
    return [("", empty), *listed] if empty else listed


def said(policy: Policy, code: str) -> str:
    """Return how the pack calls a movement class, a transport or a kind of history."""
    return policy.words_of(code).say(get_language() or "") if code else ""


def pack_choices(listed: tuple[Choice, ...], empty: str | Promise = "") -> Choices:
    """Return a list of the pack as choices."""
    language = get_language() or ""
    found: Choices = [(each.code, each.words.say(language)) for each in listed]
    return [("", empty), *found] if empty else found
