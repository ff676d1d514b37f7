"""Words in two languages, and the sentences by which a pack is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.kernel.refusals import BadInput


class BadPack(BadInput):
    """A policy pack does not have the shape that every rule relies on."""


class NotInPack(BadInput):
    """A rule asked for a value that the policy pack in force does not have."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and in English; data of a pack, not of the catalogues."""

    zh: str = ""
    en: str = ""

    def say(self, language: str) -> str:
        """Return the words in a language, in the other one when they are not told in it."""
        first, second = (self.zh, self.en) if language.startswith("zh") else (self.en, self.zh)
        return first or second

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


NO_WORDS = Words()


def words(told: object) -> Words:
    """Read words that are told in both languages, or once for both."""
    if isinstance(told, Mapping):
        return Words(str(told.get("zh") or ""), str(told.get("en") or ""))
    return Words(str(told), str(told)) if told is not None else NO_WORDS


def plain(found: Words) -> dict[str, str]:
    """Write words as they stand in a pack."""
    return {"zh": found.zh, "en": found.en}
