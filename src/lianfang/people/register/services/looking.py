"""Opening one sealed value of one person, and taking a list out of the house: on the record."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import reveal as opened
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import Purpose, SealedColumn

LONG_NUMBER = re.compile(r"\d{7}")
WORDS_LENGTH = 200
SAY_WHY = msgid("Say in a few words what it is needed for.")
NO_NUMBERS = msgid("Say why without the number of anybody's document or telephone.")
TOO_LONG = msgid("Not more than %(limit)s characters.")


@dataclass(frozen=True, slots=True)
class Revealed:
    """One value in plain words, for the eyes of who asked for it."""

    subjects: tuple[UUID, ...]
    column: SealedColumn
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """Whom a list that left the house was about, and in what file."""

    subjects: tuple[UUID, ...]
    digest: str


class Listing:
    """The people on a list; the trail keeps them as subjects, not as an argument."""

    def __init__(self, people: Collection[UUID]) -> None:
        """Take the people in the order of the list."""
        self.people = tuple(people)


@act("people.reveal", tells=("words",))
def reveal(
    actor: Actor, person: Person, column: SealedColumn, purpose: Purpose, words: str = ""
) -> Revealed:
    """Show one sealed value of one person for a purpose; the person sees who looked and why."""
    said = words.strip()
    if purpose is Purpose.OTHER and not said:
        raise BadInput(SAY_WHY, field="words")
    if LONG_NUMBER.search(said):
        raise BadInput(NO_NUMBERS, field="words")
    if len(said) > WORDS_LENGTH:
        raise BadInput(TOO_LONG, field="words", limit=WORDS_LENGTH)
    return Revealed((person.pk,), column, opened(person, column))


@act("people.export", tells=("digest", "kind"))
def export(
    actor: Actor, unit: Unit, people: Listing, count: int, digest: str, kind: str
) -> Exported:
    """Enter that a masked list of people left the house: how many, and the file's own hash."""
    return Exported(people.people, digest)
