"""Who wants to know at once that the policy pack has changed, or would: screening, plans, loops."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lianfang.ground.response.rules import Pack, Words
from lianfang.kernel.actor import Actor

#: What runs inside the act that activates a new version: the actor, the pack before (none the
#: first time), the pack now, and the time of the matter.
Watcher = Callable[[Actor, Pack | None, Pack, datetime], None]


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody or something that a change would touch, as a list shows it."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do: a sentence with its count and its words, and the first it touches."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Touched] = ()
    more: int = 0


#: What looks ahead without changing anything: the actor, the pack before, the pack as it would
#: be, and the time of the matter.
Seer = Callable[[Actor, Pack, Pack, datetime], Sequence[Effect]]


@dataclass(frozen=True, slots=True)
class Speech:
    """The language in which the rules of a pack are written, as the app that applies them knows it.

    `names` are the person-facts with the word for their kind, `check` refuses a pack whose rules
    cannot be used, `answer` says what the rules tell of a person of whom these facts are known.
    """

    names: Callable[[], Sequence[tuple[str, str]]]
    check: Callable[[Pack], None]
    answer: Callable[[Pack, Mapping[str, str]], "Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What rules say of somebody: the word at the gate, and why."""

    word: str
    reasons: Sequence[Words | str]


WATCHERS: list[Watcher] = []
SPEECHES: list[Speech] = []
SEERS: list[Seer] = []


def when_the_pack_changes(watcher: Watcher) -> None:
    """Call a plain function, never an act, whenever a version of the pack is activated."""
    WATCHERS.append(watcher)


def when_a_change_is_weighed(seer: Seer) -> None:
    """Ask a plain function what would become of its matter before a change is put in force."""
    SEERS.append(seer)


def rules_are_spoken(speech: Speech) -> None:
    """Say how the rules of a pack are read; screening does so once."""
    SPEECHES[:] = [speech]


def check_rules(pack: Pack, at: datetime) -> None:
    """Refuse a pack that has, now or later, a rule that cannot be used."""
    for speech in SPEECHES:
        for instant in (at, *(turn for turn in pack.turns if turn > at)):
            speech.check(pack.at(instant))


def tell(actor: Actor, before: Pack | None, after: Pack, now: datetime) -> None:
    """Tell everybody who wants to know."""
    for watcher in WATCHERS:
        watcher(actor, before, after, now)


def foreseen(actor: Actor, before: Pack, after: Pack, now: datetime) -> list[Effect]:
    """Return what a change would do, asked of everybody who can tell."""
    return [effect for seer in SEERS for effect in seer(actor, before, after, now)]
