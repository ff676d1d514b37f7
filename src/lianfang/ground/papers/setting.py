"""Setting a paper with Typst; a text that somebody typed comes in as data, never as a program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from typst import Compiler

from lianfang.ground.papers.faces import faces

#: Pictures are made for telephones: as wide as most of them, in points of the screen.
PICTURE_PPI = 200
ARCHIVED: Final = "a-2u"


@dataclass(frozen=True, slots=True)
class Setting:
    """A template, what it is told, and where the installation's own faces lie."""

    template: Path
    told: Mapping[str, object]
    own: Path

    @property
    def missing(self) -> Sequence[str]:
        """Return the characters that no face can draw; a paper says so instead of hiding it."""
        return faces(self.own).missing(_texts(self.told))


def pdf(setting: Setting, made_at: datetime) -> bytes:
    """Set a paper as PDF/A-2u, whose text can be searched and copied in fifty years too."""
    at = int(made_at.timestamp())
    return _one(_compiler(setting).compile(format="pdf", pdf_standards=ARCHIVED, timestamp=at))


def picture(setting: Setting) -> bytes:
    """Set a paper as one picture (PNG), however long it is."""
    return _one(_compiler(setting).compile(format="png", ppi=PICTURE_PPI))


def _compiler(setting: Setting) -> Compiler:
    told = {**setting.told, "missing": list(setting.missing)}
    return Compiler(
        input=setting.template.read_bytes(),
        root=setting.template.parent,
        font_paths=faces(setting.own).fonts,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )


def _one(made: bytes | list[bytes] | None) -> bytes:
    if isinstance(made, bytes):
        return made
    if made is None or len(made) != 1:
        raise ValueError("A paper is one file; the template makes several.")
    return made[0]


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for part in told.values():
            yield from _texts(part)
    elif isinstance(told, Sequence):
        for part in told:
            yield from _texts(part)
