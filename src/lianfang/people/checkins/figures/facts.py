"""The person-facts that the reading in force tells."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from lianfang.ground.response.rules import Pack
from lianfang.people.checkins.rules import since
from lianfang.people.checkins.rules.force import SYMPTOM_FACTS
from lianfang.people.checkins.standing import columns_of, earlier, policy_in
from lianfang.people.register.models import Person
from lianfang.people.screening.facts import FactSource, declare


def load(people: Sequence[Person], at: datetime, pack: Pack) -> Mapping[str, Sequence[object]]:
    """Return what the readings in force tell of people."""
    policy = policy_in(pack)
    told = earlier([person.pk for person in people], since(at, policy))
    return columns_of(people, told, at, {person.unit_id: policy for person in people})


declare(
    FactSource(
        "checkins",
        {
            "temperature": pl.Float64(),
            "method": pl.String(),
            "symptoms_any": pl.Boolean(),
            "household_symptoms": pl.Boolean(),
            "checked_in_today": pl.Boolean(),
            **dict.fromkeys(SYMPTOM_FACTS, pl.Boolean()),
        },
        load,
    )
)
