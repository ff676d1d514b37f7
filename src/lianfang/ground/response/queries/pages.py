"""What the policy page shows: every value in force, and when what changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import PackVersion
from lianfang.ground.response.queries.packs import (
    adopted_version,
    pack_at,
    pack_or_none,
    stored,
    versions,
)
from lianfang.ground.response.queries.switching import Open, Switch, open_rows, switch_rows
from lianfang.ground.response.rules import Change, Leaf, Mark, Pack, difference, timeline
from lianfang.ground.response.rules.showing import STRICTER_WORDS, Shown, show
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

MARK_WORDS = {
    Mark.FOUND: msgid("found in a source"),
    Mark.MEMORY: msgid("from memory"),
    Mark.DEFAULT: msgid("our default"),
    Mark.OWN: msgid("stricter here"),
}
MARK_MEANINGS = {
    Mark.FOUND: msgid("Found in public material of the time; the source is named."),
    Mark.MEMORY: msgid(
        "From memory and not found in public material: check it before you rely on it."
    ),
    Mark.DEFAULT: msgid("Chosen by us as a sensible default; no authority has ruled it."),
    Mark.OWN: msgid("Made stricter by this unit or one of its superiors."),
}


@dataclass(frozen=True, slots=True)
class PackRow:
    """One value of the pack in the words of the reader; `*_words` are msgids."""

    path: str
    label: str
    shown: Shown
    source: str
    mark: Mark
    mark_words: str
    note: str
    stricter_words: str
    before: Shown | None


@dataclass(frozen=True, slots=True)
class Section:
    """The values of one matter."""

    code: str
    label: str
    rows: tuple[PackRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A value before and after a turn."""

    path: str
    label: str
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """An instant at which the pack begins to say something else."""

    at: datetime
    titles: tuple[str, ...]
    over: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of the policy page wants to see."""

    at: datetime
    language: str
    unit: Unit | None = None
    versus: datetime | None = None
    text: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class May:
    """What the reader of the policy page may change."""

    amend: bool
    tighten: bool
    lift: bool


@dataclass(frozen=True, slots=True)
class PackPage:
    """The policy page."""

    pack: Pack
    title: str
    authority: tuple[str, ...]
    sections: tuple[Section, ...]
    turns: tuple[TurnRow, ...]
    marks: tuple[tuple[str, str, str, int], ...]
    count: int
    version: PackVersion
    switches: tuple[Switch, ...]
    left_open: tuple[Open, ...]


def pack_page(actor: Actor, asked: Asked) -> PackPage | None:
    """Return the pack in force at an instant with all that a reader asks of it."""
    pack = pack_or_none(actor, asked.at, asked.unit)
    key = adopted_version(actor, asked.at)
    if pack is None or key is None:
        return None
    version = versions(actor).get(pk=key)
    before = _before(actor, asked, pack)
    sections = _sections(pack, asked, before)
    return PackPage(
        pack=pack,
        title=pack.title.say(asked.language),
        authority=tuple(each.say(asked.language) for each in pack.authority),
        sections=sections,
        turns=_turns(stored(actor, version), asked),
        marks=_marks(pack),
        count=sum(len(section.rows) for section in sections),
        version=version,
        switches=switch_rows(pack),
        left_open=open_rows(pack, asked.language),
    )


def group_for(actor: Actor, act: str) -> Unit | None:
    """Return the group if the actor may do this to the whole of it."""
    unit = orgs.units(actor, act).order_by("path").first()
    return unit if unit is not None and tree.is_root(unit.path) else None


def unit_for(actor: Actor, code: str, act: str) -> Unit | None:
    """Return a unit by its code if the actor may do this there."""
    return orgs.unit_by_code(actor, code, act)


def may(actor: Actor, unit: Unit | None) -> May:
    """Return what the reader of the policy page may change."""
    return May(
        amend=group_for(actor, "response.draft") is not None,
        tighten=orgs.units(actor, "response.supplement").exists(),
        lift=unit is not None and unit_for(actor, unit.code, "response.lift") is not None,
    )


def change_rows(changes: Iterable[Change], pack: Pack, language: str) -> tuple[ChangeRow, ...]:
    """Return changes in the words of the reader."""
    return tuple(_change(change, pack, language) for change in changes)


def label_of(pack: Pack, path: str, language: str) -> str:
    """Return what a value is called."""
    return _label(path, pack.leaf(path), language)


def _before(actor: Actor, asked: Asked, pack: Pack) -> Mapping[str, Leaf | None]:
    if asked.versus is None:
        return {}
    other = pack_at(actor, asked.versus, asked.unit)
    return {change.path: change.before for change in difference(other, pack)}


def _sections(pack: Pack, asked: Asked, before: Mapping[str, Leaf | None]) -> tuple[Section, ...]:
    found: dict[str, list[PackRow]] = {}
    for path, leaf in pack.leaves.items():
        row = _row(pack, path, leaf, asked, before)
        if _fits(row, asked) and (asked.versus is None or path in before):
            found.setdefault(path.partition(".")[0], []).append(row)
    labels = pack.sections
    return tuple(
        Section(code, labels[code].say(asked.language) if code in labels else code, tuple(rows))
        for code, rows in found.items()
    )


def _row(
    pack: Pack, path: str, leaf: Leaf, asked: Asked, before: Mapping[str, Leaf | None]
) -> PackRow:
    old = before.get(path)
    return PackRow(
        path=path,
        label=_label(path, leaf, asked.language),
        shown=show(leaf, asked.language, pack.value(path)),
        source=leaf.source.say(asked.language),
        mark=leaf.mark,
        mark_words=MARK_WORDS[leaf.mark],
        note=leaf.note.say(asked.language),
        stricter_words=_stricter_words(leaf),
        before=show(old, asked.language) if old else None,
    )


def _stricter_words(leaf: Leaf) -> str:
    """Return which way is the stricter one; what is on already cannot be switched on."""
    if leaf.stricter is None or leaf.value is True:
        return ""
    return STRICTER_WORDS[leaf.stricter]


def _fits(row: PackRow, asked: Asked) -> bool:
    if asked.mark and row.mark != asked.mark:
        return False
    words = f"{row.path} {row.label} {row.shown.text} {row.source} {row.note} "
    words += " ".join(record.words for record in row.shown.records)
    return asked.text.lower() in words.lower()


def _turns(whole: Pack, asked: Asked) -> tuple[TurnRow, ...]:
    return tuple(
        TurnRow(
            turn.at,
            tuple(each.title.say(asked.language) for each in turn.begins),
            tuple(each.title.say(asked.language) for each in turn.ends),
            change_rows(turn.changes, whole, asked.language),
            turn.at <= asked.at,
        )
        for turn in timeline(whole)
    )


def _change(change: Change, pack: Pack, language: str) -> ChangeRow:
    known = change.after or change.before or pack.leaf(change.path)
    return ChangeRow(
        change.path,
        _label(change.path, known, language),
        show(change.before, language) if change.before else None,
        show(change.after, language) if change.after else None,
    )


def _label(path: str, leaf: Leaf, language: str) -> str:
    return leaf.label.say(language) or path


def _marks(pack: Pack) -> tuple[tuple[str, str, str, int], ...]:
    """Return each mark with its words, its meaning and how many values have it."""
    marks: Sequence[Mark] = [leaf.mark for leaf in pack.leaves.values()]
    return tuple(
        (mark.value, MARK_WORDS[mark], MARK_MEANINGS[mark], marks.count(mark))
        for mark in Mark
        if mark in marks
    )
