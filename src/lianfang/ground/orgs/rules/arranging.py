"""Putting the units of a file in order: superiors first, and nobody under himself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TOP = ""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The codes in an order in which they can be entered, and the problem code of the others."""

    order: Sequence[str]
    wrong: Mapping[str, str]


def arranged(rows: Mapping[str, str], standing: Mapping[str, str]) -> Arranged:
    """Arrange rows (`{code: superior}`) over the units that stand already, superiors first.

    A row that is wrong changes nothing, so that what hangs under it counts on what stands.
    """
    wrong: dict[str, str] = {}
    while found := _wrong(rows, standing, wrong):
        wrong |= found
    tree = _tree(rows, standing, wrong)
    order = sorted((code for code in rows if code not in wrong), key=lambda code: depth(code, tree))
    return Arranged(order, wrong)


def depth(code: str, tree: Mapping[str, str]) -> int:
    """Return how many superiors a unit has above itself."""
    steps = 0
    while (code := tree.get(code, TOP)) != TOP:
        steps += 1
    return steps


def _tree(
    rows: Mapping[str, str], standing: Mapping[str, str], wrong: Mapping[str, str]
) -> dict[str, str]:
    told = {code: superior for code, superior in rows.items() if code not in wrong}
    return {**standing, **told}


def _wrong(
    rows: Mapping[str, str], standing: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the problems that show once those known so far are left out."""
    tree = _tree(rows, standing, known)
    found: dict[str, str] = {}
    for code in rows:
        if code in known or tree[code] == TOP:
            continue
        if tree[code] not in tree:
            found[code] = "unknown_unit"
        elif _returns(code, tree):
            found[code] = "cycle"
    return found


def _returns(code: str, tree: Mapping[str, str]) -> bool:
    """Tell whether the way up from a unit comes back to it."""
    seen: set[str] = set()
    above = tree[code]
    while above != TOP and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = tree.get(above, TOP)
    return False
