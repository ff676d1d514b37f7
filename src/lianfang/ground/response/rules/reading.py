"""Reading a pack from its file or its stored version, and writing it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.leaf import Leaf, Mark
from lianfang.ground.response.rules.pack import Amendment, Pack, Unknown
from lianfang.ground.response.rules.wholeness import (
    check_sound,
    no_value_within_a_value,
    one_value_at_a_time,
    references_exist,
    same_units,
)
from lianfang.ground.response.rules.words import BadPack, plain, words
from lianfang.kernel.texts import msgid


def parse(content: Mapping[str, object], parent: Pack | None = None) -> Pack:
    """Read a pack; what it does not say itself it takes over from its parent."""
    code = str(content.get("id") or "")
    if not code:
        raise BadPack(msgid("The policy pack has no id."), "content")
    taken, every = _taken(content, parent)
    own = dict(_leaves("", _group("values", content.get("values"))))
    base = {**taken, **own}
    no_value_within_a_value(base)
    for at, each in enumerate(_entries("amendments", content.get("amendments"))):
        every.append(amendment(_known(base, every), each, f"amendments.{at}"))
    one_value_at_a_time(every)
    sections = {
        key: words(each) for key, each in _group("sections", content.get("sections")).items()
    }
    pack = Pack(
        id=code,
        edition=int(str(content.get("edition") or 1)),
        title=words(content.get("title")),
        disease=words(content.get("disease")),
        parent=str(content.get("parent") or ""),
        valid_from=_instant("valid_from", content.get("valid_from")),
        valid_to=_open_end("valid_to", content.get("valid_to")),
        levels=tuple(str(each) for each in _list("levels", content.get("levels"))),
        authority=tuple(words(each) for each in _list("authority", content.get("authority"))),
        sections=MappingProxyType({**(parent.sections if parent else {}), **sections}),
        leaves=MappingProxyType(base),
        amendments=tuple(sorted(every, key=lambda each: (each.valid_from, sorted(each.sets)))),
        unknown=MappingProxyType(_unknown(content)),
    )
    references_exist(pack)
    return pack


def _taken(
    content: Mapping[str, object], parent: Pack | None
) -> tuple[dict[str, Leaf], list[Amendment]]:
    """Return what a pack takes over: all of its parent, or only values of certain marks."""
    if parent is None:
        return {}, []
    without = tuple(str(each) for each in _list("without", content.get("without")))
    marks = {str(each) for each in _list("takes", content.get("takes"))}
    kept = {
        path: leaf
        for path, leaf in parent.leaves.items()
        if (not marks or leaf.mark in marks) and not (without and path.startswith(without))
    }
    return kept, [] if marks else list(parent.amendments)


def _unknown(content: Mapping[str, object]) -> dict[str, Unknown]:
    found: dict[str, Unknown] = {}
    for path, told in _group("unknown", content.get("unknown")).items():
        each = _group(f"unknown.{path}", told)
        unit = leaves.measure(f"unknown.{path}", str(each.get("unit") or "1"))
        found[path] = Unknown(
            label=words(each.get("label")), unit=unit, note=words(each.get("note"))
        )
    return found


def amendment(base: Mapping[str, Leaf], told: Mapping[str, object], where: str) -> Amendment:
    """Read an amendment; unit, label and direction stand in the value that it replaces."""
    sets: dict[str, Leaf] = {}
    for path, each in _group(f"{where}.set", told.get("set")).items():
        part = each if isinstance(each, Mapping) and "value" in each else {"value": each}
        sets[path] = leaves.read(path, _inherited(base.get(path), told) | dict(part))
    no_value_within_a_value({**base, **sets})
    found = Amendment(
        title=words(told.get("title")),
        valid_from=_instant(f"{where}.valid_from", told.get("valid_from")),
        valid_to=_open_end(f"{where}.valid_to", told.get("valid_to")),
        sets=MappingProxyType(sets),
    )
    if found.valid_to is not None and found.valid_to <= found.valid_from:
        raise BadPack(msgid("%(path)s ends before it begins."), "valid_to", path=where)
    return found


def amended(pack: Pack, told: Mapping[str, object]) -> Pack:
    """Return a pack with one amendment more, checked as a whole."""
    content = write(pack)
    known = _known(pack.leaves, pack.amendments)
    last = amendment(known, told, "amendment")
    same_units(known, last)
    found = parse(content | {"amendments": [*_told(pack.amendments), *_told([last])]})
    check_sound(found)
    return found


def filled(pack: Pack, ours: Pack | None) -> Pack:
    """Return a stored pack with what our own design has come to say since it was stored.

    Only values of mark D are added, and none is changed: a later program may ask for a value that
    nobody could say before, and what an authority ruled is never added behind anybody's back.
    """
    if ours is None:
        return pack
    fresh = {
        path: leaf
        for path, leaf in ours.leaves.items()
        if leaf.mark is Mark.DEFAULT and path not in pack.leaves
    }
    return replace(pack, leaves=MappingProxyType({**pack.leaves, **fresh})) if fresh else pack


def as_known(pack: Pack, until: datetime) -> Pack:
    """Return a pack as somebody knew it who had seen no amendment later than this."""
    kept = tuple(each for each in pack.amendments if each.valid_from <= until)
    return replace(pack, amendments=kept)


def write(pack: Pack) -> dict[str, object]:
    """Write a pack as it is stored: every value in full, whatever it inherited."""
    return {
        "id": pack.id,
        "edition": pack.edition,
        "parent": pack.parent,
        "title": plain(pack.title),
        "disease": plain(pack.disease),
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to.isoformat() if pack.valid_to else None,
        "levels": list(pack.levels),
        "authority": [plain(each) for each in pack.authority],
        "sections": {key: plain(each) for key, each in pack.sections.items()},
        "values": {path: leaves.write(each) for path, each in pack.leaves.items()},
        "unknown": {
            path: {"label": plain(each.label), "unit": each.unit, "note": plain(each.note)}
            for path, each in pack.unknown.items()
        },
        "amendments": _told(pack.amendments),
    }


def _told(amendments: Iterable[Amendment]) -> list[dict[str, object]]:
    return [
        {
            "title": plain(each.title),
            "valid_from": each.valid_from.isoformat(),
            "valid_to": each.valid_to.isoformat() if each.valid_to else None,
            "set": {path: leaves.write(one) for path, one in each.sets.items()},
        }
        for each in amendments
    ]


def _known(base: Mapping[str, Leaf], amendments: Iterable[Amendment]) -> Mapping[str, Leaf]:
    """Return every value there is, so that an amendment need not say its unit again."""
    found: dict[str, Leaf] = {}
    for each in amendments:
        found |= each.sets
    return {**found, **base}


def _inherited(before: Leaf | None, told: Mapping[str, object]) -> dict[str, object]:
    """Return what an amended value need not say again."""
    from_amendment = {key: told[key] for key in ("source", "mark", "note") if key in told}
    if before is None:
        return from_amendment
    kept = leaves.write(before)
    return {key: kept[key] for key in ("unit", "label", "stricter") if key in kept} | from_amendment


def _leaves(prefix: str, told: Mapping[str, object]) -> Iterator[tuple[str, Leaf]]:
    for key, each in told.items():
        path = f"{prefix}{key}"
        if isinstance(each, Mapping) and not leaves.is_leaf(each):
            yield from _leaves(f"{path}.", each)
        else:
            yield path, leaves.read(path, each)


def _group(path: str, told: object) -> Mapping[str, object]:
    if told is None:
        return {}
    if not isinstance(told, Mapping):
        raise BadPack(msgid("%(path)s has to be a group of named values."), "content", path=path)
    return told


def _list(path: str, told: object) -> Sequence[object]:
    if told is None:
        return []
    if not isinstance(told, list):
        raise BadPack(msgid("%(path)s has to be a list."), "content", path=path)
    return told


def _entries(path: str, told: object) -> Iterator[Mapping[str, object]]:
    for at, each in enumerate(_list(path, told)):
        yield _group(f"{path}.{at}", each)


def _instant(path: str, told: object) -> datetime:
    try:
        return leaves.instant(told.isoformat() if isinstance(told, datetime) else told)
    except (TypeError, ValueError) as wrong:
        raise BadPack(
            msgid("%(path)s: write the instant with its offset, as 2020-01-31T20:00:00+08:00."),
            path.rsplit(".", 1)[-1],
            path=path,
        ) from wrong


def _open_end(path: str, told: object) -> datetime | None:
    return None if told is None else _instant(path, told)
