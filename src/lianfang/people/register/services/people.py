"""Entering people, changing what is known of them, their moving and leaving."""

from dataclasses import dataclass
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import blind
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.register import seams
from lianfang.people.register.models import NUMBERED, Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts, check_movement
from lianfang.people.register.rules.words import SealedColumn
from lianfang.people.register.services import rows
from lianfang.people.register.services.moments import Moment, moment

NAME_MISSING = msgid("A person is entered by name at least; the rest can be completed later.")
ELSEWHERE = rows.ELSEWHERE
KNOWN_HERE = msgid("%(name)s of %(unit)s is registered with this document already.")
NUMBER_TAKEN = msgid("The staff number %(person_no)s belongs to somebody else.")
OTHER_UNIT = msgid("This site belongs to another unit.")
LEFT = msgid("%(name)s has left; take him back first.")
SAME_UNIT = msgid("%(name)s belongs to %(unit)s already.")


@act("people.enter", tells=("person_no",))
def enter(
    actor: Actor,
    unit: Unit,
    told: PersonLine,
    where: Whereabouts | None = None,
    site: Site | None = None,
) -> Person:
    """Enter somebody of the staff, or somebody on site, at a unit."""
    return entered(actor, unit, told, where or Whereabouts(), Place(site))


@dataclass(frozen=True, slots=True)
class Place:
    """The site and the stall at which somebody is, if he is at one."""

    site: Site | None = None
    stall: Stall | None = None


def entered(actor: Actor, unit: Unit, told: PersonLine, where: Whereabouts, place: Place) -> Person:
    """Enter somebody as a step of an act."""
    _check(actor, told, unit, place.site)
    at = moment(actor, unit)
    check_movement(where, at.policy, at.today)
    person = Person(unit=unit, site=place.site, stall=place.stall, entered_at=at.now)
    rows.fill(person, told)
    rows.saved(person, fresh=True)
    _open(person, where, at)
    seams.changed([person], at.now)
    return person


@act("people.change", tells=("person_no",))
def change(actor: Actor, person: Person, told: PersonLine) -> Person:
    """Change what is known of a person; what is left empty stays as it was."""
    _here(person)
    _check(actor, told, person.unit, person.site, person.pk)
    at = moment(actor, person.unit)
    before = (person.population, person.employment)
    if rows.fill(person, told):
        rows.saved(person, fresh=False)
    if (person.population, person.employment) != before:
        rows.close_memberships([person.pk], at)
        rows.membership(person, at).save(force_insert=True)
    if person.population != before[0]:
        _carry_over(person, at)
    return person


@act("people.move", also=("to",))
def move(actor: Actor, person: Person, to: Unit) -> Person:
    """Have somebody count at another unit from now on; one who had left is taken back."""
    at = moment(actor, to)
    back = person.left_at is not None
    if person.unit_id == to.pk and not back:
        raise Conflict(SAME_UNIT, field="to", name=person.name, unit=str(to))
    if person.unit_id != to.pk:
        rows.close_tenures([person.pk], at)
        person.site = person.stall = None
    person.unit, person.left_at = to, None
    person.save(update_fields=["unit", "site", "stall", "left_at"])
    rows.close_memberships([person.pk], at)
    rows.membership(person, at).save(force_insert=True)
    _carry_over(person, at)
    seams.changed([person], at.now)
    return person


@act("people.leave")
def leave(actor: Actor, person: Person) -> Person:
    """Take somebody off the roll from now on; what was counted before stays counted."""
    _here(person)
    at = moment(actor, person.unit)
    end([person.pk], at)
    person.refresh_from_db(fields=["left_at"])
    return person


def end(people: list[UUID], at: Moment) -> None:
    """Let people count no more: their dated rows end, their stalls and links too."""
    Person.objects.filter(pk__in=people).update(left_at=at.now)
    rows.close_memberships(people, at)
    rows.close_movements(people, at)
    rows.close_tenures(people, at)
    rows.revoke_links(people)


def _open(person: Person, told: Whereabouts, at: Moment) -> None:
    rows.membership(person, at).save(force_insert=True)
    rows.movement(person, told, at).save(force_insert=True)


def _carry_over(person: Person, at: Moment) -> None:
    """Go on with the same whereabouts under the new unit or population."""
    before = rows.open_movements([person.pk]).get(person.pk)
    rows.close_movements([person.pk], at)
    row = rows.movement(person, rows.whereabouts(before), at)
    if before is not None:
        row.how, row.by, row.via = before.how, before.by, before.via
    row.save(force_insert=True)


def _here(person: Person) -> None:
    if person.left_at is not None:
        raise Conflict(LEFT, name=person.name)


def _check(
    actor: Actor,
    told: PersonLine,
    unit: Unit,
    site: Site | None,
    person: UUID | None = None,
) -> None:
    if not told.name.strip():
        raise BadInput(NAME_MISSING, field="name")
    if site is not None and site.unit_id != unit.pk:
        raise BadInput(OTHER_UNIT, field="site")
    _document_free(actor, told, person)
    taken = Person.objects.filter(NUMBERED, person_no=told.person_no).values_list("pk", flat=True)
    if told.person_no and set(taken) - {person}:
        raise BadInput(NUMBER_TAKEN, field="person_no", person_no=told.person_no)


def _document_free(actor: Actor, told: PersonLine, person: UUID | None) -> None:
    if not told.document:
        return
    index = blind(told.document, SealedColumn.DOCUMENT)
    same = {"document_kind": told.document_kind, "document_index": index}
    if not set(Person.objects.filter(**same).values_list("pk", flat=True)) - {person}:
        return
    seen = visible(Person, actor, "people.read").filter(**same).select_related("unit").first()
    if seen is None:
        raise Conflict(ELSEWHERE, field="document")
    raise Conflict(KNOWN_HERE, field="document", name=seen.name, unit=str(seen.unit))
