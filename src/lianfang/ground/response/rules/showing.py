"""How a value of a pack reads on a page, and how a typed text becomes a value again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum

import yaml

from lianfang.ground.response.rules import files
from lianfang.ground.response.rules.leaf import Leaf, instant
from lianfang.ground.response.rules.words import BadPack, Words
from lianfang.kernel.texts import msgid

YES = frozenset({"yes", "true", "1", "是", "有"})
NO = frozenset({"no", "false", "0", "否", "无"})
UNIT_WORDS = {
    "min": msgid("min"),
    "h": msgid("hours"),
    "d": msgid("days"),
    "person": msgid("persons"),
}
STRICTER_WORDS = {
    "lower": msgid("stricter when lower"),
    "higher": msgid("stricter when higher"),
    "earlier": msgid("stricter when earlier"),
    "later": msgid("stricter when later"),
    "superset": msgid("stricter with more of them"),
    "on": msgid("may be switched on"),
}


class Shape(StrEnum):
    """How a value is laid out."""

    TEXT = "text"
    YES_NO = "yes_no"
    NOTHING = "nothing"
    INSTANT = "instant"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a list: its words, and what else is said of it."""

    words: str
    rest: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page lays it out; `unit` is a msgid or a sign such as °C, `code` a bare code."""

    shape: Shape
    text: str = ""
    code: str = ""
    flag: bool = False
    at: datetime | None = None
    records: tuple[Record, ...] = ()
    unit: str = ""


def show(leaf: Leaf, language: str, value: object = None) -> Shown:
    """Lay out a value of a pack, or the same value with its references filled in."""
    value = leaf.value if value is None else value
    plain = _show(value, leaf.unit, language)
    return replace(plain, text=leaf.say.say(language), code=plain.text) if leaf.say else plain


def _show(value: object, unit: str, language: str) -> Shown:
    measure = UNIT_WORDS.get(unit, "" if unit in {"1", "time", "date", "instant"} else unit)
    if isinstance(value, bool):
        return Shown(Shape.YES_NO, flag=value)
    if value is None or value == []:
        return Shown(Shape.NOTHING)
    if unit == "instant":
        return Shown(Shape.INSTANT, text=str(value), at=instant(value))
    if isinstance(value, list):
        return _listed(value, measure, language)
    if isinstance(value, Mapping):
        return Shown(Shape.TEXT, text=_said(value, language))
    return Shown(Shape.TEXT, text=str(value), unit=measure)


def written(leaf: Leaf) -> str:
    """Write a value as a form shows it for changing."""
    value = leaf.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(each, Mapping) for each in value):
        return ", ".join(str(each) for each in value)
    if isinstance(value, list | Mapping):
        return _listed_out(value)
    return "" if value is None else str(value)


def typed(leaf: Leaf, text: str, zone: tzinfo) -> object:
    """Read a typed text as a value of the same kind as the one that it replaces."""
    plain = text.strip()
    try:
        if isinstance(leaf.value, bool):
            return _flag(plain)
        if isinstance(leaf.value, list | Mapping):
            return _structure(leaf.value, plain)
        if leaf.unit == "instant":
            return _instant(plain, zone)
        if isinstance(leaf.value, int | float):
            return _number(plain)
    except ValueError as wrong:
        raise BadPack(
            msgid("%(value)s is not a value of this kind."), "value", value=plain
        ) from wrong
    return plain


def _listed(value: list[object], measure: str, language: str) -> Shown:
    if any(isinstance(each, Mapping) for each in value):
        records = [_record(each, language) for each in value if isinstance(each, Mapping)]
        return Shown(Shape.RECORDS, records=tuple(records))
    between = "–" if measure and len(value) == 2 else ", "  # noqa: PLR2004 - from and to
    return Shown(Shape.TEXT, text=between.join(str(each) for each in value), unit=measure)


def _record(told: Mapping[str, object], language: str) -> Record:
    rest = tuple(
        (key, _plain(each)) for key, each in told.items() if key not in {"zh", "en"} and each != []
    )
    return Record(_said(told, language), rest)


def _said(told: Mapping[str, object], language: str) -> str:
    return Words(str(told.get("zh") or ""), str(told.get("en") or "")).say(language)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={each}" for key, each in value.items())
    return str(value)


def _flag(plain: str) -> bool:
    if plain.lower() in YES | NO:
        return plain.lower() in YES
    raise ValueError(plain)


def _number(plain: str) -> int | float:
    return float(plain) if "." in plain else int(plain)


def _instant(plain: str, zone: tzinfo) -> str:
    found = datetime.fromisoformat(plain)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).isoformat()


def _structure(before: object, plain: str) -> object:
    """Read what was a list or a group: items between commas, or lines as they were shown."""
    if plain.startswith(("[", "{", "- ")) or isinstance(before, Mapping) or _has_records(before):
        found = files.read(plain)[0] if plain else []
        if not isinstance(found, type(before)):
            raise ValueError(plain)
        return found
    parts = [part.strip() for part in plain.replace("，", ",").replace("、", ",").split(",")]
    items = [part for part in parts if part]
    if isinstance(before, list) and before and all(_is_number(each) for each in before):
        return [_number(each) for each in items]
    return items


def _has_records(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _listed_out(value: object) -> str:
    """Write records one below the other: short ones a line each, rules a line for each word."""
    parts = value if isinstance(value, list) else [value]
    whole = any(isinstance(each, Mapping) and "when" in each for each in parts)
    told = [
        yaml.safe_dump(
            [each] if isinstance(value, list) else each,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=None if whole else False,
            width=10_000,
        )
        if whole or not isinstance(value, list)
        else f"- {_one_line(each)}\n"
        for each in parts
    ]
    return "".join(told).rstrip()


def _one_line(each: object) -> str:
    told = yaml.safe_dump(
        each, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
    )
    return told.strip()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
