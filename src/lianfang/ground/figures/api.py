"""`GET /figures` and the rows behind a figure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

from django.utils.translation import gettext
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from lianfang.ground.figures import queries
from lianfang.ground.figures.rules import Figure, Override, State, Value, plain
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.addresses import Day
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

NO_SUCH_UNIT = msgid("There is no such unit.")
A_PAGE = 5000

router = Router(tags=["figures"])


class OverrideOut(Schema):
    """What somebody put in place of a derived value."""

    reason: str
    by: str
    at: datetime


class FigureOut(Schema):
    """A figure of a unit with all that stands below it.

    `text` is filled where a figure is words and no number, such as who is on duty; its state is
    then `not_applicable`. `missing` counts the units whose part of the number is unknown.
    """

    code: str
    label: str
    definition: str
    value: int | float | None
    state: str
    source: str
    additive: bool
    unit_of_measure: str
    derived: int | float | None
    override: OverrideOut | None
    rows: str | None
    text: str
    missing: int


class FiguresOut(Schema):
    """All figures of a unit on a day, as known at an instant."""

    day: date
    unit: str
    as_of: datetime
    figures: list[FigureOut]


class RowOut(Schema):
    """One row behind a number."""

    id: str
    label: str
    url: str | None


class RowsOut(Schema):
    """The rows behind a number."""

    items: list[RowOut]
    next: str | None
    count: int


@router.get("", response=FiguresOut)
def figures(
    request: ActorRequest, day: Day, unit: str, as_of: AwareDatetime | None = None
) -> FiguresOut:
    """Return all figures of a unit on a day."""
    place = orgs.unit_by_code(request.actor, unit, "figures.read")
    if place is None:
        raise NotAllowed(NO_SUCH_UNIT)
    found = queries.of_day(request.actor, [place], day, as_of)
    asked = {"day": str(day), "unit": unit} | ({"as_of": as_of.isoformat()} if as_of else {})
    values = found.of(place.pk)
    return FiguresOut(
        day=day,
        unit=unit,
        as_of=found.as_of,
        figures=[out(found.register[code], value, asked) for code, value in values.items()],
    )


@router.get("/{code}/rows", response=RowsOut)
def rows(
    request: ActorRequest,
    code: str,
    day: Day,
    unit: str,
    as_of: AwareDatetime | None = None,
    cursor: Annotated[int, Query(ge=0)] = 0,
) -> RowsOut:
    """Return the very rows that a figure counts."""
    place = orgs.unit_by_code(request.actor, unit, "figures.read")
    if place is None:
        raise NotAllowed(NO_SUCH_UNIT)
    found = queries.rows(request.actor, code, place, day, as_of)
    page = found[cursor : cursor + A_PAGE]
    more = str(cursor + A_PAGE) if cursor + A_PAGE < len(found) else None
    items = [RowOut(id=row.id, label=row.label, url=row.url) for row in page]
    return RowsOut(items=items, next=more, count=len(found))


def out(figure: Figure, value: Value, asked: Mapping[str, str] | None = None) -> FigureOut:
    """Write a figure as every endpoint shows it; `asked` is the query that opens its rows."""
    shown = State.NOT_APPLICABLE if value.text else value.state
    opens = asked is not None and value.state is State.NUMBER
    return FigureOut(
        code=figure.code,
        label=gettext(figure.label),
        definition=gettext(figure.definition),
        value=plain(value.value),
        state=shown,
        source=value.source,
        additive=figure.additive,
        unit_of_measure=gettext(figure.unit_of_measure) if figure.unit_of_measure else "",
        derived=plain(value.derived),
        override=_override(value.override),
        rows=f"/api/v1/figures/{figure.code}/rows?{urlencode(asked or {})}" if opens else None,
        text=value.text,
        missing=value.missing,
    )


def _override(override: Override | None) -> OverrideOut | None:
    if override is None:
        return None
    return OverrideOut(reason=override.reason, by=override.by, at=override.at)
