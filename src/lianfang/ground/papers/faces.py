"""The faces in which papers are set, which one serves which part, and what none of them can draw.

The official faces (方正小标宋, 仿宋_GB2312, 楷体_GB2312) are not free. Whoever has a licence puts
the files into `fonts` of the data directory, and they are used for the parts that ask for them;
else Noto Serif and Noto Sans SC stand in.
"""

import atexit
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from fontTools.ttLib import TTCollection, TTFont, TTLibError
from typst import Fonts

from lianfang.ground.papers.layout import Role, layout

HERE = Path(__file__).parent / "fonts"
KINDS = {".ttf", ".otf", ".ttc"}
#: Entries of a file's table of names: family, full name, PostScript name, family of a larger set.
NAMES = (1, 4, 6, 16)
LICENCE, COPYRIGHT = 13, 0
#: The bit of the table OS/2 by which a maker forbids to lay the face into a document.
NOT_TO_BE_EMBEDDED = 0x0002
Stamp = tuple[tuple[str, int], ...]


class NoFaces(RuntimeError):
    """The free faces are not there: they come with a released package, or by `make build`."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face of one file: its names, what it draws, and what its maker says about it."""

    file: Path
    names: frozenset[str]
    drawn: frozenset[int]
    licence: str
    embeddable: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The face that serves a part of papers: by which name it is set, and from which file."""

    role: Role
    family: str
    weight: str
    file: str
    licence: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Faces:
    """All faces of an installation: what sets with them, and the characters that they draw.

    Files that cannot be read are `damaged`; those whose maker forbids to lay them into a document
    are `forbidden` and serve nothing, for a paper of them could not be filed; `unused` ones bear
    no name that papers ask for and only draw what all others lack.
    """

    fonts: Fonts
    drawn: frozenset[int]
    chosen: Mapping[Role, Chosen]
    damaged: Sequence[str]
    forbidden: Sequence[str]
    unused: Sequence[str]


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
    read = {file: list(_faces_of(file)) for file in files}
    forbidden = [file for file, found in read.items() if any(not one.embeddable for one in found)]
    folder = _linked([file for file in files if read[file] and file not in forbidden])
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    families = {Path(info.path).resolve(): info.family for info in fonts.fonts() if info.path}
    known = [face for found in read.values() for face in found if face.file.resolve() in families]
    chosen = {role: _chosen(role, known, families) for role in Role}
    used, good = {each.file for each in chosen.values()}, {face.file for face in known}
    own = [file for file in files if file.parent != HERE]
    return Faces(
        fonts=fonts,
        drawn=frozenset().union(*(face.drawn for face in known)),
        chosen=chosen,
        damaged=[file.name for file in own if file not in good and file not in forbidden],
        forbidden=[file.name for file in forbidden],
        unused=[file.name for file in own if file in good and file.name not in used],
    )


def _linked(files: Sequence[Path]) -> str:
    """Return a folder in which nothing lies but these files: Typst takes all of a folder."""
    folder = mkdtemp(prefix="lianfang-faces-")
    atexit.register(rmtree, folder, ignore_errors=True)
    for at, file in enumerate(files):
        (Path(folder) / f"{at}{file.suffix}").symlink_to(file.resolve())
    return folder


def _chosen(role: Role, known: Sequence[Face], families: Mapping[Path, str]) -> Chosen:
    """Return the installation's own face of a role, in the order in which names are asked for."""
    asked = layout().faces[role]
    for name in asked.asks:
        for face in known:
            if face.file.parent != HERE and _plain(name) in face.names:
                family = families[face.file.resolve()]
                return Chosen(role, family, "regular", face.file.name, face.licence, own=True)
    free = next(face for face in known if families[face.file.resolve()] == asked.stand_in)
    return Chosen(role, asked.stand_in, asked.weight, free.file.name, free.licence)


def _faces_of(file: Path) -> Iterator[Face]:
    """Yield the faces of a file; none of one that cannot be read."""
    try:
        with file.open("rb") as stream:
            many = file.suffix.lower() == ".ttc"
            for part in TTCollection(stream).fonts if many else [TTFont(stream, lazy=True)]:
                yield _face(file, part)
    except (TTLibError, OSError, ValueError, KeyError, AttributeError, AssertionError):
        return


def _face(file: Path, part: Any) -> Face:  # noqa: ANN401 - fontTools tells no types
    records = part["name"].names
    names = {_plain(record.toUnicode()) for record in records if record.nameID in NAMES}
    said = {record.nameID: record.toUnicode() for record in records}
    marks = part["OS/2"].fsType if "OS/2" in part else 0
    return Face(
        file,
        frozenset(names),
        frozenset(part.getBestCmap() or {}),
        " ".join((said.get(LICENCE) or said.get(COPYRIGHT) or "").split()),
        not marks & NOT_TO_BE_EMBEDDED,
    )


def _plain(name: str) -> str:
    return name.replace(" ", "").replace("-", "").replace("_", "").lower()
