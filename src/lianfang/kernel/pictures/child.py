"""The process that opens a foreign photo: little memory, little time, nothing else within reach.

It is told the photo on its standard input and answers with a line of JSON (how long the picture
and its small copy are, or why there is none) and the two pictures. `drawing` is its other end.
"""

import json
import os
import resource
import struct
import sys
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1 << 20
MEMORY = 768 * MEGABYTE
SECONDS = 15
OUT_OF_MEMORY = 3
#: What a telephone takes today, and not a picture that is made to fill the memory.
MOST_PIXELS = 64_000_000
#: A JPEG is unpacked small already; anything else is unpacked whole, several times over.
MOST_WHOLE = 25_000_000
LONGEST_SIDE, SMALL_SIDE = 2000, 320
QUALITY, SMALL_QUALITY = 84, 72
FORMATS = ("JPEG", "PNG", "WEBP")
TOO_LARGE, BROKEN = "too_large", "broken"
FAULTS = (
    *(UnidentifiedImageError, OSError, ValueError, EOFError, SyntaxError),
    *(IndexError, KeyError, TypeError, OverflowError, struct.error, zlib.error),
)


class TooLarge(Exception):
    """More pixels than are taken."""


def main() -> None:
    """Read the photo, confine this process, draw it anew and answer."""
    content = sys.stdin.buffer.read()
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before anything is unpacked
    _confine()
    try:
        picture, small = drawn(content)
    except TooLarge:
        _refuse(TOO_LARGE)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except FAULTS:
        _refuse(BROKEN)
    else:
        _say({"picture": len(picture), "small": len(small)}, picture, small)


def drawn(content: bytes) -> tuple[bytes, bytes]:
    """Return a photo as JPEG, upright, with no side too long and nothing beside it; and small."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(BytesIO(content), formats=FORMATS) as found:
            most = MOST_PIXELS if found.format == "JPEG" else MOST_WHOLE
            if found.width * found.height > most:
                raise TooLarge
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            found.load()
            turned = ImageOps.exif_transpose(found)
    plain = _flat(turned)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = plain.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return _written(plain, QUALITY), _written(small, SMALL_QUALITY)


def _flat(found: Image.Image) -> Image.Image:
    """Return a picture of three colours; what was transparent is white."""
    if found.mode in {"RGBA", "LA", "PA"} or "transparency" in found.info:
        clear = found.convert("RGBA")
        sheet = Image.new("RGB", clear.size, "white")
        sheet.paste(clear, mask=clear.getchannel("A"))
        return sheet
    return found.convert("RGB")


def _written(found: Image.Image, quality: int) -> bytes:
    """Write the pixels alone: a fresh picture takes no metadata along."""
    bare = Image.frombytes("RGB", found.size, found.tobytes())
    made = BytesIO()
    bare.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(code: str) -> None:
    _say({"refused": code})


def _say(told: dict[str, object], *pictures: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for picture in pictures:
        sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
