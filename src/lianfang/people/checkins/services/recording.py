"""Recording what was told or measured, for one and for many by one path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.bulk import insert, made
from lianfang.ground.doors.sealing import blind
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import (
    Earlier,
    Reading,
    Sheet,
    check,
    check_same,
    counts,
    last,
    since,
    verdict,
)
from lianfang.people.checkins.services.telling import Told, take_over
from lianfang.people.checkins.standing import (
    Policies,
    Readings,
    as_earlier,
    columns_of,
    earlier,
    policies,
    standing_of,
)
from lianfang.people.register.models import Person
from lianfang.people.screening.facts import Columns
from lianfang.people.screening.inforce import InForce, day_of, in_force
from lianfang.people.screening.judging import evaluate
from lianfang.people.screening.rules import Standing
from lianfang.people.screening.services import rescreen

HAS_LEFT = msgid("%(name)s has left; nothing is recorded of him any more.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A check-in as it was kept, and where the person stands by it."""

    checkin: CheckIn
    standing: Standing

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Name for the trail what was recorded."""
        return (self.checkin.pk,)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What all check-ins of one act share."""

    actor: Actor
    now: datetime
    held: InForce
    policies: Policies


@act("checkins.record")
def record(actor: Actor, person: Person, sheet: Sheet) -> Recorded:
    """Record what a person told or was measured, and work out what follows for his status."""
    return _recorded(_moment(actor, [person]), [(person, sheet.reading)])[0]


@record.gathered
def _record_together(actor: Actor, items: Sequence[Pending[Recorded]]) -> Sequence[Recorded]:
    """Record many at once; somebody who is named twice is taken once a round, in order."""
    told = [(_person(item), _sheet(item).reading) for item in items]
    at = _moment(actor, [person for person, _ in told])
    found: dict[int, Recorded] = {}
    for places in _rounds(told):
        done = _recorded(at, [told[place] for place in places])
        found |= dict(zip(places, done, strict=True))
    return [found[place] for place in range(len(told))]


def _moment(actor: Actor, people: Sequence[Person]) -> _Moment:
    now = clock.now()
    held = in_force({person.unit for person in people}, now)
    return _Moment(actor, now, held, policies(held.packs))


def _recorded(at: _Moment, told: Sequence[tuple[Person, Reading]]) -> list[Recorded]:
    """Record a round in which everybody is named once."""
    people = [person for person, _ in told]
    policies = [at.policies[person.unit_id] for person in people]
    oldest = min(
        since(min(at.now, reading.taken_at), policy, carried=reading.same_as_yesterday)
        for (_, reading), policy in zip(told, policies, strict=True)
    )
    before = earlier([person.pk for person in people], oldest)
    rows = [_row(at, person, reading, before[person.pk]) for person, reading in told]
    _store(rows)
    after = {row.person_id: _after(row, before[row.person_id]) for row in rows}
    news = [
        Told(person, reading, row, last(before[person.pk]), _stands(at, person, row, after))
        for (person, reading), row in zip(told, rows, strict=True)
    ]
    known = take_over(at.actor, at.now, news, after, at.policies, at.held.packs)
    standings = rescreen(people, at.now, at.actor, in_force=at.held, known=known)
    return [
        Recorded(row, _standing(at, new, after, known, place, standing))
        for place, (row, new, standing) in enumerate(zip(rows, news, standings, strict=True))
    ]


def _row(at: _Moment, person: Person, told: Reading, before: Sequence[Earlier]) -> CheckIn:
    if person.left_at is not None:
        raise Conflict(HAS_LEFT, name=person.name)
    policy, day = at.policies[person.unit_id], day_of(person, told.taken_at)
    check(told, policy, at.now)
    check_same(told, before, day, policy)
    means = verdict(told.temperature, policy.thresholds)
    same_day = last(each for each in before if each.day == day)
    stands = counts(told, means, same_day, policy.thresholds)
    row = {
        "response_id": at.held.response,
        "unit_id": person.unit_id,
        "person_id": person.pk,
        "population": person.population,
        "day": day,
        "happened_at": told.taken_at,
        "recorded_at": at.now,
        "temperature": told.temperature,
        "method": told.method if told.temperature is not None else "",
        "symptoms": list(told.symptoms),
        "symptoms_known": told.symptoms_known,
        "in_town": told.in_town,
        "region": told.region,
        "household_symptoms": told.household_symptoms,
        "contact_risk_area": told.contact_risk_area,
        "contact_case": told.contact_case,
        "verdict": means,
        "counts": stands,
        "same_as_yesterday": told.same_as_yesterday,
        "how": told.how,
        "by": at.actor.who,
        "via": at.actor.via,
        "device": _hashed(told.device, at.held.response),
        "replaces_id": same_day.id if same_day and stands else None,
    }
    return made(CheckIn, row)


def _hashed(device: str, response: UUID | None) -> bytes | None:
    """Return what is kept of a device: enough to tell that two readings came from one."""
    return blind(device, "device", f"response-{response}") if device and response else None


def _store(rows: Sequence[CheckIn]) -> None:
    if len(rows) == 1:
        rows[0].save(force_insert=True)
    else:
        insert(rows)


def _after(row: CheckIn, before: Sequence[Earlier]) -> list[Earlier]:
    """Return the readings of a person that count once this one is among them."""
    return [*before, as_earlier(row)] if row.counts else list(before)


def _stands(at: _Moment, person: Person, row: CheckIn, after: Readings) -> bool:
    """Tell whether a reading is the one in force now."""
    found = standing_of(person, after, at.now, at.policies)
    return found is not None and found.id == row.pk


def _standing(
    at: _Moment,
    told: Told,
    after: Readings,
    known: Columns,
    place: int,
    now: Standing,
) -> Standing:
    """Return where a person stands; by a reading of another day alone, where he stood then."""
    person, row = told.person, told.row
    if told.stands or not row.counts or known["checked_in_today"][place]:
        return now
    one = {name: [column[place]] for name, column in known.items()}
    one |= columns_of([person], after, row.happened_at, at.policies)
    return evaluate([person], row.happened_at, at.held.packs, one)[0]


def _rounds(told: Sequence[tuple[Person, Reading]]) -> Iterator[list[int]]:
    waiting = list(range(len(told)))
    while waiting:
        seen: set[UUID] = set()
        now: list[int] = []
        for place in waiting:
            person = told[place][0].pk
            if person not in seen:
                seen.add(person)
                now.append(place)
        yield now
        taken = set(now)
        waiting = [place for place in waiting if place not in taken]


def _person(item: Pending[Recorded]) -> Person:
    if not isinstance(item.where, Person):
        raise TypeError(item.where)
    return item.where


def _sheet(item: Pending[Recorded]) -> Sheet:
    sheet = item.told.args[0] if item.told.args else item.told.kwargs["sheet"]
    if not isinstance(sheet, Sheet):
        raise TypeError(sheet)
    return sheet
