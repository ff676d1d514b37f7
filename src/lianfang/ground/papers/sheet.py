"""What is told in a paper, free of any form: Word, print and picture are made of the same value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lianfang.ground.papers.lacking import MARK, Lack
from lianfang.ground.papers.layout import POINTS_A_MM, layout

FIRST: Final = re.compile(r"[一二三四五六七八九十]+、")
SECOND: Final = re.compile(r"（[一二三四五六七八九十]+）")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its level (0 text, 1 黑体, 2 楷体), what is set as a head, and the rest."""

    text: str
    level: int = 0

    @property
    def head(self) -> str:
        """Return what of it is a head: all, or its first sentence where more follows."""
        return self.text[: self._cut] if self.level else ""

    @property
    def rest(self) -> str:
        """Return what of it is text."""
        return self.text[self._cut :] if self.level else self.text

    @property
    def _cut(self) -> int:
        return self.text.find("。") + 1 or len(self.text)


def leveled(text: str) -> Paragraph:
    """Return a paragraph with the level that its numbering says: 一、 or （一）."""
    text = text.strip()
    level = 1 if FIRST.match(text) else 2 if SECOND.match(text) else 0
    return Paragraph(text, level)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table lies on the sheet: on its long side or not, its letters, its columns' shares."""

    turned: bool
    size_pt: float
    shares: Sequence[float]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, column heads and rows; the last row may be a sum."""

    heading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    sums: bool = True
    fresh: bool = True  # begins on a page of its own

    def fit(self) -> Fit:
        """Say how it fits: smaller letters first, then the sheet on its long side."""
        text, page = layout().text, layout().page
        for turned, room in ((False, page.block_mm), (True, page.turned_mm)):
            for size in (text.table_pt, text.narrow_pt):
                wants = self._wants(size)
                if sum(wants) <= room or (turned and size == text.narrow_pt):
                    return Fit(turned, size, [want / sum(wants) for want in wants])
        raise AssertionError

    def _wants(self, size: float) -> Sequence[float]:
        """Return how wide each column wants to be, by the longest text in it."""
        most, air = layout().text.column_most, layout().text.cell_mm
        half = size / POINTS_A_MM / 2
        columns = zip(*[self.heads, *self.rows], strict=True)
        return [
            min(max(_halves(text) for text in column), 2 * most) * half + air for column in columns
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper with a head of its own: the daily situation, a briefing, a unit's report.

    `title` is the red name over it, `issue` its number, `heading` the title of the text. `signed`
    says who drafted and signed; `sent` are the lines 报, 送, 发; `printed` tells the print run.
    `lacking` opens the note on characters that no face draws.
    """

    title: str
    issue: str = ""
    issuer: str = ""
    date: str = ""
    heading: str = ""
    body: Sequence[Paragraph] = ()
    table: Table | None = None
    signed: Sequence[str] = ()
    sent: Sequence[str] = ()
    printed: str = ""
    chinese: bool = True
    lacking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An official paper (公文) as GB/T 9704-2012 knows it: 通知, 报告, 请示, 函 and others.

    `mark` is the red name at its head ("某某集团有限公司文件"), `number` its number
    ("某某防控办〔2020〕5号"). `approver` (签发人) stands beside the number of papers that go
    upwards, and only there. `to` are whom it is for, with no colon. `issuer` and `date` close the
    text. `body` are plain paragraphs; their numbering (一、 and （一）) says which face they take.
    """

    mark: str
    number: str
    title: str
    to: str = ""
    body: Sequence[str] = ()
    attachments: Sequence[str] = ()
    issuer: str = ""
    date: str = ""
    note: str = ""
    copies: str = ""
    printed_by: str = ""
    printed_on: str = ""
    approver: str = ""
    secrecy: str = ""
    urgency: str = ""
    table: Table | None = None
    lacking: str = "缺字（以〓代）："


def lacking_note(opening: str, found: Sequence[Lack]) -> str:
    """Return the note that names each character that is not drawn, or nothing."""
    if not found:
        return ""
    return opening + "、".join(f"{each.marked}（{MARK} {each.code}）" for each in found)


def _halves(text: str) -> int:
    """Return how wide a text is in half characters; a Chinese one is two."""
    return sum(1 if character.isascii() else 2 for character in text)
