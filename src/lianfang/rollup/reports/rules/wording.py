"""The daily situation in words: what is drafted, said in both languages, from a paper's wording."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from lianfang.ground.figures.rules import Number, State, Value
from lianfang.rollup.reports.rules.bulletin import Content, Line, Moved, UnitReport

SHIPPED = Path(__file__).parents[1] / "papers" / "daily_situation.yaml"
NAMED_AT_MOST = 4
NUMERALS = (*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"))
Wording = Mapping[str, Any]
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
    foot: str


@cache
def wording(file: Path) -> Mapping[str, Wording]:
    """Read a wording file; it is read once a process."""
    told: Mapping[str, Wording] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return told


def words_of(language: str, folder: Path | None = None) -> Wording:
    """Return the wording in a language: the installation's own, or the one that is shipped."""
    own = folder / SHIPPED.name if folder else SHIPPED
    told = wording(own if own.exists() else SHIPPED)
    return told["zh" if language.startswith("zh") else "en"]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table behind the paper: a heading, column heads and a row for each company."""

    heading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


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
    sections = [
        Section(section["heading"], paragraphs)
        for section in words["sections"]
        if (paragraphs := _paragraphs(content, words, section["paragraphs"]))
    ]
    sections.append(Section(words["issues"], _issues(content, words, chinese)))
    if asked := _listed(content, "help_needed", chinese):
        sections.append(Section(words["help"], asked))
    if content.remark:
        sections.append(Section(words["remark"], content.remark.splitlines()))
    if content.errata:
        sections.append(Section(words["errata"], _errata(content, words, say)))
    return Paper(
        title=_fill(words["title"], group=content.group_name),
        issue=_fill(words["issue"], number=content.number),
        office=words["office"],
        date=_date(content, chinese),
        opening=[_opening(content, words, zone, chinese), words["house"]],
        sections=_numbered(sections, words),
        foot=words["foot"],
    )


def _numbered(sections: Sequence[Section], words: Wording) -> Sequence[Section]:
    """Number the headings as the paper's language does: 一、 or 1."""
    return [
        Section(
            _fill(words["numbered"], n=numeral, number=number) + section.heading, section.paragraphs
        )
        for number, (numeral, section) in enumerate(zip(NUMERALS, sections, strict=False), 1)
    ]


def _errata(content: Content, words: Wording, say: Say) -> Sequence[str]:
    """Say each correction in a numbered line."""
    return [
        _fill(
            words["erratum"],
            number=number,
            name=say(each.label),
            was=spoken(each.was),
            now=spoken(each.now),
        )
        for number, each in enumerate(content.errata, 1)
    ]


def chat_text(content: Content, language: str, zone: tzinfo, folder: Path | None = None) -> str:
    """Return the bulletin as text for a chat group; its last line explains the changes."""
    words = words_of(language, folder)
    chat, chinese = words["chat"], language.startswith("zh")
    names = words["moved_join"].join(unit.name for unit in content.units if unit.missing)
    missing = _fill(chat["missing"], names=names) if names else ""
    local = content.as_of.astimezone(zone)
    lines = [
        _fill(
            chat["title"],
            short=_group_short(content),
            day=_date(content, chinese),
            time=f"{local:%H:%M}",
        ),
        _fill(chat["reports"], missing=missing, **_counts(content)),
    ]
    for clauses in chat["lines"]:
        said = [
            _fill(phrase, n=spoken(line.today.value))
            for code, phrase in clauses
            if (line := content.line(code)) and _known(line)
        ]
        if said:
            lines.append(chat["join"].join(said))
    return "\n".join([*lines, _explained(content, chat)])


def grid(content: Content, words: Wording) -> Grid:
    """Return the table of the companies: their report and the indicators that the wording names."""
    columns = [
        (code, head)
        for code, head in words["columns"]
        if any(_has(unit.values.get(code)) for unit in content.units)
    ]
    rows = [
        [
            unit.name if unit.owes else words["house_name"],
            _report_word(unit, words),
            *(_cell(unit.values.get(c)) for c, _ in columns),
        ]
        for unit in content.units
    ]
    total = [_cell(line.today if (line := content.line(code)) else None) for code, _ in columns]
    rows.append([words["total"], "", *total])
    heads = [words["table_unit"], words["table_report"], *(head for _, head in columns)]
    return Grid(words["table"], heads, rows, words["note"] if content.missing else "")


def signatures(words: Wording, names: Mapping[str, str]) -> str:
    """Return the line that says who drafted, checked and issued the paper."""
    told = {part: names.get(part) or "      " for part in ("drafted", "checked", "released")}
    return _fill(words["signatures"], **told)


