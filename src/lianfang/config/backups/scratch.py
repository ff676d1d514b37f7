"""The folder in which a backup is made or taken apart: with room enough, and gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

PREFIX = ".lianfang-"
MEGABYTE = 1 << 20
NO_ROOM = msgid(
    "This needs about %(needed)d MB at %(place)s and %(free)d MB are free; make room first."
)


@contextmanager
def beside(target: Path, needed: int) -> Iterator[Path]:
    """Give a folder beside a file that is to come, and take it away whatever happens.

    What a process that was killed left there, a readable copy of the database perhaps, goes first.
    """
    for left in target.parent.glob(f"{PREFIX}*"):
        if not _alive(left.name.removeprefix(PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        megabytes = needed // MEGABYTE + 1
        raise Conflict(NO_ROOM, place=target.parent, needed=megabytes, free=free // MEGABYTE)
    prefix = f"{PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=target.parent) as name:
        yield Path(name)


def _alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
