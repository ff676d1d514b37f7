"""Opening what was said in a call, and taking the log out of the house: on the record."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import reveal
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.work.liaison.models import Contact


@dataclass(frozen=True, slots=True)
class Note:
    """What was said, agreed and passed on, for the eyes of who opened it."""

    subjects: tuple[UUID, ...]
    said: str = field(repr=False)
    measure: str = field(repr=False)
    told: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """Which calls were in a list that left the house."""

    subjects: tuple[UUID, ...]
    digest: str


class Listing:
    """The calls on a list; the trail keeps them as subjects."""

    def __init__(self, contacts: Collection[UUID]) -> None:
        """Take the calls in the order of the list."""
        self.contacts = tuple(contacts)


@act("contacts.open")
def open_note(actor: Actor, contact: Contact) -> Note:
    """Show what was said in a call; who looked stands in the trail."""
    said, measure, told = (reveal(contact, column) for column in ("said", "measure", "told"))
    return Note((contact.pk,), said, measure, told)


@act("contacts.export", tells=("digest",))
def export(actor: Actor, unit: Unit, calls: Listing, count: int, digest: str) -> Exported:
    """Enter that the log of calls left the house: how many, and the file's own hash."""
    return Exported(calls.contacts, digest)
