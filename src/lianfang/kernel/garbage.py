"""Python's search for circular garbage, put off while tens of thousands of rows are at work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_lying() -> Iterator[None]:
    """Look for no circular garbage meanwhile; put it in front of what makes very many rows.

    Rows hold no circles, so that looking at all of them again and again finds nothing and takes a
    fifth of the time.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
