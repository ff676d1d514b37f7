"""What somebody well tells in a check-in, with whatever a test tells otherwise."""

from dataclasses import replace
from decimal import Decimal

from lianfang.kernel import clock
from lianfang.people.checkins.rules import Reading, Sheet


def reading(**told: object) -> Reading:
    base = Reading(
        taken_at=clock.now(),
        temperature=Decimal("36.5"),
        method="forehead",
        in_town=True,
        household_symptoms=False,
        contact_risk_area=False,
        contact_case=False,
    )
    return replace(base, **told)  # type: ignore[arg-type]


def sheet(**told: object) -> Sheet:
    return Sheet(reading(**told))
