"""Setting a paper with Typst; a text that somebody typed comes in as data, never as a program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from typst import Compiler

from lianfang.ground.papers.faces import Faces, faces
from lianfang.ground.papers.lacking import Lack, lacks, marked
from lianfang.ground.papers.layout import LAYOUTS, Role, layout
from lianfang.ground.papers.sheet import (
    Official,
    Paragraph,
    Sheet,
    Table,
    lacking_note,
    leveled,
)

#: Pictures are made for telephones: as wide as most of them, in points of the screen.
PICTURE_PPI: Final = 200
ARCHIVED: Final = "a-2u"
STAND_INS: Final = ("Noto Serif SC", "Noto Sans SC")


@dataclass(frozen=True, slots=True)
class Setting:
    """A layout, what it is told, and where the installation's own faces lie."""

    name: str
    told: Mapping[str, object]
    own: Path

    @property
    def missing(self) -> Sequence[Lack]:
        """Return what no face can draw, with the word in which it stands."""
        return lacks(self.told, faces(self.own).drawn)


def of_sheet(sheet: Sheet, own: Path, *, picture: bool = False) -> Setting:
    """Return a paper with a head of its own ready to be set."""
    told = asdict(sheet) | {
        "form": "picture" if picture else "page",
        "lang": "zh" if sheet.chinese else "en",
        "region": "CN" if sheet.chinese else "GB",
        "mark_pt": layout().mark_pt("own", sheet.title),
        "body": [_paragraph(each) for each in sheet.body],
        "table": _table(sheet.table),
    }
    return Setting("sheet", told, own)


def of_official(paper: Official, own: Path) -> Setting:
    """Return an official paper ready to be set."""
    told = asdict(paper) | {
        "form": "page",
        "lang": "zh",
        "region": "CN",
        "mark_pt": layout().mark_pt("official", paper.mark),
        "body": [_paragraph(leveled(text)) for text in paper.body],
        "table": _table(paper.table),
    }
    return Setting("official", told, own)


def of_sample(role: Role, text: str, own: Path) -> Setting:
    """Return a line of text in the face of a role, for whoever wants to see it."""
    told = {"form": "picture", "lang": "zh", "region": "CN", "role": role.value, "text": text}
    return Setting("sample", told, own)


def pdf(setting: Setting, made_at: datetime) -> bytes:
    """Set a paper as PDF/A-2u, whose text can be searched and copied in fifty years too."""
    at = int(made_at.timestamp())
    return _one(_compiler(setting).compile(format="pdf", pdf_standards=ARCHIVED, timestamp=at))


def picture(setting: Setting) -> bytes:
    """Set a paper as one picture (PNG), however long it is."""
    return _one(_compiler(setting).compile(format="png", ppi=PICTURE_PPI))


def _compiler(setting: Setting) -> Compiler:
    having = faces(setting.own)
    found = lacks(setting.told, having.drawn)
    opening = str(setting.told.get("lacking", ""))
    shown = marked(setting.told, having.drawn)
    told = {"told": shown, "lacking": lacking_note(opening, found), **_measures(having)}
    return Compiler(
        input=_layout(setting.name),
        root=LAYOUTS,
        font_paths=having.fonts,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )


@cache
def _layout(name: str) -> bytes:
    return (LAYOUTS / f"{name}.typ").read_bytes()


def _measures(having: Faces) -> Mapping[str, Any]:
    chosen = {
        role.value: {"names": [each.family, *STAND_INS], "weight": each.weight}
        for role, each in having.chosen.items()
    }
    return {"layout": layout().told, "faces": chosen}


def _paragraph(told: Paragraph) -> Mapping[str, object]:
    return {"level": told.level, "head": told.head, "rest": told.rest}


def _table(table: Table | None) -> Mapping[str, object] | None:
    if table is None:
        return None
    return asdict(table) | asdict(table.fit())


def _one(made: bytes | list[bytes] | None) -> bytes:
    if isinstance(made, bytes):
        return made
    if made is None or len(made) != 1:
        raise ValueError("A paper is one file; the layout makes several.")
    return made[0]
