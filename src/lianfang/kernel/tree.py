"""Paths of short serials, and the range that covers a subtree."""

from collections.abc import Iterable

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 3


def serial(number: int) -> str:
    """Write a number as a short serial of fixed width."""
    text = ""
    for _ in range(WIDTH):
        number, rest = divmod(number, len(DIGITS))
        text = DIGITS[rest] + text
    if number:
        raise ValueError("a unit cannot have more than 46,655 children")
    return text


def after(path: str) -> str:
    """Return the first path behind a subtree: from the path itself to here it is the subtree."""
    return path + "~"


def is_root(path: str) -> bool:
    """Tell whether this is the path of a whole group."""
    return len(path) == WIDTH


def within(path: str, above: str) -> bool:
    """Tell whether a path lies in the subtree of another, which may be the same."""
    return path.startswith(above)


def ancestors(path: str) -> tuple[str, ...]:
    """Return the paths from the root down to this one, itself included."""
    return tuple(path[:end] for end in range(WIDTH, len(path) + 1, WIDTH))


def common(paths: Iterable[str]) -> str:
    """Find the lowest place above all of them; empty when nothing covers them."""
    shared: tuple[str, ...] | None = None
    for path in paths:
        line = ancestors(path)
        shared = line if shared is None else tuple(a for a in shared if a in line)
    return shared[-1] if shared else ""
