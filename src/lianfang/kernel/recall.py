"""What is asked again and again while one page is put together, and looked up once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")
_MEMORY: ContextVar[dict[Hashable, object] | None] = ContextVar("recall", default=None)


@contextmanager
def memory() -> Iterator[None]:
    """Keep what is looked up until the page is read; only around what changes nothing."""
    token = _MEMORY.set({})
    try:
        yield
    finally:
        _MEMORY.reset(token)


def once(key: Hashable, look_up: Callable[[], T]) -> T:
    """Return what was found under a key before, or look it up; outside of a page, each time."""
    known = _MEMORY.get()
    if known is None:
        return look_up()
    if key not in known:
        known[key] = look_up()
    return cast("T", known[key])
