"""A policy pack: the values of one epidemic and time, and how they were amended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.leaf import Leaf
from lianfang.ground.response.rules.references import Numbers, fill
from lianfang.ground.response.rules.words import BadPack, NotInPack, Words
from lianfang.kernel.texts import msgid

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Values that hold from an instant on, and until another one where that is known."""

    title: Words
    valid_from: datetime
    valid_to: datetime | None
    sets: Mapping[str, Leaf]

    def holds(self, at: datetime) -> bool:
        """Tell whether the amendment is in force at an instant."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A value that a pack leaves open because nobody found it: what it would be, and why."""

    label: Words
    unit: str
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A policy pack as one value; what it says at an instant is `pack.at(instant)`."""

    id: str
    edition: int
    title: Words
    disease: Words
    parent: str
    valid_from: datetime
    valid_to: datetime | None
    levels: tuple[str, ...]
    authority: tuple[Words, ...]
    sections: Mapping[str, Words]
    leaves: Mapping[str, Leaf]
    amendments: tuple[Amendment, ...] = ()
    unknown: Mapping[str, Unknown] = field(default_factory=dict)
    since: datetime | None = None
    version: int = 0

    def at(self, instant: datetime) -> "Pack":
        """Return the pack as it holds at an instant: later amendments lie over earlier ones."""
        found = dict(self.leaves)
        for amendment in sorted(self.amendments, key=lambda each: each.valid_from):
            if amendment.holds(instant):
                found |= amendment.sets
        since = max((turn for turn in self.turns if turn <= instant), default=self.valid_from)
        return replace(self, leaves=MappingProxyType(found), since=since)

    @property
    def turns(self) -> tuple[datetime, ...]:
        """Return the instants at which an amendment begins or ends, in the order of time."""
        ends = {each.valid_to for each in self.amendments if each.valid_to is not None}
        return tuple(sorted({each.valid_from for each in self.amendments} | ends))

    def stretch(self, instant: datetime) -> int:
        """Return how many turns lie behind: between two of them the pack says the same."""
        return sum(1 for turn in self.turns if turn <= instant)

    def numbered(self, version: int) -> "Pack":
        """Return the pack under the version number that decisions keep."""
        return replace(self, version=version)

    @property
    def left_open(self) -> Mapping[str, Unknown]:
        """Return what is still not known, to be said by the group."""
        return {path: told for path, told in self.unknown.items() if path not in self.leaves}

    def has(self, path: str) -> bool:
        """Tell whether the pack says anything about a value."""
        return path in self.leaves

    def leaf(self, path: str) -> Leaf:
        """Return a value with its unit, source and mark."""
        try:
            return self.leaves[path]
        except KeyError:
            raise NotInPack(
                msgid("The policy pack in force does not say %(path)s."), path=path
            ) from None

    def value(self, path: str) -> object:
        """Return a bare value, with the numbers that its texts refer to written in."""
        return fill(self.leaf(path).value, self.written)

    def number(self, path: str) -> Decimal:
        """Return a number: a temperature, a percentage, a concentration."""
        return self._read(path, leaves.number)

    def whole(self, path: str) -> int:
        """Return a whole number of days, minutes or heads."""
        return self._read(path, _whole)

    def flag(self, path: str) -> bool:
        """Return a yes or no; what the pack does not mention is no."""
        return self.has(path) and self._read(path, _flag)

    def text(self, path: str) -> str:
        """Return a single word or sentence."""
        return self._read(path, _text)

    def time(self, path: str) -> time:
        """Return a time of day."""
        return self._read(path, leaves.clock_time)

    def day(self, path: str) -> date:
        """Return a day."""
        return self._read(path, leaves.day)

    def instant(self, path: str) -> datetime:
        """Return an instant."""
        return self._read(path, leaves.instant)

    def span(self, path: str) -> timedelta:
        """Return a length of time, by the unit in which the pack states it."""
        unit = self.leaf(path).unit
        if unit not in leaves.SPANS:
            raise _other(path)
        return leaves.SPANS[unit] * float(self.number(path))

    def texts(self, path: str) -> tuple[str, ...]:
        """Return a list of codes."""
        return tuple(str(each) for each in self._read(path, _list))

    def entries(self, path: str) -> tuple[Mapping[str, object], ...]:
        """Return a list of records: questions, classes, rules, steps of a ladder."""
        return tuple(self._read(path, _records))

    def written(self) -> Numbers:
        """Return the numbers that a text of the pack may refer to."""
        return {
            path: leaf.value
            for path, leaf in self.leaves.items()
            if isinstance(leaf.value, int | float) and not isinstance(leaf.value, bool)
        }

    def _read(self, path: str, reader: Callable[[object], T]) -> T:
        try:
            return reader(self.value(path))
        except (TypeError, ValueError) as wrong:
            raise _other(path) from wrong


def _other(path: str) -> BadPack:
    return BadPack(msgid("%(path)s in the policy pack is of another kind."), path=path)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _records(value: object) -> Sequence[Mapping[str, object]]:
    found = _list(value)
    if not all(isinstance(each, Mapping) for each in found):
        raise TypeError
    return [each for each in found if isinstance(each, Mapping)]
