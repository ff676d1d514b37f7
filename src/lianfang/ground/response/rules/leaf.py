"""One value of a pack: what it is, in which unit, from which source and how sure we are."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from lianfang.ground.response.rules.words import NO_WORDS, BadPack, Words, plain, words
from lianfang.kernel.texts import msgid

COMPULSORY = ("value", "unit", "source", "mark")
KEYS = frozenset({*COMPULSORY, "label", "note", "say", "stricter"})
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Mark(StrEnum):
    """How sure we are of a value."""

    FOUND = "F"
    MEMORY = "M"
    DEFAULT = "D"
    OWN = "U"


class Stricter(StrEnum):
    """In which direction a unit may tighten a value."""

    LOWER = "lower"
    HIGHER = "higher"
    EARLIER = "earlier"
    LATER = "later"
    SUPERSET = "superset"
    ON = "on"


#: The units of measure in which a value can stand; "1" is a plain word, number, list or yes/no.
SPANS: Mapping[str, timedelta] = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
UNITS = frozenset({*SPANS, "1", "°C", "time", "date", "instant", "mg/L", "m²", "%", "person", "m"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A value with all that a reader needs in order to trust it or not."""

    value: object
    unit: str
    source: Words
    mark: Mark
    label: Words = NO_WORDS
    note: Words = NO_WORDS
    say: Words = NO_WORDS
    stricter: Stricter | None = None


def is_leaf(told: object) -> bool:
    """Tell a value from a group of values."""
    return isinstance(told, Mapping) and "value" in told


def read(path: str, told: object) -> Leaf:
    """Read one value, or say by its path what is missing or wrong."""
    if not isinstance(told, Mapping) or not is_leaf(told):
        raise BadPack(
            msgid("%(path)s: write it as value, unit, source and mark."), "content", path=path
        )
    strange = [str(key) for key in told if key not in KEYS]
    if strange:
        raise BadPack(
            msgid("%(path)s: nothing is called %(key)s here."), "content", path=path, key=strange[0]
        )
    missing = [word for word in COMPULSORY if word not in told or told[word] in ("", {})]
    if missing:
        raise BadPack(
            msgid("%(path)s: %(word)s is missing."), "content", path=path, word=missing[0]
        )
    leaf = Leaf(
        value=told["value"],
        unit=measure(path, str(told["unit"])),
        source=words(told["source"]),
        mark=_mark(path, str(told["mark"])),
        label=words(told.get("label")),
        note=words(told.get("note")),
        say=words(told.get("say")),
        stricter=_stricter(path, told.get("stricter")),
    )
    _fits(path, leaf)
    return leaf


def write(leaf: Leaf) -> dict[str, object]:
    """Write a value as it stands in a pack."""
    told: dict[str, object] = {
        "value": leaf.value,
        "unit": leaf.unit,
        "source": plain(leaf.source),
        "mark": leaf.mark.value,
    }
    said = {"label": leaf.label, "note": leaf.note, "say": leaf.say}
    told |= {key: plain(each) for key, each in said.items() if each}
    if leaf.stricter is not None:
        told["stricter"] = leaf.stricter.value
    return told


def number(value: object) -> Decimal:
    """Return a number exactly as it is written."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError
    return Decimal(str(value))


def clock_time(value: object) -> time:
    """Return a time of day written as 16:00."""
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        raise ValueError
    return time.fromisoformat(value)


def day(value: object) -> date:
    """Return a day written as 2020-01-31."""
    if not isinstance(value, str):
        raise TypeError
    return date.fromisoformat(value)


def instant(value: object) -> datetime:
    """Return an instant written with its offset, as 2020-02-10T00:00:00+08:00."""
    if not isinstance(value, str):
        raise TypeError
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError
    return found


#: How the value of a unit of measure is read; the other units take a number.
READERS: Mapping[str, Callable[[object], object]] = {
    "1": lambda value: value,
    "time": clock_time,
    "date": day,
    "instant": instant,
}


def _fits(path: str, leaf: Leaf) -> None:
    reader = READERS.get(leaf.unit, number)
    for value in leaf.value if isinstance(leaf.value, list) else [leaf.value]:
        try:
            reader(value)
        except (TypeError, ValueError) as wrong:
            raise BadPack(
                msgid("%(path)s: %(value)s is not a value in %(unit)s."),
                "content",
                path=path,
                value=str(value),
                unit=leaf.unit,
            ) from wrong


def measure(path: str, told: str) -> str:
    """Return a unit of measure if there is such a one."""
    if told not in UNITS:
        raise BadPack(
            msgid("%(path)s: %(unit)s is not a unit of measure."), "content", path=path, unit=told
        )
    return told


def _mark(path: str, told: str) -> Mark:
    try:
        return Mark(told)
    except ValueError as wrong:
        raise BadPack(
            msgid("%(path)s: the mark is F (found), M (from memory), D (our default) or U."),
            "content",
            path=path,
        ) from wrong


def _stricter(path: str, told: object) -> Stricter | None:
    if told is None:
        return None
    try:
        return Stricter(str(told))
    except ValueError as wrong:
        raise BadPack(
            msgid("%(path)s: stricter is lower, higher, earlier, later, superset or on."),
            "content",
            path=path,
        ) from wrong
