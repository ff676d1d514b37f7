"""Long lists, cut into parts."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
#: How many rows or keys one statement takes without growing slow.
MOST = 500


def parts(every: Iterable[T]) -> Iterator[list[T]]:
    """Cut a list into parts that one statement can take."""
    whole = list(every)
    return (whole[start : start + MOST] for start in range(0, len(whole), MOST))
