"""The sealed contents in the data directory, each under the keyed name of what it holds.

A content is written before the act that keeps it, whole or not at all. One that no act keeps is
removed after a while: it is set aside, looked up once more, and put back if it was kept meanwhile.
"""

import contextlib
import os
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from lianfang.ground.doors.sealing import keyring
from lianfang.kernel import clock

PART, ASIDE = ".part", ".aside"
SHARD = 2


def put(content: bytes, key: str) -> str:
    """Seal a content and write it through to the disk; return the name to find it by."""
    name = keyring().fingerprint(content, key)
    place = _place(name, key)
    if place.exists():
        os.utime(place)
        return name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f"{uuid4().hex}{PART}")
    try:
        _write(fresh, keyring().seal_bytes(content, _where(name), key))
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
    _settle(place.parent)
    return name


def get(name: str, key: str) -> bytes:
    """Return a content, proved to be the one that was put in."""
    return keyring().open_bytes(_place(name, key).read_bytes(), _where(name), key)


def holds(name: str, key: str) -> bool:
    """Tell whether the content is there."""
    return _place(name, key).exists()


def shelves() -> Iterator[Path]:
    """Return the folders in which contents lie."""
    for key in sorted(_root().glob("*/")):
        yield from sorted(key.glob("*/"))


def old(shelf: Path, before: datetime) -> list[Path]:
    """Return what lies on a shelf since before then."""
    found = []
    for file in sorted(shelf.iterdir()):
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < before.timestamp():
                found.append(file)
    return found


def name_of(file: Path) -> str:
    """Return the name of the content in a file, also of one that was set aside."""
    return file.name.removesuffix(ASIDE)


def set_aside(files: Collection[Path]) -> list[Path]:
    """Set contents aside, so that whoever puts the same in again writes it afresh."""
    aside = []
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            done = file.with_name(name_of(file) + ASIDE)
            file.replace(done)
            aside.append(done)
    return aside


def put_back(file: Path) -> None:
    """Put a content back that was kept after all."""
    with contextlib.suppress(FileNotFoundError):
        file.replace(file.with_name(name_of(file)))


def swept_at() -> datetime | None:
    """Return when the shelves were swept last."""
    try:
        stamp = _root().joinpath(".swept").stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.fromtimestamp(stamp, clock.machine().tzinfo)


def mark_swept() -> None:
    """Note that the shelves are swept."""
    _root().mkdir(parents=True, exist_ok=True, mode=0o700)
    _root().joinpath(".swept").touch()


def _root() -> Path:
    root: Path = settings.FILES
    return root


def _place(name: str, key: str) -> Path:
    return _root() / key / name[:SHARD] / name


def _where(name: str) -> str:
    return f"file|{name}"


def _write(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Write a folder's own list through to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
