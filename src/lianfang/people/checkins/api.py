"""`POST /checkins` and `/checkins/batch`."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Body, Router, Schema
from pydantic import AwareDatetime, Field, RootModel, ValidationError

from lianfang.ground.doors.act import Item, Pending
from lianfang.ground.web.requests import ActorRequest, answer, answer_with, sentence
from lianfang.kernel.refusals import Refused
from lianfang.people.checkins import queries
from lianfang.people.checkins.rules import Reading, Sheet, Verdict
from lianfang.people.checkins.services import Recorded, record
from lianfang.people.register.rules.words import HowTold
from lianfang.people.screening.rules import Status

MOST = 5_000
UNREADABLE = 422

router = Router(tags=["checkins"])


class CheckInIn(Schema):
    """A reading as it was told; null stands for what was not asked.

    `how` says how an answer was learnt that somebody else gave: `self`, `in_person`, `by_phone`,
    `from_chat`, `by_relative` or `from_file`, which is a program of yours. Of `device` only a keyed
    hash is kept.
    """

    person_no: str = Field(min_length=1, max_length=40)
    unit: str = Field(min_length=1, max_length=40)
    taken_at: AwareDatetime
    temperature: Decimal | None = Field(None, max_digits=3, decimal_places=1, allow_inf_nan=False)
    method: str = Field("", max_length=20)
    symptoms: list[Annotated[str, Field(max_length=20)]] = Field(
        default_factory=list, max_length=20
    )
    in_town: bool | None = None
    region: str = Field("", max_length=6)
    household_symptoms: bool | None = None
    contact_risk_area: bool | None = None
    contact_case: bool | None = None
    how: HowTold = HowTold.FROM_FILE
    device: str = Field("", max_length=120)


class CheckInOut(Schema):
    """A reading as it was kept, what it means, and where the person stands."""

    id: UUID
    day: date
    verdict: Verdict
    status: Status
    reasons: list[str]


class ItemProblem(Schema):
    """Why one item of a batch was not taken; the others were."""

    type: str = "about:blank"
    title: str
    status: int
    field: str | None = None


class BatchOut(RootModel[list[CheckInOut | ItemProblem]]):
    """The answer to each item, in the order of the items."""


Line = Annotated[CheckInIn | Any, Field(union_mode="left_to_right")]
Lines = Annotated[list[Line], Field(max_length=MOST)]


@router.post("", response={201: CheckInOut})
def checkin(request: ActorRequest, body: CheckInIn) -> HttpResponse:
    """Record one reading of one person."""

    def asked() -> Pending[Recorded]:
        return record.on(queries.called(request.actor, body.person_no, body.unit), sheet(body))

    return answer(request, 201, asked, out)


@router.post("/batch", response=BatchOut)
def batch(request: ActorRequest, body: Body[Lines]) -> HttpResponse:
    """Record many readings; one that cannot be taken does not spoil the others."""
    told = [_told(each) for each in body]
    names = [(each.person_no, each.unit) for each in told if isinstance(each, CheckInIn)]
    people = queries.called_many(request.actor, names)
    places = [
        _named(each, people[each.person_no, each.unit]) if isinstance(each, CheckInIn) else each
        for each in told
    ]
    waiting = [each for each in places if isinstance(each, Pending)]

    def render(items: Sequence[Item[Recorded]]) -> BatchOut:
        done = iter(items)
        return BatchOut(
            [_item(next(done)) if isinstance(each, Pending) else each for each in places]
        )

    return answer_with(request, 200, lambda actor: record.many(actor, waiting), render)


def sheet(told: CheckInIn) -> Sheet:
    """Return what was told as the act takes it."""
    return Sheet(
        Reading(
            taken_at=told.taken_at,
            temperature=told.temperature,
            method=told.method,
            symptoms=tuple(dict.fromkeys(told.symptoms)),
            in_town=told.in_town,
            region=told.region,
            household_symptoms=told.household_symptoms,
            contact_risk_area=told.contact_risk_area,
            contact_case=told.contact_case,
            how=told.how,
            device=told.device,
        )
    )


def out(recorded: Recorded) -> CheckInOut:
    """Write a reading as it was kept."""
    row, standing = recorded.checkin, recorded.standing
    return CheckInOut(
        id=row.pk,
        day=row.day,
        verdict=Verdict(row.verdict),
        status=standing.status,
        reasons=list(standing.reasons),
    )


def _told(line: object) -> CheckInIn | ItemProblem:
    if isinstance(line, CheckInIn):
        return line
    try:
        return CheckInIn.model_validate(line)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return ItemProblem(title=first["msg"], status=UNREADABLE, field=field or None)


def _named(told: CheckInIn, found: queries.Called) -> Pending[Recorded] | ItemProblem:
    return _problem(found) if isinstance(found, Refused) else record.on(found, sheet(told))


def _item(done: Item[Recorded]) -> CheckInOut | ItemProblem:
    if done.result is not None:
        return out(done.result)
    return _problem(done.refused or Refused(""))


def _problem(refused: Refused) -> ItemProblem:
    return ItemProblem(title=sentence(refused), status=refused.status, field=refused.field or None)
