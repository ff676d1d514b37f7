"""The faces in which papers are set, and what none of them can draw.

The official faces (方正小标宋, 仿宋_GB2312, 楷体_GB2312) are not free. Whoever has a licence puts
the files into `fonts` of the data directory, and they are used wherever a template asks for them;
else Noto Serif and Noto Sans SC stand in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError
from typst import Fonts

HERE = Path(__file__).parent / "fonts"
KINDS = {".ttf", ".otf", ".ttc"}
Stamp = tuple[tuple[str, int], ...]


class NoFaces(RuntimeError):
    """The free faces are not there: they come with a released package, or by `make build`."""


@dataclass(frozen=True, slots=True)
class Faces:
    """All faces of an installation: what sets with them, and the characters that they draw."""

    fonts: Fonts
    drawn: frozenset[int]

    def missing(self, texts: Iterable[str]) -> Sequence[str]:
        """Return the characters that no face can draw, each once, in the order of the text."""
        found = dict.fromkeys(
            letter
            for text in texts
            for letter in text
            if ord(letter) not in self.drawn and not letter.isspace()
        )
        return list(found)


def faces(own: Path) -> Faces:
    """Return the faces of this installation, read once as long as no file changes."""
    files = [file for folder in (own, HERE) if folder.is_dir() for file in sorted(folder.iterdir())]
    fonts = [file for file in files if file.suffix.lower() in KINDS]
    if not any(file.parent == HERE for file in fonts):
        raise NoFaces
    return _read(tuple((str(file), file.stat().st_mtime_ns) for file in fonts))


@lru_cache(maxsize=2)
def _read(stamp: Stamp) -> Faces:
    files = [Path(name) for name, _ in stamp]
    folders = list(dict.fromkeys(str(file.parent) for file in files))
    fonts = Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    return Faces(fonts, frozenset().union(*(_drawn(file) for file in files)))


def _drawn(file: Path) -> frozenset[int]:
    """Return the characters that a file of faces draws; none of one that cannot be read."""
    try:
        with file.open("rb") as stream:
            many = file.suffix.lower() == ".ttc"
            parts = TTCollection(stream).fonts if many else [TTFont(stream, lazy=True)]
            return frozenset().union(*(part.getBestCmap() or {} for part in parts))
    except (TTLibError, OSError):
        return frozenset()
