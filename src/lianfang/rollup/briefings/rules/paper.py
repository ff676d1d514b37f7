"""A briefing as a paper with a head of its own, and as text for a chat group."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

from lianfang.ground.papers.sheet import Paragraph, Sheet, leveled
from lianfang.rollup.briefings.rules.quotes import Quote, Source, by_name, filled
from lianfang.rollup.reports.rules.speech import Wording, fill, wording

SHIPPED = Path(__file__).parents[1] / "papers" / "briefing.yaml"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BLANK = "　　　"
#: Letters of size two that a line holds.
TITLE_HOLDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a briefing says."""

    group: str
    title: str
    body: str
    day: date
    number: int | None
    released: bool
    names: Mapping[str, str]
    feet: Mapping[str, str]
    copies: int | None
    quotes: Sequence[Quote]
    source: Source | None

    @property
    def chinese(self) -> bool:
        """Tell in which language it is written: its frame follows its text."""
        return bool(CHINESE.search(self.title + self.body)) or not self.title


def words_of(*, chinese: bool, folder: Path | None = None) -> Wording:
    """Return the words of a briefing's frame: the installation's own over those shipped."""
    tongue = "zh" if chinese else "en"
    shipped = wording(SHIPPED)[tongue]
    own = folder / SHIPPED.name if folder else SHIPPED
    if own == SHIPPED or not own.exists():
        return shipped
    return {**shipped, **wording(own).get(tongue, {})}


def sheet(told: Told, words: Wording, zone: tzinfo, lacking: str) -> Sheet:
    """Return a briefing ready to be set or written."""
    note = _source(told, words, zone)
    return Sheet(
        title=fill(words["title"], group=told.group),
        issue=_issue(told, words),
        issuer=words["office"],
        date=_date(told.day, chinese=told.chinese),
        heading=_heading(told.title),
        body=[*paragraphs(told), *([Paragraph(note)] if note else [])],
        signed=[f"{word}{told.names.get(part) or BLANK}" for part, word in words["signed"].items()],
        sent=[
            fill(words[foot], names=names)
            for foot in ("report", "send", "issue_to")
            if (names := told.feet.get(foot, ""))
        ],
        printed=fill(words["printed"], copies=told.copies) if told.copies else "",
        chinese=told.chinese,
        lacking=lacking,
    )


def paragraphs(told: Told) -> Sequence[Paragraph]:
    """Return the text with the quoted numbers in it; its numbering says what is a head."""
    said = filled(told.body, by_name(told.quotes))
    return [leveled(text) for text in said.splitlines() if text.strip()]


def chat(told: Told, words: Wording, zone: tzinfo) -> str:
    """Return a briefing as text for a chat group."""
    head = fill(
        words["chat_title"],
        title=fill(words["title"], group=told.group),
        issue=_issue(told, words),
        date=_date(told.day, chinese=told.chinese),
    )
    note = _source(told, words, zone)
    lines = [head, told.title, *(each.text for each in paragraphs(told)), note]
    return "\n".join(line for line in lines if line)


def _heading(title: str) -> str:
    """Break a title of two halves between them where one line does not hold it."""
    return title if len(title) <= TITLE_HOLDS else title.replace("　", "\n")


def _issue(told: Told, words: Wording) -> str:
    number = words["unnumbered"] if told.number is None else ""
    said = number or fill(words["issue"], number=told.number)
    return said if told.released else f"{said}{words['draft']}"


def _source(told: Told, words: Wording, zone: tzinfo) -> str:
    if told.source is None or not told.quotes:
        return ""
    at = told.source.as_of.astimezone(zone)
    day = _date(told.source.day, chinese=told.chinese)
    return fill(words["source"], number=told.source.number, day=day, as_of=f"{at:%H:%M}")


def _date(day: date, *, chinese: bool) -> str:
    if chinese:
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {day:%B} {day.year}"
