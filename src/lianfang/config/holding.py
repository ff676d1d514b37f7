"""One process at a time on a data directory: the hold ends with the process, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

NAME = "in-use"
IN_USE = msgid(
    "The data directory %(place)s is in use by %(holder)s; stop that first, "
    "or set LIANFANG_DATA to another directory."
)


@contextmanager
def alone(folder: Path, purpose: str) -> Iterator[None]:
    """Hold a data directory alone for a purpose, or say who holds it."""
    file = folder / NAME
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(IN_USE, place=folder, holder=_holder(file)) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{purpose} ({os.getpid()})".encode())
        yield
    finally:
        os.close(handle)


def _holder(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") or "?"
