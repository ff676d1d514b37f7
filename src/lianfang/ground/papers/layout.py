"""How papers are laid out: one file of measures that Word, print and picture all obey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LAYOUTS = Path(__file__).parent / "layouts"
POINTS_A_MM = 72 / 25.4


class Role(StrEnum):
    """What a face is for in a paper."""

    TITLE = "title"
    HEAD = "head"
    BODY = "body"
    KAI = "kai"
    SONG = "song"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which face a role wants: Word's name, the names of files, the free face that stands in."""

    word: str
    asks: Sequence[str]
    stand_in: str
    weight: str


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and the edges of its text block, in millimetres."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float

    @property
    def block_mm(self) -> float:
        """Return how wide the text block is."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def turned_mm(self) -> float:
        """Return how wide the text block of a sheet is that lies on its long side."""
        return self.height_mm - self.top_mm - self.bottom_mm


@dataclass(frozen=True, slots=True)
class Text:
    """Sizes and line pitch of the text, in points."""

    size_pt: float
    pitch_pt: float
    tracking_pt: float
    baseline: float
    title_pt: float
    small_pt: float
    table_pt: float
    narrow_pt: float
    row_mm: float
    head_row_mm: float
    cell_mm: float
    column_most: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All measures of our papers."""

    faces: Mapping[Role, Asked]
    page: Page
    text: Text
    red: str
    own: Mapping[str, float]
    official: Mapping[str, float]
    told: Mapping[str, Any]

    def mark_pt(self, kind: str, name: str) -> float:
        """Return how large the name over a paper is set: as large as its one line allows."""
        told: Mapping[str, float] = self.told[kind]
        fits = self.page.block_mm * POINTS_A_MM / max(1, len(name))
        return max(told["mark_least_pt"], min(told["mark_pt"], fits * 0.96))


@cache
def layout() -> Layout:
    """Return the measures that are shipped, read once a process."""
    told = yaml.safe_load((LAYOUTS / "layout.yaml").read_text(encoding="utf-8"))
    return Layout(
        faces={Role(role): Asked(**asked) for role, asked in told["faces"].items()},
        page=Page(**told["page"]),
        text=Text(**told["text"]),
        red=told["red"],
        own=told["own"],
        official=told["official"],
        told=told,
    )
