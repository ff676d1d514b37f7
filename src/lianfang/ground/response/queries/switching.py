"""The switches of a pack as a page lists them, what it leaves open, and which packs there are."""

from dataclasses import dataclass

from lianfang.ground.response import shipped
from lianfang.ground.response.rules import Mark, Pack
from lianfang.ground.response.rules.features import FEATURE_WORDS, Feature, is_on
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Switch:
    """A part of the system and whether a pack switches it on; `words` is a msgid."""

    words: str
    on: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A value that a pack leaves open."""

    path: str
    label: str
    note: str


def switch_rows(pack: Pack) -> tuple[Switch, ...]:
    """Return every part of the system with its switch."""
    return tuple(Switch(FEATURE_WORDS[each], is_on(pack, each)) for each in Feature)


def open_rows(pack: Pack, language: str) -> tuple[Open, ...]:
    """Return what a pack leaves open."""
    return tuple(
        Open(path, told.label.say(language) or path, told.note.say(language))
        for path, told in pack.left_open.items()
    )


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A pack that comes with the program, as it can be chosen: `on` and `off` are msgids."""

    code: str
    title: str
    on: tuple[str, ...]
    off: tuple[str, ...]
    memory: int
    open: tuple[Open, ...]
    chosen: bool


def pack_choices(actor: Actor, language: str, chosen: str) -> tuple[PackChoice, ...]:
    """Return the packs that come with the program, for whoever may choose one of them."""
    if not actor.reaches("response.begin"):
        return ()
    return tuple(
        PackChoice(
            code,
            pack.title.say(language),
            tuple(each.words for each in switch_rows(pack) if each.on),
            tuple(each.words for each in switch_rows(pack) if not each.on),
            sum(1 for leaf in pack.leaves.values() if leaf.mark is Mark.MEMORY),
            open_rows(pack, language),
            code == chosen,
        )
        for code, pack in shipped.packs().items()
    )
