"""The daily situation in words: what is drafted, said in both languages, from a paper's wording."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from lianfang.rollup.reports.rules.bulletin import Content, Line
from lianfang.rollup.reports.rules.speech import (
    Wording,
    counts,
    dated,
    fill,
    known,
    listed,
    partial,
    parts,
    size,
    spoken,
    usual_gap,
    words_of,
)

NAMED_AT_MOST = 4
NUMERALS = (*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"))
#: Where a name still has to be written by hand.
BLANK = "　　　"
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the paper and its paragraphs."""

    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A daily situation as it is read."""

    title: str
    issue: str
    office: str
    date: str
    opening: Sequence[str]
    sections: Sequence[Section]
    feet: Sequence[str]


def paper(
    content: Content,
    language: str,
    zone: tzinfo,
    folder: Path | None = None,
    say: Say = str,
) -> Paper:
    """Draft the daily situation in official Chinese or in English; `say` translates labels."""
    words = words_of(language, folder)
    chinese = language.startswith("zh")
    usual = usual_gap(_spoken_of(content, words))
    sections = [
        Section(section["heading"], paragraphs)
        for section in words["sections"]
        if (paragraphs := _paragraphs(content, words, section["paragraphs"], usual))
    ]
    sections.append(Section(words["issues"], _issues(content, words, chinese)))
    if asked := _listed(content, "help_needed", chinese):
        sections.append(Section(words["help"], asked))
    if content.remark:
        sections.append(Section(words["remark"], content.remark.splitlines()))
    if content.errata:
        sections.append(Section(words["errata"], _errata(content, words, zone, say)))
    return Paper(
        title=fill(words["title"], group=content.group_name),
        issue=fill(words["issue"], number=content.number),
        office=words["office"],
        date=dated(content, chinese),
        opening=[
            _opening(content, words, zone, chinese),
            words["house"] + _provisos(content, words, usual),
        ],
        sections=_numbered(sections, words),
        feet=_lines(words["foot"]),
    )


def _numbered(sections: Sequence[Section], words: Wording) -> Sequence[Section]:
    """Give each heading its number, in the way of the paper's language."""
    return [
        Section(
            fill(words["numbered"], n=numeral, number=number) + section.heading, section.paragraphs
        )
        for number, (numeral, section) in enumerate(zip(NUMERALS, sections, strict=False), 1)
    ]


def _errata(content: Content, words: Wording, zone: tzinfo, say: Say) -> Sequence[str]:
    """Say each correction in a numbered line, with why, by whom and when where that was kept."""
    said = []
    for at, each in enumerate(content.errata, 1):
        told = {
            "number": each.number or at,
            "name": say(each.label),
            "was": spoken(each.was),
            "now": spoken(each.now),
        }
        text = fill(words["erratum"], **told)
        if each.reason and each.at is not None:
            local = each.at.astimezone(zone)
            when = f"{local.month}-{local.day} {local:%H:%M}"
            text += fill(words["erratum_why"], reason=each.reason, by=each.by, at=when)
        said.append(text)
    return said


def signatures(words: Wording, names: Mapping[str, str]) -> Sequence[str]:
    """Say who drafted, checked, endorsed and issued the paper; a part that nobody has is left out.

    An installation's own wording may be one line with places for the names.
    """
    told = words["signatures"]
    if isinstance(told, str):
        blank = dict.fromkeys(("drafted", "checked", "endorsed", "released"), BLANK)
        return [fill(told, **{**blank, **{part: name for part, name in names.items() if name}})]
    return [f"{word}{names[part] or BLANK}" for part, word in told.items() if part in names]


def _lines(told: str | Sequence[str]) -> Sequence[str]:
    return [told] if isinstance(told, str) else told


def _opening(content: Content, words: Wording, zone: tzinfo, chinese: bool) -> str:  # noqa: FBT001
    missing = _missing(content, words)
    local = content.as_of.astimezone(zone)
    as_of = (
        f"{local.month} 月 {local.day} 日 {local.hour} 时 {local.minute:02d} 分"
        if chinese
        else f"{local:%H:%M} on {local.day} {local:%B}"
    )
    return fill(words["opening"], as_of=as_of, missing=missing, **counts(content))


def _missing(content: Content, words: Wording) -> str:
    """Say who has not reported: with yesterday's numbers, or with none at all."""
    said = ""
    for phrase, stands in (("missing", True), ("absent", False)):
        names = [unit.name for unit in content.units if unit.missing and unit.stands is stands]
        if names:
            joined = words["moved_join"].join(names)
            said += fill(words[phrase], names=joined, count=len(names))
    return said


def _provisos(content: Content, words: Wording, usual: int) -> str:
    """Say once what holds for all numbers: what they are without, and who has no yesterday."""
    said = fill(words["usual_gap"], n=usual) if usual else ""
    fresh = [unit.name for unit in content.units if unit.owes and unit.stands and not unit.compared]
    if not any(line.change is not None for line in content.lines):
        return said + str(words["no_yesterday"])
    if fresh:
        said += fill(words["not_compared"], names=listed(fresh, words, NAMED_AT_MOST))
    return said


def _spoken_of(content: Content, words: Wording) -> Sequence[Line]:
    """Return the figures that the paper speaks of."""
    codes = [
        code
        for section in words["sections"]
        for clauses in section["paragraphs"]
        for code, _ in clauses
    ]
    return [line for code in codes if (line := content.line(code)) and known(line)]


def _paragraphs(
    content: Content, words: Wording, told: Sequence[Sequence[Sequence[str]]], usual: int
) -> Sequence[str]:
    found = []
    for clauses in told:
        said = [
            _clause(phrase, line, words, usual)
            for code, phrase in clauses
            if (line := content.line(code)) and known(line)
        ]
        if said:
            found.append(words["clause_join"].join(said) + words["full_stop"])
    return found


def _clause(phrase: str, line: Line, words: Wording, usual: int) -> str:
    number = fill(phrase, n=spoken(line.today.value))
    return number + partial(line, words, usual) + _change(line, words)


def _change(line: Line, words: Wording) -> str:
    if not line.change:
        return ""
    way = words["up"] if line.change > 0 else words["down"]
    moved = ""
    if line.moved and line.figure.code in words["explained"]:
        moved = words["moved_opens"] + words["moved_join"].join(parts(line, words, NAMED_AT_MOST))
    return fill(words["change"], signed=fill(way, by=spoken(size(line.change))), moved=moved)


def _issues(content: Content, words: Wording, chinese: bool) -> Sequence[str]:  # noqa: FBT001
    return _listed(content, "new_issues", chinese) or [words["no_issues"]]


def _listed(content: Content, field: str, chinese: bool) -> Sequence[str]:  # noqa: FBT001
    colon = "：" if chinese else ": "
    return [
        f"{unit.name}{colon}{' '.join(text.split())}"
        for unit in content.units
        if (text := getattr(unit, field))
    ]
