"""What must hold of a pack as a whole, each thing that can be wrong with it one sentence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations

from lianfang.ground.response.rules.leaf import Leaf
from lianfang.ground.response.rules.pack import Amendment, Pack
from lianfang.ground.response.rules.references import named
from lianfang.ground.response.rules.words import BadPack
from lianfang.kernel.texts import msgid

#: What may stand at the top of a pack; anything else is a slip of the pen.
KEYS = frozenset(
    {
        *("id", "edition", "parent", "takes", "without", "title", "disease", "valid_from"),
        *("valid_to", "levels", "authority", "papers", "sections", "values", "unknown"),
        "amendments",
    }
)
AMENDMENT_KEYS = frozenset({"title", "valid_from", "valid_to", "source", "mark", "note", "set"})


def check_keys(content: Mapping[str, object]) -> None:
    """Refuse a pack in which something stands that nobody would ever read."""
    _only(KEYS, content, str(content.get("id") or "pack"))
    told = content.get("amendments")
    for at, each in enumerate(told if isinstance(told, list) else ()):
        if isinstance(each, Mapping):
            _only(AMENDMENT_KEYS, each, f"amendments.{at}")


def check_sound(pack: Pack) -> None:
    """Refuse amendments from before the pack begins, and temporary ones that cross."""
    _within(pack.valid_from, pack.amendments)
    for first, second in combinations(pack.amendments, 2):
        shared = sorted(first.sets.keys() & second.sets.keys())
        if shared and _cross(first, second):
            raise BadPack(
                msgid("%(path)s would be amended by two temporary amendments that cross."),
                "valid_from",
                path=shared[0],
            )


def same_units(base: Mapping[str, Leaf], added: Amendment) -> None:
    """Refuse an amendment that measures a value in another unit than it is measured in."""
    for path, leaf in added.sets.items():
        _same_unit(path, base.get(path), leaf)


def no_value_within_a_value(found: Mapping[str, Leaf]) -> None:
    """Refuse a value that stands within another one."""
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


def one_value_at_a_time(amendments: Sequence[Amendment]) -> None:
    """Refuse two amendments of one value from one instant on."""
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


def references_exist(pack: Pack) -> None:
    """Refuse a text that refers to a number which the pack does not have."""
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


def _only(known: frozenset[str], told: Mapping[str, object], where: str) -> None:
    for key in told:
        if key not in known:
            raise BadPack(
                msgid("%(path)s: nothing is called %(key)s here."), "content", path=where, key=key
            )


def _within(start: datetime, amendments: Sequence[Amendment]) -> None:
    for each in amendments:
        if each.valid_from < start:
            raise BadPack(
                msgid("An amendment cannot hold from %(at)s on: the pack begins at %(start)s."),
                "valid_from",
                at=each.valid_from.isoformat(),
                start=start.isoformat(),
            )


def _same_unit(path: str, before: Leaf | None, after: Leaf) -> None:
    if before is not None and before.unit != after.unit:
        raise BadPack(
            msgid("%(path)s is measured in %(unit)s, not in %(other)s."),
            "value",
            path=path,
            unit=before.unit,
            other=after.unit,
        )


def _cross(first: Amendment, second: Amendment) -> bool:
    """Tell whether two amendments with an end overlap, neither lying within the other."""
    early, late = sorted((first, second), key=lambda each: each.valid_from)
    if early.valid_to is None or late.valid_to is None:
        return False
    return late.valid_from < early.valid_to < late.valid_to
