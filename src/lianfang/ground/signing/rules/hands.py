"""What somebody signs, what has changed in it since, and the names as a paper prints them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from lianfang.kernel.texts import msgid_in


class Heard(StrEnum):
    """How somebody learnt what another has decided."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    PAPER = "paper"


HEARD_WORDS: Mapping[Heard, str] = MappingProxyType(
    {
        Heard.IN_PERSON: msgid_in("signing", "in person"),
        Heard.PHONE: msgid_in("signing", "by phone"),
        Heard.PAPER: msgid_in("signing", "on paper"),
    }
)


#: A deputy, as he is named wherever he has signed.
FOR = msgid_in("signing", "%(name)s (for %(holder)s)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that stands in a paper, today and yesterday; what weighs more is named first."""

    label: str
    now: str
    before: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper says at this moment: the digest that is signed, and what it is made of.

    It is `over` where the paper has gone and waits for nobody any more.
    """

    digest: str
    values: Mapping[str, str]
    over: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that differs: what it is called, how it was and how it is."""

    label: str
    was: str
    now: str

    @property
    def by(self) -> str:
        """Return the difference with its sign, where both are numbers."""
        try:
            gap = Decimal(self.now) - Decimal(self.was)
        except InvalidOperation:
            return ""
        return f"+{gap}" if gap > 0 else f"\N{MINUS SIGN}{-gap}"


def changed(was: Mapping[str, str], now: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
    """Return what differs between what was signed and what stands: code, then and now."""
    codes = [*now, *(code for code in was if code not in now)]
    pairs = [(code, was.get(code, ""), now.get(code, "")) for code in codes]
    return [pair for pair in pairs if pair[1] != pair[2]]


def biggest(facts: Sequence[Fact], most: int = 3) -> Sequence[Moved]:
    """Return the biggest changes from yesterday: by weight, then by the share of what there was."""
    moved = [(fact.weight, Moved(fact.label, fact.before, fact.now)) for fact in facts]
    told = [(weight, size, each) for weight, each in moved if (size := _size(each)) is not None]
    return [each for *_, each in sorted(told, key=lambda one: (-one[0], -one[1]))[:most]]


def _size(moved: Moved) -> Decimal | None:
    """Weigh a change: what is new where nothing was counts most."""
    try:
        was, now = Decimal(moved.was), Decimal(moved.now)
    except InvalidOperation:
        return None
    return abs(now - was) / max(was, Decimal(1)) if now != was else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A name under a paper: of whom, in whose stead, who wrote it down and how it was heard."""

    part: str
    name: str
    at: datetime
    stead: str = ""
    recorder: str = ""
    heard: str = ""

    def plain(self) -> list[str]:
        """Return it as a frozen paper keeps it."""
        told = (self.part, self.name, self.at.isoformat(), self.stead, self.recorder, self.heard)
        return list(told)

    @classmethod
    def read(cls, told: Sequence[str]) -> "Hand":
        """Read it as a frozen paper kept it."""
        part, name, at, stead, recorder, heard = told
        return cls(
            part=part,
            name=name,
            at=datetime.fromisoformat(at),
            stead=stead,
            recorder=recorder,
            heard=heard,
        )


def hands_text(
    hands: Sequence[Hand], show: Callable[[datetime], str], words: Mapping[str, str]
) -> Mapping[str, str]:
    """Return, for each step, the names as a paper prints them: 李某（代王某） 16:52 代录：陈某."""
    found = {}
    for hand in hands:
        said = hand.name
        if hand.stead:
            said += words["stead"].replace("$name", hand.stead)
        said += f" {show(hand.at)}"
        if hand.recorder:
            said += words["recorded"].replace("$name", hand.recorder)
        found[hand.part] = said
    return found
