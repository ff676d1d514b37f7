"""`GET /loops` and the steps of a loop."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from lianfang.ground.doors.act import Pending
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
    step = services.acknowledge
    return _answer(
        request, lambda: step.on(queries.found(request.actor, key, "loops.acknowledge"), told.note)
    )


@router.post("/{key}/done", response=LoopOut)
def done(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Report done."""
    step = services.done
    return _answer(
        request,
        lambda: step.on(
            queries.found(request.actor, key, "loops.done"), services.Told(note=told.note)
        ),
    )


@router.post("/{key}/verify", response=LoopOut)
def verify(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Close a loop; refused to whoever reported it done."""
    step = services.verify
    return _answer(
        request, lambda: step.on(queries.found(request.actor, key, "loops.verify"), told.note)
    )


@router.post("/{key}/return", response=LoopOut)
def give_back(request: ActorRequest, key: UUID, told: NoteIn) -> HttpResponse:
    """Return a loop with the reason."""
    step = services.give_back
    return _answer(
        request, lambda: step.on(queries.found(request.actor, key, "loops.return"), told.note)
    )


def _answer(request: ActorRequest, asked: Callable[[], Pending[Any]]) -> HttpResponse:
    return answer(request, 200, asked, lambda row: _out(entry(row)))


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
