"""What a figure is, its four values that are never shown alike, and how values add up.

A number (zero included), *unknown* (asked and not told), *not applicable* and *not asked* are kept
apart. A sum of numbers and unknowns is the number with the count of what is missing beside it;
what is not applicable or was not asked is not missing from it. Without any number a sum is
unknown when something is unknown, else not asked, else not applicable.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from uuid import UUID

from lianfang.kernel import tree
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

Number = int | Decimal
TEXT_LENGTH, SOURCE_LENGTH, PLACES = 200, 120, 2
LARGEST = Decimal(10) ** 12


class State(StrEnum):
    """Which of the four values a figure has."""

    NUMBER = "number"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"


class Source(StrEnum):
    """Whether a figure was counted from facts or typed where no app counts it yet."""

    DERIVED = "derived"
    TYPED = "typed"


class Kind(StrEnum):
    """What is typed for a figure."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the register: label, definition (口径), measure, and who counts it."""

    code: str
    label: str
    definition: str
    unit_of_measure: str
    additive: bool
    section: str
    order: int
    family: str | None = None
    kind: Kind = Kind.WHOLE


@dataclass(frozen=True, slots=True)
class Override:
    """What somebody put in place of a derived value, and why."""

    value: Number | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a figure at one place; `missing` counts the parts that are unknown."""

    value: Number | None
    state: State
    source: Source
    derived: Number | None = None
    override: Override | None = None
    text: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed."""

    state: State
    value: Number | None = None
    text: str = ""


UNKNOWN, NOT_ASKED = Told(State.UNKNOWN), Told(State.NOT_ASKED)
NOWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as figures see it."""

    id: UUID
    path: str
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """From a day on an app is in use at a unit and below, or no longer."""

    path: str
    app: str
    in_use: bool
    valid_from: date


def total(values: Iterable[Value]) -> Value:
    """Add the values of several places; the order and the grouping do not matter."""
    found: Number | None = None
    states: set[State] = set()
    sources: set[Source] = set()
    missing = 0
    for each in values:
        states.add(each.state)
        missing += each.missing
        if each.source is Source.DERIVED or each.state is not State.NOT_ASKED:
            sources.add(each.source)
        if each.value is not None:
            found = each.value if found is None else found + each.value
    source = Source.DERIVED if sources == {Source.DERIVED} else Source.TYPED
    derived = found if source is Source.DERIVED else None
    return Value(found, _state(states), source, derived, missing=missing)


def _state(states: Collection[State]) -> State:
    for state in (State.NUMBER, State.UNKNOWN, State.NOT_ASKED):
        if state in states:
            return state
    return State.NOT_APPLICABLE


def using(
    places: Iterable[Place], adopted: Iterable[Adopted], app: str, *, default: bool
) -> frozenset[UUID]:
    """Return where an app is in use: the nearest unit above that says so decides."""
    says = {
        each.path: each.in_use
        for each in sorted(adopted, key=lambda each: each.valid_from)
        if each.app == app
    }
    if not says:
        return frozenset(place.id for place in places) if default else frozenset()

    def decided(path: str) -> bool:
        lines = reversed(tree.ancestors(path))
        return next((says[line] for line in lines if line in says), default)

    return frozenset(place.id for place in places if decided(place.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of all units on a day, as known at an instant; sums are made when asked for."""

    day: date
    as_of: datetime
    register: Mapping[str, Figure]
    places: Sequence[Place]
    index: Mapping[UUID, int]
    counted: Mapping[str, Mapping[UUID, Number | State]]
    derived_at: Mapping[str, frozenset[UUID]]
    typed: Mapping[str, Mapping[UUID, Told]]
    asked: frozenset[UUID]
    silent: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def is_silent(self, unit: UUID, code: str) -> bool:
        """Tell whether the policy asks nobody at a unit and below it for a figure."""
        off = self.silent.get(code, NOWHERE)
        return bool(off) and self._ids(unit) <= off

    def own(self, unit: UUID, code: str) -> Value:
        """Return a unit's own value, without what stands below it."""
        family = self.register[code].family
        if unit in self.silent.get(code, NOWHERE):
            return Value(None, State.NOT_ASKED, Source.DERIVED if family else Source.TYPED)
        if family is not None and unit in self.derived_at.get(family, frozenset()):
            return _counted(self.counted.get(code, {}).get(unit, 0))
        told = self.typed.get(code, {}).get(unit)
        return _told(told or (UNKNOWN if unit in self.asked else NOT_ASKED))

    def total(self, unit: UUID, code: str) -> Value:
        """Return a unit's value with all that stands below it; its own where nothing adds up."""
        return self._total(unit, self._ids(unit), code)

    def of(self, unit: UUID) -> Mapping[str, Value]:
        """Return every figure of a unit with all that stands below it."""
        below = self._ids(unit)
        return {code: self._total(unit, below, code) for code in self.register}

    def below(self, unit: UUID) -> Sequence[Place]:
        """Return the places of a unit's subtree, the unit itself first."""
        begin = self.index[unit]
        after = tree.after(self.places[begin].path)
        end = bisect_left(self.places, after, lo=begin, key=lambda place: place.path)
        return self.places[begin:end]

    def _ids(self, unit: UUID) -> frozenset[UUID]:
        return frozenset(place.id for place in self.below(unit))

    def _total(self, unit: UUID, below: frozenset[UUID], code: str) -> Value:
        if not self.register[code].additive:
            return self.own(unit, code)
        family, off = self.register[code].family, self.silent.get(code, NOWHERE)
        if off:
            below -= off
        if not below:
            return Value(None, State.NOT_ASKED, Source.DERIVED if family else Source.TYPED)
        derived = below & self.derived_at.get(family, NOWHERE) if family else NOWHERE
        return total((*self._counted(derived, code), *self._typed(below - derived, code)))

    def _counted(self, units: frozenset[UUID], code: str) -> Iterator[Value]:
        """Return what an app counted at these places, plain numbers added up already."""
        if units:
            found = self.counted.get(code, {})
            values = [found[unit] for unit in found.keys() & units]
            states = [each for each in values if isinstance(each, State)]
            yield from (_counted(state) for state in states)
            if len(states) < len(units):
                yield _counted(sum(each for each in values if not isinstance(each, State)))

    def _typed(self, units: frozenset[UUID], code: str) -> Iterator[Value]:
        """Return what was typed at these places; who was asked and told nothing is unknown."""
        found = self.typed.get(code, {})
        told = found.keys() & units
        yield from (_told(found[unit]) for unit in told)
        silent = len((self.asked & units) - told)
        if silent:
            yield Value(None, State.UNKNOWN, Source.TYPED, missing=silent)
        if len(told) + silent < len(units):
            yield _told(NOT_ASKED)


