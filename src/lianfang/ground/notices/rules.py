"""Sentences that are written once and read in each reader's language; who is meant by a notice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from lianfang.kernel.actor import Actor, Assigned
from lianfang.kernel.texts import msgid_in

#: Translates a msgid within a context, which is empty for most.
Translate = Callable[[str, str], str]
Show = Callable[[datetime | date], str]


class NoticeKind(StrEnum):
    """What a notice is about, so that a reader can look at one kind alone."""

    TASK = "task"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    RESULT = "result"
    NOTE = "note"


class Channel(StrEnum):
    """A way by which a notice reaches its reader."""

    IN_APP = "in_app"


#: The context under which the catalogue keeps the kinds.
KIND = "notice kind"
KIND_WORDS: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.TASK: msgid_in("notice kind", "To do"),
        NoticeKind.REMINDER: msgid_in("notice kind", "Reminder"),
        NoticeKind.ESCALATION: msgid_in("notice kind", "Escalated"),
        NoticeKind.RESULT: msgid_in("notice kind", "Outcome"),
        NoticeKind.NOTE: msgid_in("notice kind", "Note"),
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English msgid and what stands in its places; free text is `Sentence.of(text)`."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    context: str = ""

    @classmethod
    def of(cls, text: str) -> "Sentence":
        """Return a text that somebody typed, which is the same in every language."""
        return cls("%(text)s", {"text": text})

    @classmethod
    def read(cls, told: str, params: Mapping[str, object]) -> "Sentence":
        """Read a sentence as it is stored."""
        return cls(told, {name: _read(value) for name, value in params.items()})

    def plain(self) -> dict[str, object]:
        """Return the places in a form that can be stored as JSON."""
        return {name: _plain(value) for name, value in self.params.items()}

    def say(self, translate: Translate, show: Show) -> str:
        """Return the sentence in a reader's language, with times as that reader writes them."""
        text = translate(self.context, self.msgid)
        if not self.params:
            return text
        return text % {name: _said(value, translate, show) for name, value in self.params.items()}


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return {"msgid": value.msgid, "context": value.context, "params": value.plain()}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def _read(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    if "at" in value:
        return datetime.fromisoformat(value["at"])
    if "day" in value:
        return date.fromisoformat(value["day"])
    return replace(Sentence.read(value["msgid"], value["params"]), context=value["context"])


def _said(value: object, translate: Translate, show: Show) -> object:
    if isinstance(value, Sentence):
        return value.say(translate, show)
    return show(value) if isinstance(value, datetime | date) else value


def seats(actor: Actor) -> Iterator[tuple[UUID, str]]:
    """Return the units at which the actor holds a post, and which post."""
    for grant in actor.grants:
        match grant.reach:
            case Assigned(None, UUID() as unit):
                yield unit, grant.role


def account(actor: Actor) -> UUID | None:
    """Return the user to whom notices are addressed by name."""
    for grant in actor.grants:
        match grant.reach:
            case Assigned(UUID() as user, _):
                return user
    return None


def is_meant(actor: Actor, *, user: UUID | None, unit: UUID | None, role: str) -> bool:
    """Tell whether a notice is for this actor: by name, or for a post that he holds."""
    if user is not None:
        return account(actor) == user
    return any(at == unit and role in {"", held} for at, held in seats(actor))
