"""A person's status as pages print it: shape, word, reasons in the words of the pack, history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext

from lianfang.ground.response.rules import Pack, Words
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Person
from lianfang.people.screening import queries
from lianfang.people.screening.inforce import packs_of
from lianfang.people.screening.rules import WORDS, Standing, Status, reason_words

SIGNS: Mapping[Status, str] = {
    Status.MAY_ENTER: "ok",
    Status.CHECK_FIRST: "warn",
    Status.NOT_NOW: "bad",
    Status.UNKNOWN: "none",
}


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """A standing in words."""

    sign: str
    word: str
    reasons: Sequence[str]
    rule: str
    undecided: bool
    pack: str
    version: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PersonPart:
    """The part of a person's page: where he stands now, and how that came about."""

    now: ShownStanding
    history: Sequence[ShownStanding]


def person_part(actor: Actor, person: Person) -> PersonPart:
    """Return where a person stands and what was decided of him before."""
    standing = queries.status_of(actor, person)
    pack = packs_of([person.unit], standing.as_of)[person.unit_id]
    history = queries.history(actor, person)
    return PersonPart(shown(standing, pack), [shown(each, pack) for each in history])


def shown(standing: Standing, pack: Pack | None) -> ShownStanding:
    """Write where a person stands in the reader's language."""
    return ShownStanding(
        sign=SIGNS[standing.status],
        word=gettext(WORDS[standing.status]),
        reasons=[said(reason_words(pack, code)) for code in standing.reasons],
        rule=standing.rule,
        undecided=standing.status is Status.UNKNOWN,
        pack=standing.pack_id,
        version=standing.pack_version,
        as_of=standing.as_of,
    )


def said(words: Words | str) -> str:
    """Say words of the pack in the reader's language, or translate a sentence of ours."""
    return words.say(get_language() or "") if isinstance(words, Words) else gettext(words)
