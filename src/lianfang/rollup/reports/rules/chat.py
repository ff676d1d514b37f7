"""The daily situation as text for a chat group; its last line explains the changes."""

from collections.abc import Iterator, Sequence
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
    signed,
    spoken,
    usual_gap,
    words_of,
)

NAMED_AT_MOST = 4


def chat_text(content: Content, language: str, zone: tzinfo, folder: Path | None = None) -> str:
    """Return the bulletin as text for a chat group; its last line explains the changes."""
    words = words_of(language, folder)
    chat, chinese = words["chat"], language.startswith("zh")
    told = [(phrase, line) for clauses in chat["lines"] for phrase, line in _said(content, clauses)]
    usual = usual_gap([line for _, line in told])
    missing = _missing(content, words) + (fill(chat["usual_gap"], n=usual) if usual else "")
    local = content.as_of.astimezone(zone)
    lines = [
        fill(
            chat["title"],
            short=_group_short(content),
            day=dated(content, chinese),
            time=f"{local:%H:%M}",
        ),
        fill(chat["reports"], missing=missing, **counts(content)),
    ]
    for clauses in chat["lines"]:
        said = [
            fill(phrase, n=spoken(line.today.value)) + partial(line, words, usual)
            for phrase, line in _said(content, clauses)
        ]
        if said:
            lines.append(chat["join"].join(said))
    return "\n".join([*lines, _explained(content, chat)])


def _said(content: Content, clauses: Sequence[Sequence[str]]) -> Sequence[tuple[str, Line]]:
    """Return the clauses of a line of which there is a number to say."""
    found = [(phrase, content.line(code)) for code, phrase in clauses]
    return [(phrase, line) for phrase, line in found if line is not None and known(line)]


def _missing(content: Content, words: Wording) -> str:
    """Say who has not reported: with yesterday's numbers, or with none at all."""
    said = ""
    for phrase, stands in (("missing", True), ("absent", False)):
        names = [unit.name for unit in content.units if unit.missing and unit.stands is stands]
        if names:
            said += fill(words["chat"][phrase], names=words["moved_join"].join(names))
    return said


def _explained(content: Content, chat: Wording) -> str:
    """Return the last line: "密接 +2：禾丰 +1，康渡 +1"; parts with signs add up to the change."""
    lines = [(code, line) for code in chat["changes"] if (line := content.line(code))]
    if content.missing and not counts(content)["reported"]:
        return str(chat["no_report"])
    if not any(line.change is not None for line in content.lines):
        return str(chat["no_yesterday"])
    said = [
        fill(phrase, name=chat["names"][code], signed=_signed(line, chat), moved=moved)
        for code, line in lines
        for phrase, moved in _reasons(line, chat)
    ]
    return str(chat["change_join"].join(said) if said else chat["no_change"])


def _reasons(line: Line, chat: Wording) -> Iterator[tuple[str, str]]:
    """Yield what moved a figure, and what is told of it for the first time and compared to none."""
    if line.moved:
        yield chat["change"], chat["moved_join"].join(parts(line, chat, NAMED_AT_MOST))
    if line.fresh:
        names = [f"{move.name} {spoken(move.by)}" for move in line.fresh]
        yield chat["fresh"], listed(names, chat, NAMED_AT_MOST)


def _signed(line: Line, chat: Wording) -> str:
    return signed(line.change) if line.change else str(chat["level"])


def _group_short(content: Content) -> str:
    return next((unit.name for unit in content.units if not unit.owes), content.group_name)
