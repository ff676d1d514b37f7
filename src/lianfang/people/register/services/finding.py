"""Whom the rows of a file name: of those the importer may see, and of the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.doors.sealing import blind
from lianfang.ground.doors.visible import visible
from lianfang.kernel import masks
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.spreadsheets.problems import Problem
from lianfang.kernel.spreadsheets.reading import Line, Reading
from lianfang.people.register.models import NUMBERED, Person
from lianfang.people.register.rules import reading as columns
from lianfang.people.register.rules.names import same_name
from lianfang.people.register.rules.words import SealedColumn
from lianfang.people.register.services.taking import Known, known_of

Key = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a staff number: he may still lack the document by which files name him."""

    person: UUID
    name: str
    documented: bool
    here: bool

    def is_meant(self, line: Line) -> bool:
        """Tell whether a row completes this person, known by name and number only so far."""
        return self.here and not self.documented and self.name == line["姓名"]


class Found:
    """Who stands behind the documents and the numbers of a file."""

    def __init__(self, actor: Actor, act: str, lines: Sequence[Line]) -> None:
        """Look everybody up, a part of the file at a time."""
        self._actor, self._act = actor, act
        self._keys = {line.number: _key(line) for line in lines if columns.key_of(line)[1]}
        seen, every = visible(Person, actor, act), Person.objects.all()
        known = list(_by_document(seen, self._keys.values()))
        self._here = {key: person for key, person, _name in known}
        self._names = {person: name for _key, person, name in known}
        self._all = {key for key, _person, _name in _by_document(every, self._keys.values())}
        numbers = {number for line in lines if (number := columns.number_of(line))}
        self._owners = _owners(seen, every, sorted(numbers))

    def person(self, line: Line) -> UUID | None:
        """Return whom a row names: by his document, else by a number that lacks one."""
        key = self._keys.get(line.number)
        owner = self._owners.get(columns.number_of(line))
        if key in self._here:
            return self._here[key]
        return owner.person if owner is not None and owner.is_meant(line) else None

    def people(self) -> Iterable[UUID]:
        """Return everybody whose document the file names and whom the importer may see."""
        return self._here.values()

    def known(self, lines: Sequence[Line]) -> Known:
        """Return what is known of the people of some rows."""
        keys = [key for line in lines if (key := self.person(line)) is not None]
        return known_of(visible(Person, self._actor, self._act).in_bulk(keys))

    def problems(self, reading: Reading) -> Iterator[Problem]:
        """Say which rows name somebody of another unit, or a number that is taken."""
        for line in reading.lines:
            key = self._keys.get(line.number)
            owner = self._owners.get(columns.number_of(line))
            if key in self._all and key not in self._here:
                yield reading.problem(line, columns.DOCUMENT, "registered_elsewhere")
            elif owner is not None and owner.person != self.person(line):
                yield reading.problem(line, columns.PERSON_NO, "person_no_taken")
            elif known := self._another_name(line):
                name = columns.name_column(line)
                yield reading.problem(line, name, "other_name", known=masks.name(known))

    def _another_name(self, line: Line) -> str:
        """Return the registered name of whom a row names by his document and calls otherwise."""
        person = self._here.get(self._keys.get(line.number))
        known = self._names.get(person, "") if person else ""
        told = str(line[columns.name_column(line)] or "")
        return known if told and known and not same_name(told, known) else ""


def _key(line: Line) -> Key:
    kind, number = columns.key_of(line)
    return kind, blind(number, SealedColumn.DOCUMENT)


def _by_document(
    people: QuerySet[Person], keys: Iterable[Key]
) -> Iterator[tuple[Key | None, UUID, str]]:
    asked: dict[str, list[bytes]] = {}
    for kind, index in keys:
        asked.setdefault(kind, []).append(index)
    for kind, indexes in asked.items():
        for part in parts(indexes):
            rows = people.filter(document_kind=kind, document_index__in=part).order_by()
            for found, person, name in rows.values_list("document_index", "pk", "name"):
                yield (kind, bytes(found or b"")), person, name


def _owners(
    seen: QuerySet[Person], every: QuerySet[Person], numbers: Sequence[str]
) -> Mapping[str, Owner]:
    found: dict[str, Owner] = {}
    for part in parts(numbers):
        own = seen.filter(NUMBERED, person_no__in=part).order_by()
        here = set(own.values_list("pk", flat=True))
        rows = every.filter(NUMBERED, person_no__in=part).order_by()
        for number, person, name, index in rows.values_list(
            "person_no", "pk", "name", "document_index"
        ):
            found[number] = Owner(person, name, index is not None, person in here)
    return found
