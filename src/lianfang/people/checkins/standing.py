"""The readings that stand: for the next one to follow and for the rules to judge.

Plain functions for acts and pages; whoever calls them has looked whether these people may be seen.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response.queries import NoPack, pack_or_none
from lianfang.ground.response.queries.features import switched_off
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.rules.features import Feature
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.parts import parts
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import (
    Earlier,
    Policy,
    Verdict,
    facts_told,
    in_force,
    policy_of,
)
from lianfang.people.register.models import Person
from lianfang.people.screening.inforce import Packs, day_of
from lianfang.people.screening.models import Decision
from lianfang.people.screening.packs import PerPack

READ = "checkins.read"
MARGIN = timedelta(days=2)
LOOK_BACK = timedelta(hours=2)
NOTHING_COLLECTED = msgid("No response is in force: nothing is asked of anybody.")
COLUMNS = (
    "person_id",
    "id",
    "day",
    "happened_at",
    "temperature",
    "method",
    "verdict",
    "symptoms",
    "in_town",
    "region",
    "household_symptoms",
    "contact_risk_area",
    "contact_case",
    "same_as_yesterday",
    "symptoms_known",
)
Policies = Mapping[UUID, Policy]
Readings = Mapping[UUID, Sequence[Earlier]]

_policy = PerPack(policy_of)


def policy_in(pack: Pack | None) -> Policy:
    """Return what a pack says of check-ins; without a pack nothing is collected."""
    if pack is None:
        raise NoPack(NOTHING_COLLECTED)
    return _policy(pack)


def asking_in(pack: Pack | None) -> Policy:
    """Return the same where something is asked of people; else say what switched that off."""
    policy = policy_in(pack)
    if not policy.asks:
        raise switched_off(OPERATOR, Feature.CHECK_IN)
    return policy


def today_at(unit: Unit) -> date:
    """Return the operating day that runs at a unit."""
    return operating_day(clock.now(), get_default_timezone(), unit.day_starts)


def policies(packs: Packs) -> Policies:
    """Return what the packs of some units say of check-ins."""
    return {unit: asking_in(pack) for unit, pack in packs.items()}


def earlier(people: Collection[UUID], since: datetime) -> dict[UUID, list[Earlier]]:
    """Return the readings of people that counted when they came in, the oldest first."""
    found: dict[UUID, list[Earlier]] = {person: [] for person in people}
    # the day of a reading is never far from its date, and the index knows days
    rows = visible(CheckIn, OPERATOR, READ).filter(
        day__gte=since.date() - MARGIN, happened_at__gte=since, counts=True
    )
    for part in parts(people):
        read = rows.filter(person__among=part).order_by("happened_at", "id")
        for person, *told in read.values_list(*COLUMNS):
            found[person].append(_earlier(*told))
    return found


def run_out(now: datetime) -> QuerySet[Person]:
    """Return those whose last reading ran out a short while ago and whose status does not say so.

    Whatever was missed before then is worked out when somebody looks, or at the next reading.
    """
    pack = pack_or_none(OPERATOR, now)
    if pack is None:
        return visible(Person, OPERATOR, READ).none()
    valid = policy_in(pack).pass_valid
    end, begin = now - valid, now - valid - LOOK_BACK
    readings = visible(CheckIn, OPERATOR, READ)
    later = readings.filter(
        person=OuterRef("person"), counts=True, happened_at__gt=OuterRef("happened_at")
    )
    said = visible(Decision, OPERATOR, READ).filter(
        person=OuterRef("person"), at__gte=OuterRef("happened_at") + valid
    )
    ran_out = readings.filter(
        day__gte=begin.date() - MARGIN, counts=True, happened_at__gt=begin, happened_at__lte=end
    ).filter(~Exists(later), ~Exists(said))
    people = visible(Person, OPERATOR, READ).filter(left_at=None)
    return people.filter(pk__in=ran_out.order_by().values("person")).order_by("pk")


def standing_of(person: Person, told: Readings, at: datetime, policies: Policies) -> Earlier | None:
    """Return the reading of a person that stands at an instant."""
    if not told[person.pk]:
        return None
    policy = policies[person.unit_id]
    return in_force(told[person.pk], at, day_of(person, at), policy)


def columns_of(
    people: Sequence[Person], told: Readings, at: datetime, policies: Policies
) -> dict[str, list[object]]:
    """Return what the readings in force tell of people, column by column."""
    rows = [
        facts_told(standing_of(person, told, at, policies), policies[person.unit_id])
        for person in people
    ]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def as_earlier(row: CheckIn) -> Earlier:
    """Return a row that was just recorded as the next one will find it."""
    return _earlier(*(getattr(row, name) for name in COLUMNS[1:]))


def _earlier(*told: object) -> Earlier:
    named = dict(zip(COLUMNS[1:], told, strict=True))
    named["taken_at"] = named.pop("happened_at")
    named["verdict"] = Verdict(str(named["verdict"]))
    symptoms = named["symptoms"]
    named["symptoms"] = tuple(symptoms) if isinstance(symptoms, list | tuple) else ()
    named["symptoms_known"] = named["symptoms_known"] is not False
    return Earlier(**named)  # type: ignore[arg-type]
