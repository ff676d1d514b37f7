"""The person-facts that the register knows: whereabouts, and how long ago a history ended."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import BooleanField, CharField, DateTimeField, QuerySet, Value
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.parts import parts
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.rules.facts import (
    Exposed,
    Stay,
    days_since_key_area,
    latest,
)
from lianfang.people.register.rules.policy import policy_of
from lianfang.people.register.rules.words import History
from lianfang.people.screening.facts import FactSource, declare
from lianfang.people.screening.inforce import day_of
from lianfang.people.screening.judging import READ
from lianfang.people.screening.packs import PerPack

A_HISTORY = "history"

register_policy = PerPack(policy_of)


def load(people: Sequence[Person], at: datetime, pack: Pack) -> Mapping[str, Sequence[object]]:
    """Return where people are and how many days ago what they told ended."""
    policy, keys = register_policy(pack), [person.pk for person in people]
    since = (at - timedelta(days=(policy.window_days or 0) + 1)).date()
    stays, history = _told(keys, at, since)
    days = [day_of(person, at) for person in people]

    def ago(about: History) -> list[int | None]:
        kinds = policy.kinds_about(about)
        told = zip(map(history.__getitem__, keys), days, strict=True)
        return [latest(each, kinds, day) if each else None for each, day in told]

    moved = zip(map(stays.__getitem__, keys), days, strict=True)
    there = [days_since_key_area(each, policy, day) for each, day in moved]
    return {
        "in_town": [_in_town(stays[key]) for key in keys],
        "days_since_key_area": list(map(_least, there, ago(History.KEY_AREA))),
        "days_since_people_from_there": ago(History.PEOPLE_FROM_THERE),
        "days_since_case_contact": ago(History.CASE),
    }


def _told(
    people: Sequence[UUID], at: datetime, since: date
) -> tuple[dict[UUID, list[Stay]], dict[UUID, list[Exposed]]]:
    """Return the movements of people and what history they told, both by one statement."""
    stays: dict[UUID, list[Stay]] = {person: [] for person in people}
    history: dict[UUID, list[Exposed]] = {person: [] for person in people}
    zone = get_default_timezone()
    for part in parts(people):
        rows = _movements(part, at).union(_exposures(part, at, since), all=True)
        for person, in_town, place, whence, day, valid_to in rows:
            if whence == A_HISTORY:
                history[person].append(Exposed(place, day))
                continue
            ended = valid_to.astimezone(zone).date() if valid_to and valid_to <= at else None
            stays[person].append(Stay(in_town, place, whence, day, ended))
    return stays, history


def _movements(people: Sequence[UUID], at: datetime) -> QuerySet[Movement, tuple[Any, ...]]:
    rows = visible(Movement, OPERATOR, READ).filter(person__among=people, valid_from__lte=at)
    return rows.order_by().values_list(
        "person_id", "in_town", "region", "from_region", "returned_on", "valid_to"
    )


def _exposures(
    people: Sequence[UUID], at: datetime, since: date
) -> QuerySet[Exposure, tuple[Any, ...]]:
    """Return pieces of history in the columns of movements, marked where those say whence."""
    rows = visible(Exposure, OPERATOR, READ).filter(
        person__among=people, last_day__gte=since, happened_at__lte=at, withdrawn_at=None
    )
    return rows.order_by().values_list(
        "person_id",
        Value(None, BooleanField()),
        "kind",
        Value(A_HISTORY, CharField()),
        "last_day",
        Value(None, DateTimeField()),
    )


def _in_town(stays: Sequence[Stay]) -> bool | None:
    return next((each.in_town for each in reversed(stays) if each.until is None), None)


def _least(*days: int | None) -> int | None:
    return min((each for each in days if each is not None), default=None)


declare(
    FactSource(
        "register",
        {
            "in_town": pl.Boolean(),
            "days_since_key_area": pl.Int64(),
            "days_since_people_from_there": pl.Int64(),
            "days_since_case_contact": pl.Int64(),
        },
        load,
    )
)
