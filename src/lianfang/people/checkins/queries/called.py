"""Whom a program or a clerk means: by staff number and unit, by key, by personal link."""

from collections.abc import Collection
from uuid import UUID

from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.refusals import BadInput, NotAllowed, Refused
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import NUMBERED, Person, PersonalLink

RECORD = "checkins.record"
#: What recording asks of a person; a row of the register is wide, and most of it is sealed.
NEEDED = (
    *("person_no", "name", "population", "left_at"),
    *("unit__code", "unit__path", "unit__name", "unit__short_name", "unit__day_starts"),
    *("site__name", "site__day_starts"),
)
NOBODY = msgid("There is nobody here with this number for whom you may record a reading.")
OTHER_UNIT = msgid("%(person_no)s belongs to %(unit)s; name that unit.")

Called = Person | Refused


def called(actor: Actor, person_no: str, unit: str) -> Person:
    """Return whom a staff number and a unit name, or say why not."""
    found = called_many(actor, [(person_no, unit)])[person_no, unit]
    if isinstance(found, Refused):
        raise found
    return found


def called_many(actor: Actor, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], Called]:
    """Return whom staff numbers and units name, or for each why not."""
    numbers = list(dict.fromkeys(number for number, _ in names))
    people: dict[str, Person] = {}
    for part in parts(numbers):
        rows = visible(Person, actor, RECORD).filter(NUMBERED, person_no__in=part)
        for person in rows.select_related("unit", "site").only(*NEEDED).order_by():
            people[person.person_no] = person
    return {name: _of(people.get(name[0]), name[1]) for name in names}


def somebody(actor: Actor, key: UUID | str, act: str = RECORD) -> Person:
    """Return a person by his key, if the actor may do this to him."""
    rows = visible(Person, actor, act).select_related("unit", "site", "stall")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotAllowed(NOBODY)
    return found


def link_holder(digest: str) -> Person | None:
    """Return whose personal link has this digest, as long as it opens anything."""
    found = (
        visible(PersonalLink, OPERATOR, "links.use")
        .filter(digest=digest, revoked_at=None, expires_at__gt=clock.machine())
        .filter(person__left_at=None)
        .select_related("person")
        .first()
    )
    return found.person if found else None


def _of(person: Person | None, unit: str) -> Called:
    if person is None:
        return NotAllowed(NOBODY, "person_no")
    if person.unit.code != unit:
        return BadInput(OTHER_UNIT, "unit", person_no=person.person_no, unit=person.unit.code)
    return person