def _told(told: Told) -> Value:
    missing = 1 if told.state is State.UNKNOWN else 0
    return Value(told.value, told.state, Source.TYPED, text=told.text, missing=missing)


def _counted(found: Number | State) -> Value:
    if isinstance(found, State):
        return Value(None, found, Source.DERIVED, missing=1 if found is State.UNKNOWN else 0)
    return Value(found, State.NUMBER, Source.DERIVED, found)


def read(figure: Figure, text: str, state: State = State.NUMBER) -> Told:
    """Read what was typed for a figure, or say what is wrong with it."""
    if state is not State.NUMBER:
        return Told(state)
    plain = text.strip()
    if not plain:
        raise BadInput(msgid("Type a value, or say why there is none."), "value")
    if figure.kind is Kind.TEXT:
        if len(plain) > TEXT_LENGTH:
            raise BadInput(msgid("Not more than 200 characters."), "value")
        return Told(State.NUMBER, None, plain)
    return Told(State.NUMBER, _number(figure, plain))


def _number(figure: Figure, plain: str) -> Number:
    try:
        found = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise BadInput(msgid("%(value)s is not a number."), "value", value=plain) from None
    if not found.is_finite() or not 0 <= found < LARGEST:
        raise BadInput(msgid("%(value)s is not a number from zero up."), "value", value=plain)
    if figure.kind is Kind.WHOLE:
        if found != found.to_integral_value():
            raise BadInput(msgid("%(value)s is not a whole number."), "value", value=plain)
        return int(found)
    if found != round(found, PLACES):
        raise BadInput(msgid("%(value)s has more than two decimal places."), "value", value=plain)
    return found


def plain(number: Number | None) -> int | float | None:
    """Write a number as JSON does: whole numbers without a point."""
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)
