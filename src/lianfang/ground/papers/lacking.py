"""Characters that no face draws: a mark stands where they belong, and a note names each of them."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: The mark of the trade for a character that the case does not hold (空铅).
MARK = "〓"
#: How much of a word is shown on either side of what it lacks.
BESIDE = 6
JOINS = "·•・-'"
VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@dataclass(frozen=True, slots=True)
class Lack:
    """A character that cannot be drawn, and the word in which it stands."""

    letter: str
    word: str

    @property
    def code(self) -> str:
        """Return the character's number, by which it can be looked up."""
        return f"U+{ord(self.letter):04X}"

    @property
    def marked(self) -> str:
        """Return the word as it is printed."""
        return self.word.replace(self.letter, MARK)


def lacks(told: object, drawn: frozenset[int]) -> Sequence[Lack]:
    """Return what cannot be drawn, each character of each word once, in the texts' order."""
    found = [
        Lack(letter, _word(text, at))
        for text in texts_of(told)
        for at, letter in enumerate(text)
        if _missing(letter, drawn)
    ]
    return list(dict.fromkeys(found))


def marked(told: object, drawn: frozenset[int]) -> object:
    """Return the same with marks for what cannot be drawn, and without what is never seen."""
    if isinstance(told, str):
        return "".join(
            MARK if _missing(letter, drawn) else letter for letter in told if _seen(letter)
        )
    if isinstance(told, Mapping):
        return {key: marked(part, drawn) for key, part in told.items()}
    if isinstance(told, Sequence):
        return [marked(part, drawn) for part in told]
    return told


def written(text: str) -> str:
    """Return a text as a file can hold it: without control characters, lines and tabs kept."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")


def texts_of(told: object) -> Iterator[str]:
    """Yield every text of a value, however deep it lies."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for part in told.values():
            yield from texts_of(part)
    elif isinstance(told, Sequence):
        for part in told:
            yield from texts_of(part)


def _missing(letter: str, drawn: frozenset[int]) -> bool:
    return ord(letter) not in drawn and not letter.isspace() and _seen(letter)


def _seen(letter: str) -> bool:
    """Tell whether a character leaves ink or room: joiners and controls do not."""
    if letter == "\n":
        return True
    hidden = unicodedata.category(letter) in {"Cc", "Cf"}
    return not hidden and not any(ord(letter) in span for span in VARIANTS)


def _word(text: str, at: int) -> str:
    first, last = at, at + 1
    while first > max(0, at - BESIDE) and _inside(text[first - 1]):
        first -= 1
    while last < min(len(text), at + BESIDE) and _inside(text[last]):
        last += 1
    return text[first:last]


def _inside(letter: str) -> bool:
    if letter in JOINS:
        return True
    return not letter.isspace() and not unicodedata.category(letter).startswith("P")
