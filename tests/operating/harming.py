"""Ways to damage a backup, and whether a restore finds them."""

import json
import subprocess
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random
from uuid import uuid4

from tests.place import COMMAND, Place

#: A piece of the stream is a megabyte and its seal; the head names the stream.
PIECE, HEAD = (1 << 20) + 16, 27


def damages(whole: bytes, most: int) -> Iterator[tuple[bytes, bool]]:
    """Yield damaged copies of a backup; with each, whether the right keys are there."""
    drawn = Random(27)
    ways: tuple[Callable[[bytes, Random], bytes], ...] = (
        _flipped,
        _cut,
        _without_a_piece,
        _swapped,
        _longer,
        _zeroed,
    )
    kinds = cycle([*ways, None])
    for way in islice(kinds, most):
        yield (way(whole, drawn), True) if way else (whole, False)


def is_refused(place: Place, bad: Path) -> bool:
    """Tell whether a restore says in one line that it does not take a file, and puts nothing."""
    done = subprocess.run(
        [COMMAND, "restore", str(bad)],
        env=place.surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stderr.strip().splitlines()
    left = [name for name in ("files", "papers") if (place.data / name).exists()]
    return done.returncode == 1 and len(said) == 1 and str(bad) in said[0] and not left


def keyless(place: Callable[[str], Place]) -> Place:
    """Return an empty place whose keys are others."""
    return place(f"keyless-{uuid4().hex[:8]}")


def as_json(told: object) -> str:
    """Write something down for another process."""
    return json.dumps(told)


def _flipped(whole: bytes, drawn: Random) -> bytes:
    content = bytearray(whole)
    content[drawn.randrange(len(whole))] ^= 1 << drawn.randrange(8)
    return bytes(content)


def _cut(whole: bytes, drawn: Random) -> bytes:
    return whole[: drawn.randrange(len(whole))]


def _without_a_piece(whole: bytes, drawn: Random) -> bytes:
    at = HEAD + PIECE * drawn.randrange(max((len(whole) - HEAD) // PIECE, 1))
    return whole[:at] + whole[at + PIECE :]


def _swapped(whole: bytes, drawn: Random) -> bytes:
    half = HEAD + PIECE
    return whole[:HEAD] + whole[half : half + PIECE] + whole[HEAD:half] + whole[half + PIECE :]


def _longer(whole: bytes, drawn: Random) -> bytes:
    return whole + drawn.randbytes(1 + drawn.randrange(4096))


def _zeroed(whole: bytes, drawn: Random) -> bytes:
    at = drawn.randrange(len(whole) - 64)
    return whole[:at] + bytes(64) + whole[at + 64 :]
