"""What is read from a policy pack once, for as long as the pack is the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

from lianfang.ground.response.rules import Pack

T = TypeVar("T")
KEPT = 256


class PerPack(Generic[T]):
    """A reader of packs that remembers what it read.

    Packs are told apart by their identity; each is kept beside what was read, so that its identity
    stays its own.
    """

    def __init__(self, read: Callable[[Pack], T]) -> None:
        """Take the function that reads a pack."""
        self._read = read
        self._known: dict[int, tuple[Pack, T]] = {}

    def __call__(self, pack: Pack) -> T:
        """Return what a pack says."""
        known = self._known.get(id(pack))
        if known is not None:
            return known[1]
        found = self._read(pack)
        if len(self._known) >= KEPT:
            self._known.clear()
        self._known[id(pack)] = (pack, found)
        return found
