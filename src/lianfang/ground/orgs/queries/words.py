"""How codes are called in the language of the reader."""

from django.utils.functional import Promise
from django.utils.translation import pgettext

from lianfang.ground.orgs.rules.words import WORDS

Choices = list[tuple[str, str | Promise]]


def word(context: str, code: str) -> str:
    """Return how a kind, sector, state or post is called."""
    return pgettext(context, WORDS[context][code])


def choices(context: str, every: str | Promise = "") -> Choices:
    """Return the words of a list in its order; `every` is the choice of them all, for a filter."""
    listed: Choices = [(code, word(context, code)) for code in WORDS[context]]
    return [("", every), *listed] if every else listed