def spoken(value: Number | None) -> str:
    """Write a number as papers do: thousands apart, no empty decimals."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"


def size(value: Number) -> Number:
    """Return how large a difference is, whichever way it goes."""
    return value if value >= 0 else -value


def signed(value: Number) -> str:
    """Write a difference with its sign."""
    return f"+{spoken(value)}" if value > 0 else f"-{spoken(-value)}"


def _has(value: Value | None) -> bool:
    return value is not None and value.value is not None


def _cell(value: Value | None) -> str:
    if value is None or value.value is None:
        return "—"
    return spoken(value.value) if value.value else "·"


def _report_word(unit: UnitReport, words: Wording) -> str:
    if not unit.owes:
        return "—"
    word = str(words["states"][unit.state.value])
    if unit.stale:
        return f"{word}*"
    return str(words["late"]) if unit.late else word


def _fill(text: str, **values: object) -> str:
    return Template(text).safe_substitute({key: str(value) for key, value in values.items()})


def _known(line: Line) -> bool:
    return line.today.state is State.NUMBER and line.today.value is not None


def _counts(content: Content) -> Mapping[str, int]:
    owing = [unit for unit in content.units if unit.owes]
    return {"owing": len(owing), "reported": len(owing) - len(content.missing)}


def _opening(content: Content, words: Wording, zone: tzinfo, chinese: bool) -> str:  # noqa: FBT001
    missing = ""
    if content.missing:
        names = [unit.name for unit in content.units if unit.missing]
        told = {"names": words["moved_join"].join(names), "count": len(names)}
        missing = _fill(words["missing"], **told)
    local = content.as_of.astimezone(zone)
    as_of = (
        f"{local.month} 月 {local.day} 日 {local.hour} 时 {local.minute:02d} 分"
        if chinese
        else f"{local:%H:%M} on {local.day} {local:%B}"
    )
    return _fill(words["opening"], as_of=as_of, missing=missing, **_counts(content))


def _paragraphs(
    content: Content, words: Wording, told: Sequence[Sequence[Sequence[str]]]
) -> Sequence[str]:
    found = []
    for clauses in told:
        said = [
            _fill(phrase, n=spoken(line.today.value)) + _change(line, words)
            for code, phrase in clauses
            if (line := content.line(code)) and _known(line)
        ]
        if said:
            found.append(words["clause_join"].join(said) + words["full_stop"])
    return found


def _change(line: Line, words: Wording) -> str:
    if not line.change:
        return ""
    way = words["up"] if line.change > 0 else words["down"]
    moved = ""
    if line.moved and line.figure.code in words["explained"]:
        moved = words["moved_opens"] + _names(line.moved, words)
    return _fill(words["change"], signed=_fill(way, by=spoken(size(line.change))), moved=moved)


def _names(moved: Sequence[Moved], words: Wording) -> str:
    said = [_fill(words["moved"], name=m.name, by=signed(m.by)) for m in moved[:NAMED_AT_MOST]]
    rest = words.get("more", "") if len(moved) > NAMED_AT_MOST else ""
    return str(words["moved_join"]).join(said) + rest


def _issues(content: Content, words: Wording, chinese: bool) -> Sequence[str]:  # noqa: FBT001
    return _listed(content, "new_issues", chinese) or [words["no_issues"]]


def _listed(content: Content, field: str, chinese: bool) -> Sequence[str]:  # noqa: FBT001
    colon = "：" if chinese else ": "
    return [
        f"{unit.name}{colon}{' '.join(text.split())}"
        for unit in content.units
        if (text := getattr(unit, field))
    ]


def _explained(content: Content, chat: Wording) -> str:
    """Return the last line: "密接 +2：禾丰 1，康渡 1"."""
    said = []
    for code in chat["changes"]:
        line = content.line(code)
        if line is None or not line.change:
            continue
        moved = [
            _fill(chat["moved"], name=move.name, by=spoken(move.by))
            for move in line.moved[:NAMED_AT_MOST]
        ]
        told = {"name": chat["names"][code], "signed": signed(line.change)}
        said.append(_fill(chat["change"], moved=chat["moved_join"].join(moved), **told))
    return str(chat["change_join"].join(said) if said else chat["no_change"])


def _date(content: Content, chinese: bool) -> str:  # noqa: FBT001
    day = content.day
    return (
        f"{day.year} 年 {day.month} 月 {day.day} 日"
        if chinese
        else f"{day.day} {day:%B} {day.year}"
    )


def _group_short(content: Content) -> str:
    return next((unit.name for unit in content.units if not unit.owes), content.group_name)
