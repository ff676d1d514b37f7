"""Batches of 10,000 check-ins by the many-at-once door, each beside a bare insert of as many."""

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Exists, OuterRef

from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Reading, Sheet
from lianfang.people.checkins.services import record
from lianfang.people.register.models import Person
from tests.bench.bare import Bare
from tests.bench.group import BATCH


def measure(rounds: str) -> Mapping[str, Sequence[float]]:
    """Record batches of people who have not checked in yet; tell the seconds of both."""
    bare = Bare()
    own, by_hand = [], []
    for _ in range(int(rounds)):
        people = _waiting()
        sheet = _sheet()
        began = time.perf_counter()
        done = record.many(OPERATOR, [record.on(person, sheet) for person in people])
        own.append(time.perf_counter() - began)
        if any(item.refused for item in done):
            raise RuntimeError("a check-in of the batch was refused")
        by_hand.append(bare.batch(BATCH))
    return {"own": own, "bare": by_hand}


def _waiting() -> Sequence[Person]:
    told = CheckIn.objects.filter(person=OuterRef("pk"))
    rows = Person.objects.filter(~Exists(told)).select_related("unit", "site")
    return list(rows.order_by("person_no")[:BATCH])


def _sheet() -> Sheet:
    told = Reading(
        taken_at=clock.now(),
        temperature=Decimal("36.5"),
        method="forehead",
        household_symptoms=False,
        contact_risk_area=False,
        contact_case=False,
    )
    return Sheet(told)
