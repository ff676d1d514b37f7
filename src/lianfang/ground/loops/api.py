"""`GET /loops` and the steps of a loop."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from lianfang.ground.loops import queries, services
from lianfang.ground.loops.queries.entries import Entry, entry, page
from lianfang.ground.loops.rules import NOTE_LENGTH, State
from lianfang.ground.web.requests import ActorRequest, answer

MOST = 500

router = Router(tags=["loops"])


class LoopOut(Schema):
    """A loop: `owner` and `verifier` are posts, or the name of the user who owes."""

    id: UUID
    kind: str
    title: str
    unit: str
    owner: str
    verifier: str
    due: datetime | None
    state: str
    late: bool
    url: str


class LoopsOut(Schema):
    """A page of loops, the earliest opened first."""

    items: list[LoopOut]
    next: UUID | None
    count: int


class NoteIn(Schema):
    """What is said with a step; compulsory where a loop is returned."""

    note: Annotated[str, StringConstraints(max_length=NOTE_LENGTH)] = ""


@router.get("", response=LoopsOut)
def loops(
    request: ActorRequest,
    state: State | None = None,
    unit: str = "",
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> LoopsOut:
    """Return the loops that the actor may see."""
    found = page(request.actor, state=state, unit=unit, after=cursor, limit=limit)
    return LoopsOut(items=[_out(each) for each in found.items], next=found.next, count=found.count)


@router.post("/{key}/acknowledge", response=LoopOut)
def acknowledge(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Say that the unit knows what it owes."""
    loop = queries.found(request.actor, key, "loops.acknowledge")
    pending = services.acknowledge.on(loop, told.note)
    return answer(request, 200, pending, lambda row: _out(entry(row)))


@router.post("/{key}/done", response=LoopOut)
def done(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Report done."""
    loop = queries.found(request.actor, key, "loops.done")
    pending = services.done.on(loop, services.Told(note=told.note))
    return answer(request, 200, pending, lambda row: _out(entry(row)))


@router.post("/{key}/verify", response=LoopOut)
def verify(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Close a loop; refused to whoever reported it done."""
    loop = queries.found(request.actor, key, "loops.verify")
    pending = services.verify.on(loop, told.note)
    return answer(request, 200, pending, lambda row: _out(entry(row)))


@router.post("/{key}/return", response=LoopOut)
def give_back(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Return a loop with the reason."""
    loop = queries.found(request.actor, key, "loops.return")
    pending = services.give_back.on(loop, told.note)
    return answer(request, 200, pending, lambda row: _out(entry(row)))


def _out(told: Entry) -> LoopOut:
    return LoopOut(
        id=told.id,
        kind=told.kind,
        title=told.title,
        unit=told.unit,
        owner=told.owner,
        verifier=told.verifier,
        due=told.due,
        state=told.state,
        late=told.late,
        url=told.url,
    )
