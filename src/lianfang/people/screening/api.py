"""`GET /people/{person}/status`."""

from datetime import datetime

from ninja import Router, Schema
from pydantic import AwareDatetime

from lianfang.ground.web.requests import ActorRequest
from lianfang.people.screening import queries
from lianfang.people.screening.rules import Standing, Status

router = Router(tags=["people"])


class PackOut(Schema):
    """The policy pack that a status rests on."""

    id: str
    version: int


class StatusOut(Schema):
    """A person's status: words and never colours, with the reasons that hold and the rule."""

    person: str
    status: Status
    reasons: list[str]
    rule: str
    pack: PackOut | None
    as_of: datetime


@router.get("/{person}/status", response=StatusOut)
def status(request: ActorRequest, person: str, at: AwareDatetime | None = None) -> StatusOut:
    """Return a person's status, by his UUID or staff number, now or at an instant."""
    found = queries.person(request.actor, person)
    return out(queries.status_of(request.actor, found, at))


def out(standing: Standing) -> StatusOut:
    """Write where a person stands."""
    pack = PackOut(id=standing.pack_id, version=standing.pack_version)
    return StatusOut(
        person=str(standing.person),
        status=standing.status,
        reasons=list(standing.reasons),
        rule=standing.rule,
        pack=pack if standing.pack_id else None,
        as_of=standing.as_of,
    )
