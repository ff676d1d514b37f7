"""Reading a pack from its file or its stored version, and writing it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.leaf import Leaf
from lianfang.ground.response.rules.pack import Amendment, Pack
from lianfang.ground.response.rules.references import named
from lianfang.ground.response.rules.words import BadPack, plain, words
from lianfang.kernel.texts import msgid


def parse(content: Mapping[str, object], parent: Pack | None = None) -> Pack:
    """Read a pack; what it does not say itself it takes over from its parent."""
    code = str(content.get("id") or "")
    if not code:
        raise BadPack(msgid("The policy pack has no id."), "content")
    own = dict(_leaves("", _group("values", content.get("values"))))
    base = {**(parent.leaves if parent else {}), **own}
    _no_value_within_a_value(base)
    every = list(parent.amendments if parent else ())
    for at, each in enumerate(_entries("amendments", content.get("amendments"))):
        every.append(amendment(_known(base, every), each, f"amendments.{at}"))
    _one_value_at_a_time(every)
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
    )
    _references_exist(pack)
    return pack


def amendment(base: Mapping[str, Leaf], told: Mapping[str, object], where: str) -> Amendment:
    """Read an amendment; unit, label and direction stand in the value that it replaces."""
    sets: dict[str, Leaf] = {}
    for path, each in _group(f"{where}.set", told.get("set")).items():
        part = each if isinstance(each, Mapping) and "value" in each else {"value": each}
        sets[path] = leaves.read(path, _inherited(base.get(path), told) | dict(part))
    _no_value_within_a_value({**base, **sets})
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
    last = amendment(_known(pack.leaves, pack.amendments), told, "amendment")
    return parse(content | {"amendments": [*_told(pack.amendments), *_told([last])]})


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


def _no_value_within_a_value(found: Mapping[str, Leaf]) -> None:
    for path in found:
        steps = path.split(".")
        for end in range(1, len(steps)):
            above = ".".join(steps[:end])
            if above in found:
                raise BadPack(
                    msgid("%(path)s stands within the value %(above)s."),
                    "content",
                    path=path,
                    above=above,
                )


def _one_value_at_a_time(amendments: Sequence[Amendment]) -> None:
    seen: set[tuple[str, datetime]] = set()
    for each in amendments:
        for path in each.sets:
            if (path, each.valid_from) in seen:
                raise BadPack(
                    msgid("%(path)s is amended twice from %(at)s on."),
                    "valid_from",
                    path=path,
                    at=each.valid_from.isoformat(),
                )
            seen.add((path, each.valid_from))


def _references_exist(pack: Pack) -> None:
    numbers = pack.written()
    texts = [
        *pack.leaves.items(),
        *(pair for each in pack.amendments for pair in each.sets.items()),
    ]
    for path, leaf in texts:
        for other in named(leaf.value):
            if other not in numbers:
                raise BadPack(
                    msgid("%(path)s refers to %(other)s, which is not a number of this pack."),
                    "content",
                    path=path,
                    other=other,
                )


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
