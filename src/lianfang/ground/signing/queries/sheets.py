"""Sheets by name, and the hands under a paper as it prints them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.visible import visible
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.queries.standing import READ, Standing
from lianfang.ground.signing.rules import Hand, Step, Verdict, course
from lianfang.kernel.actor import Actor


def sheets(actor: Actor, act: str = READ) -> QuerySet[Sheet]:
    """Return the sheets on which the actor may do this."""
    return visible(Sheet, actor, act).select_related("unit")


def sheet(actor: Actor, key: UUID, act: str = READ) -> Sheet:
    """Return one sheet, or say that there is none."""
    return get_object_or_404(sheets(actor, act), pk=key)


def of_paper(actor: Actor, route: str, key: str, act: str = READ) -> Sheet | None:
    """Return the sheet that travels with a paper, if it has one."""
    return sheets(actor, act).filter(route=route, key=key).first()


def decision(actor: Actor, key: UUID, act: str) -> Decision:
    """Return one word on a paper, or say that there is none."""
    rows = visible(Decision, actor, act).select_related("sheet__unit")
    return get_object_or_404(rows, pk=key)


def said_on(
    actor: Actor, route: str, key: str, steps: Sequence[str], digest: str
) -> tuple[Sequence[tuple[Decision, Hand]], frozenset[UUID]]:
    """Return every signature that a paper ever had, and which of them stand under a text."""
    found = visible(Decision, actor, READ).filter(sheet__route=route, sheet__key=key)
    rows = list(found)
    told = course([Step(step) for step in steps], [row.said for row in rows], digest)
    agreed = [(row, hand_of(row)) for row in rows if row.verdict == Verdict.AGREE]
    return agreed, frozenset(said.id for said in told.held.values())


def hands(told: Standing) -> Sequence[Hand]:
    """Return the names that stand under the text as it is, in the order of the route."""
    rows = [told.decision(stop.code) for stop in told.route.stops]
    return [hand_of(row) for row in rows if row is not None]


def hand_of(row: Decision) -> Hand:
    """Return a signature as a paper prints it."""
    return Hand(
        part=row.step,
        name=row.by_name,
        at=row.at,
        stead=row.stead_name,
        recorder=row.recorder_name,
        heard=row.heard,
    )
