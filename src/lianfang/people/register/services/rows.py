"""How a person and his dated rows are written: the steps that several acts share."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from lianfang.ground.doors.bulk import made
from lianfang.ground.doors.sealing import blind, holds, seal
from lianfang.kernel import clock, masks
from lianfang.kernel.parts import parts
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import (
    Exposure,
    Membership,
    Movement,
    Person,
    PersonalLink,
    StallTenure,
)
from lianfang.people.register.rules.lines import (
    PLAIN,
    WHERE,
    PersonLine,
    Told,
    Whereabouts,
    class_of,
)
from lianfang.people.register.rules.names import pinyin
from lianfang.people.register.rules.words import population_of
from lianfang.people.register.services.moments import Moment

ELSEWHERE = msgid("Already registered elsewhere.")
INDEXED = {"document": masks.document, "phone": masks.phone}
COLUMNS = (
    *PLAIN,
    *("sort_key", "initials", "population", "address", "remark"),
    *("document", "document_index", "document_mask", "phone", "phone_index", "phone_mask"),
)


def fill(person: Person, told: PersonLine) -> frozenset[str]:
    """Write into the row what was told and is new; return what of it is.

    What was left out stays as it is: an empty cell or field says nothing about a person.
    """
    changed = _fill_plain(person, told)
    for column, mask in INDEXED.items():
        if _fill_indexed(person, column, getattr(told, column), mask):
            changed.add(column)
    for column in ("address", "remark"):
        text = getattr(told, column)
        if text and not holds(person, column, text):
            setattr(person, column, seal(person, column, text))
            changed.add(column)
    return frozenset(changed)


def _fill_plain(person: Person, told: PersonLine) -> set[str]:
    changed = set()
    for name in PLAIN:
        value = getattr(told, name)
        if value not in {"", None} and getattr(person, name) != value:
            setattr(person, name, value)
            changed.add(name)
    person.population = population_of(person.employment)
    if "name" in changed or not person.sort_key:
        person.sort_key, person.initials = pinyin(person.name)
    return changed


def _fill_indexed(person: Person, column: str, text: str, mask: Callable[[str], str]) -> bool:
    if not text:
        return False
    index = blind(text, column)
    if getattr(person, f"{column}_index") == index:
        return False
    setattr(person, f"{column}_index", index)
    setattr(person, f"{column}_mask", mask(text))
    setattr(person, column, seal(person, column, text))
    return True


def saved(person: Person, *, fresh: bool) -> None:
    """Store a person; of two who enter the same document at once the second one is told so."""
    try:
        with transaction.atomic():
            if fresh:
                person.save(force_insert=True)
            else:
                person.save(update_fields=[*COLUMNS, "unit", "site", "stall", "left_at"])
    except IntegrityError as twin:
        raise Conflict(ELSEWHERE, field="document") from twin


def membership(person: Person, at: Moment) -> Membership:
    """Return the row that counts somebody at his unit from now on."""
    told = {
        "person_id": person.pk,
        "unit_id": person.unit_id,
        "population": person.population,
        "employment": person.employment,
        "valid_from": at.now,
        "recorded_at": at.now,
    }
    return made(Membership, told)


def movement(person: Person, told: Whereabouts, at: Moment) -> Movement:
    """Return the row that says where somebody is from now on."""
    row = {name: getattr(told, name) for name in WHERE}
    row |= {
        "movement_class": told.movement_class or class_of(told, at.policy),
        "response_id": at.response_id,
        "person_id": person.pk,
        "unit_id": person.unit_id,
        "population": person.population,
        "how": told.how,
        "by": at.by,
        "via": at.via,
        "valid_from": at.now,
        "recorded_at": at.now,
    }
    return made(Movement, row)


def exposure(person: Person, told: Told, at: Moment) -> Exposure:
    """Return the row of a piece of history as it was told."""
    return Exposure(
        response_id=at.response_id,
        person_id=person.pk,
        unit_id=person.unit_id,
        population=person.population,
        kind=told.kind,
        region=told.region,
        last_day=told.last_day,
        last_day_known=told.last_day_known,
        how=told.how,
        by=at.by,
        via=at.via,
        happened_at=at.now,
        recorded_at=at.now,
    )


def whereabouts(row: Movement | None) -> Whereabouts:
    """Return what a row says of where somebody is."""
    if row is None:
        return Whereabouts()
    return Whereabouts(**{name: getattr(row, name) for name in WHERE})


def open_movements(people: Collection[UUID]) -> dict[UUID, Movement]:
    """Return where people are now, by person."""
    return {
        row.person_id: row
        for part in parts(people)
        for row in Movement.objects.filter(person__among=part, valid_to=None)
    }


def close_memberships(people: Collection[UUID], at: Moment) -> None:
    """End the present membership of people."""
    Membership.objects.filter(person__in=people, valid_to=None).update(valid_to=at.now)


def close_movements(people: Collection[UUID], at: Moment) -> None:
    """End the present movement of people."""
    Movement.objects.filter(person__in=people, valid_to=None).update(valid_to=at.now)


def close_tenures(people: Collection[UUID], at: Moment) -> None:
    """Have people hold no stall any more."""
    StallTenure.objects.filter(person__in=people, valid_to=None).update(valid_to=at.now)


def revoke_links(people: Collection[UUID]) -> None:
    """Let the personal links of people open nothing any more; links go by the machine's clock."""
    links = PersonalLink.objects.filter(person__in=people, revoked_at=None)
    links.update(revoked_at=clock.machine())
