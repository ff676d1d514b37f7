"""A unit may be stricter than the pack, never laxer (R64); of two values the stricter one holds."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.leaf import Leaf, Mark, Stricter
from lianfang.ground.response.rules.pack import Pack
from lianfang.ground.response.rules.words import BadPack, Words
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid


class Laxer(Conflict):
    """A unit wanted less than the pack demands."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """A stricter value of one unit, and why."""

    path: str
    value: object
    unit: str
    reason: str


def tighten(pack: Pack, supplement: Supplement) -> Pack:
    """Lay a unit's stricter value over the pack; a superior's still stricter value stays."""
    leaf = pack.leaf(supplement.path)
    if supplement.value == leaf.value or not at_least_as_strict(supplement.value, leaf):
        return pack
    own = replace(
        leaf,
        value=supplement.value,
        mark=Mark.OWN,
        source=Words(supplement.unit, supplement.unit),
        note=Words(supplement.reason, supplement.reason),
    )
    return replace(pack, leaves=MappingProxyType({**pack.leaves, supplement.path: own}))


def tightened(pack: Pack, supplements: Iterable[Supplement]) -> Pack:
    """Lay the supplements of a unit and of its superiors over the pack, in any order."""
    for each in supplements:
        pack = tighten(pack, each) if pack.has(each.path) else pack
    return pack


def check(pack: Pack, supplement: Supplement) -> None:
    """Refuse a supplement that is laxer than the pack, or changes what no unit may change."""
    leaf = pack.leaf(supplement.path)
    if leaf.stricter is None:
        raise BadPack(msgid("%(path)s is the same for every unit."), "path", path=supplement.path)
    leaves.read(supplement.path, leaves.write(leaf) | {"value": supplement.value})
    if not at_least_as_strict(supplement.value, leaf):
        raise Laxer(
            msgid("%(path)s is %(value)s in the pack; a unit may only be stricter."),
            "value",
            path=supplement.path,
            value=str(leaf.value),
        )


def may_tighten(pack: Pack) -> Mapping[str, Leaf]:
    """Return the values that a unit may tighten."""
    return {path: leaf for path, leaf in pack.leaves.items() if leaf.stricter is not None}


def at_least_as_strict(value: object, leaf: Leaf) -> bool:
    """Tell whether another value asks as much as a value of the pack, or more."""
    if leaf.stricter is None:
        return False
    try:
        return COMPARE[leaf.stricter](value, leaf.value)
    except (TypeError, ValueError):
        return False  # a later version of the pack states this value in another way


def _earlier(value: object, than: object) -> bool:
    return _moment(value) <= _moment(than)


def _moment(value: object) -> str:
    """Return a time of day or an instant in a form that sorts: clock times as they are written."""
    text = str(value)
    return text if leaves.CLOCK.fullmatch(text) else str(leaves.instant(text).timestamp())


def _superset(value: object, of: object) -> bool:
    return _set(value) >= _set(of)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _set(value: object) -> frozenset[Hashable]:
    if not isinstance(value, list):
        raise TypeError
    return frozenset(value)


COMPARE: Mapping[Stricter, Callable[[object, object], bool]] = {
    Stricter.LOWER: lambda value, than: leaves.number(value) <= leaves.number(than),
    Stricter.HIGHER: lambda value, than: leaves.number(value) >= leaves.number(than),
    Stricter.EARLIER: _earlier,
    Stricter.LATER: lambda value, than: _earlier(than, value),
    Stricter.SUPERSET: _superset,
    Stricter.ON: lambda value, than: _switch(value) >= _switch(than),
}
