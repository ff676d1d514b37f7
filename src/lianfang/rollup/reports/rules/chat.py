"""The daily situation as text for a chat group; its last line explains the changes."""

from datetime import tzinfo
from pathlib import Path

from lianfang.rollup.reports.rules.bulletin import Content
from lianfang.rollup.reports.rules.speech import (
    Wording,
    counts,
    dated,
    fill,
    known,
    partial,
    signed,
    spoken,
    words_of,
)

NAMED_AT_MOST = 4


def chat_text(content: Content, language: str, zone: tzinfo, folder: Path | None = None) -> str:
    """Return the bulletin as text for a chat group; its last line explains the changes."""
    words = words_of(language, folder)
    chat, chinese = words["chat"], language.startswith("zh")
    names = words["moved_join"].join(unit.name for unit in content.units if unit.missing)
    missing = fill(chat["missing"], names=names) if names else ""
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
            fill(phrase, n=spoken(line.today.value)) + partial(line, words)
            for code, phrase in clauses
            if (line := content.line(code)) and known(line)
        ]
        if said:
            lines.append(chat["join"].join(said))
    return "\n".join([*lines, _explained(content, chat)])


def _explained(content: Content, chat: Wording) -> str:
    """Return the last line: "密接 +2：禾丰 1，康渡 1"."""
    said = []
    for code in chat["changes"]:
        line = content.line(code)
        if line is None or not line.change:
            continue
        moved = [
            fill(chat["moved"], name=move.name, by=spoken(move.by))
            for move in line.moved[:NAMED_AT_MOST]
        ]
        told = {"name": chat["names"][code], "signed": signed(line.change)}
        said.append(fill(chat["change"], moved=chat["moved_join"].join(moved), **told))
    return str(chat["change_join"].join(said) if said else chat["no_change"])


def _group_short(content: Content) -> str:
    return next((unit.name for unit in content.units if not unit.owes), content.group_name)
