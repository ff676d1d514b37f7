"""A change of the pack while it is still being written: its lines, what is wrong, what it makes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from enum import StrEnum

from lianfang.ground.response.rules import leaf as leaves
from lianfang.ground.response.rules.leaf import Leaf, Mark
from lianfang.ground.response.rules.pack import Pack
from lianfang.ground.response.rules.reading import amended, parse, write
from lianfang.ground.response.rules.showing import typed
from lianfang.ground.response.rules.tightening import at_least_as_strict
from lianfang.ground.response.rules.wholeness import check_sound
from lianfang.ground.response.rules.words import NO_WORDS, BadPack
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

NO_SUCH_VALUE = msgid("%(path)s is not a value of this pack, nor of any pack that we know.")
SAY_SOURCE = msgid("%(path)s: say which document says so, or that it is your own decision.")
SAY_FROM = msgid("Say from which day and hour on it holds.")
NOTHING_YET = msgid("Nothing changes yet: choose a value first.")
TITLE_TOO = msgid("Give the change a title.")


class DraftKind(StrEnum):
    """What a draft becomes: an amendment from an instant on, a corrected version, a new file."""

    AMENDMENT = "amendment"
    EDITION = "edition"
    FILE = "file"


class Direction(StrEnum):
    """What a change of a value does to those who go by it."""

    STRICTER = "stricter"
    LAXER = "laxer"
    OTHER = "other"
    NEW = "new"
    SAME = "same"


DIRECTION_WORDS: Mapping[Direction, str] = {
    Direction.STRICTER: msgid("stricter than before"),
    Direction.LAXER: msgid("laxer than before"),
    Direction.OTHER: msgid("different from before"),
    Direction.NEW: msgid("said for the first time"),
    Direction.SAME: msgid("the same as before"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One value that changes, as it was typed; nothing typed is lost because it is wrong."""

    path: str
    text: str = ""
    source: str = ""
    mark: str = Mark.FOUND.value
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A change as far as it is written."""

    title: str = ""
    valid_from: str = ""
    valid_to: str = ""
    lines: tuple[Line, ...] = ()
    file: str = ""

    def line(self, path: str) -> Line | None:
        """Return what is written of a value."""
        return next((each for each in self.lines if each.path == path), None)

    def with_line(self, line: Line) -> "Drafted":
        """Return the draft with a value changed or added."""
        kept = [line if each.path == line.path else each for each in self.lines]
        found = kept if self.line(line.path) else [*self.lines, line]
        return replace(self, lines=tuple(found))

    def without(self, path: str) -> "Drafted":
        """Return the draft in which a value stays as it is."""
        return replace(self, lines=tuple(each for each in self.lines if each.path != path))


@dataclass(frozen=True, slots=True)
class Examined:
    """What a draft would make of a pack, or what is wrong with which of its lines."""

    pack: Pack | None
    wrong: Mapping[str, BadPack] = field(default_factory=dict)
    whole: BadInput | None = None

    @property
    def sound(self) -> bool:
        """Tell whether it can be put in force."""
        return self.pack is not None


def dump(drafted: Drafted) -> str:
    """Write a draft as it is stored."""
    return json.dumps(asdict(drafted), ensure_ascii=False)


def load(text: str) -> Drafted:
    """Read a stored draft."""
    told = json.loads(text)
    lines = tuple(Line(**each) for each in told.pop("lines"))
    return Drafted(**told, lines=lines)


def before(pack: Pack, known: Mapping[str, Leaf], path: str) -> Leaf:
    """Return the value that a line replaces, or the shape of one that is not known yet."""
    if pack.has(path):
        return pack.leaf(path)
    shape = known.get(path)
    if shape is not None:
        return shape
    open_ = pack.unknown.get(path)
    if open_ is None:
        raise BadPack(NO_SUCH_VALUE, "path", path=path)
    number = open_.unit not in leaves.READERS
    return Leaf(
        value=0 if number else "",
        unit=open_.unit,
        source=NO_WORDS,
        mark=Mark.DEFAULT,
        label=open_.label,
        note=open_.note,
    )


def leaf_of(pack: Pack, known: Mapping[str, Leaf], line: Line, zone: tzinfo) -> Leaf:
    """Read a line as a value with unit, source and mark, or say what is wrong with it."""
    shape = before(pack, known, line.path)
    if not line.source.strip():
        raise BadPack(SAY_SOURCE, "source", path=line.path)
    told = leaves.write(shape) | {
        "value": typed(shape, line.text, zone),
        "source": line.source.strip(),
        "mark": line.mark,
        "note": line.note.strip(),
    }
    kept = {key: each for key, each in told.items() if key != "say" and (key, each) != ("note", "")}
    return leaves.read(line.path, kept)


def examine(
    kind: DraftKind, whole: Pack, drafted: Drafted, known: Mapping[str, Leaf], zone: tzinfo
) -> Examined:
    """Say what a draft would make of a pack; everything that is wrong is named at once."""
    at = _moment(drafted.valid_from, zone) or whole.valid_from
    pack, sets, wrong = whole.at(at), {}, {}
    for line in drafted.lines:
        try:
            sets[line.path] = leaf_of(pack, known, line, zone)
        except BadPack as refused:
            wrong[line.path] = refused
    try:
        _complete(kind, drafted, zone)
        made = _made(kind, whole, drafted, sets, zone) if not wrong else None
    except BadPack as refused:
        return Examined(None, wrong, refused)
    return Examined(made, wrong)


def direction(old: Leaf | None, new: Leaf) -> Direction:
    """Say what a change does, where the pack itself says which way is the stricter one."""
    if old is None:
        return Direction.NEW
    if old.value == new.value:
        return Direction.SAME
    if old.stricter is None:
        return Direction.OTHER
    return Direction.STRICTER if at_least_as_strict(new.value, old) else Direction.LAXER


def _complete(kind: DraftKind, drafted: Drafted, zone: tzinfo) -> None:
    if not drafted.lines:
        raise BadPack(NOTHING_YET, "path")
    if not drafted.title.strip():
        raise BadPack(TITLE_TOO, "title")
    if kind is DraftKind.AMENDMENT and _moment(drafted.valid_from, zone) is None:
        raise BadPack(SAY_FROM, "valid_from")


def _made(
    kind: DraftKind, whole: Pack, drafted: Drafted, sets: Mapping[str, Leaf], zone: tzinfo
) -> Pack:
    told = {path: leaves.write(leaf) for path, leaf in sets.items()}
    if kind is DraftKind.EDITION:
        content = write(whole)
        values = {path: leaves.write(leaf) for path, leaf in whole.leaves.items()} | told
        made = parse(content | {"values": values, "edition": whole.edition + 1})
        check_sound(made)
        return made
    begins, ends = _moment(drafted.valid_from, zone), _moment(drafted.valid_to, zone)
    return amended(
        whole,
        {
            "title": {"zh": drafted.title.strip(), "en": drafted.title.strip()},
            "valid_from": begins.isoformat() if begins else "",
            "valid_to": ends.isoformat() if ends else None,
            "set": told,
        },
    )


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """Return a typed moment at the place; none where nothing or nothing readable was typed."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)
