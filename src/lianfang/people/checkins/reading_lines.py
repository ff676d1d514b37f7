"""Readings as lists show them, in the words of the pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lianfang.ground.response.rules import Words
from lianfang.kernel import clock
from lianfang.people.checkins.models import CheckIn
from lianfang.people.checkins.rules import Choice, Policy, Verdict
from lianfang.people.checkins.standing import policy_in
from lianfang.people.screening.inforce import packs_of


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading as a list shows it."""

    id: UUID
    person: UUID
    name: str
    belongs: str
    population: str
    day: date
    taken_at: datetime
    temperature: Decimal | None
    method: Words | str
    verdict: Verdict
    symptoms: tuple[Words | str, ...]
    in_town: bool | None
    counts: bool
    same: bool
    how: str


def lines(rows: Iterable[CheckIn]) -> list[ReadingLine]:
    """Write readings, which were found by what somebody may see, in the words of the pack."""
    found = list(rows)
    packs = packs_of({row.unit for row in found}, clock.now()) if found else {}
    rules = {unit: policy_in(pack) for unit, pack in packs.items()}
    return [_line(row, rules[row.unit_id]) for row in found]


def _line(row: CheckIn, policy: Policy) -> ReadingLine:
    belongs = (str(row.unit), row.person.department, row.person.person_no)
    return ReadingLine(
        id=row.pk,
        person=row.person_id,
        name=row.person.name,
        belongs=" · ".join(part for part in belongs if part),
        population=row.population,
        day=row.day,
        taken_at=row.happened_at,
        temperature=row.temperature,
        method=_word(policy.methods, row.method),
        verdict=Verdict(row.verdict),
        symptoms=tuple(_word(policy.symptoms, code) for code in row.symptoms),
        in_town=row.in_town,
        counts=row.counts,
        same=row.same_as_yesterday,
        how=row.how,
    )


def _word(choices: Sequence[Choice], code: str) -> Words | str:
    return next((each.words for each in choices if each.code == code), code)
