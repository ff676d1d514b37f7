"""Two clocks: the time of the matter, which a demo moves, and the machine's, which nobody moves."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path


class NotMovable(Exception):
    """This installation's time of the matter is the real time."""


class _Matter:
    """The time of the matter in this process, read from a file that all processes share."""

    file: Path | None = None
    stamp: int = 0
    offset: timedelta = timedelta(0)


def machine() -> datetime:
    """Return the machine's time, for security and identifiers."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the time of the matter, for facts, due times, packs and papers."""
    return machine() + _offset()


def follow(file: Path | None) -> None:
    """Take the time of the matter from a file; only a demo or a drill has one."""
    _Matter.file, _Matter.stamp, _Matter.offset = file, 0, timedelta(0)


def movable() -> bool:
    """Tell whether this installation's time may be moved."""
    return _Matter.file is not None


def move(to: datetime) -> None:
    """Set the time of the matter for every process of this demo or drill."""
    if _Matter.file is None:
        raise NotMovable("The clock of this installation cannot be moved.")
    seconds = (to - machine()).total_seconds()
    fresh = _Matter.file.with_suffix(".new")
    fresh.write_text(json.dumps({"offset_seconds": seconds}), encoding="utf-8")
    fresh.replace(_Matter.file)
    _Matter.stamp = 0


def _offset() -> timedelta:
    if _Matter.file is None:
        return timedelta(0)
    try:
        stamp = _Matter.file.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if stamp != _Matter.stamp:
        told = json.loads(_Matter.file.read_text(encoding="utf-8"))
        _Matter.offset = timedelta(seconds=told["offset_seconds"])
        _Matter.stamp = stamp
    return _Matter.offset
