"""The rows behind a number at some places: people of two days, other rows, what was typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import FAMILIES, Family, Row
from lianfang.ground.figures.rules import Figure, Place
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.queries.hours import everywhere_over
from lianfang.rollup.reports.queries.names import names_of

PERSON = "person"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A number that somebody typed: where, who, when, and where it came from."""

    unit: str
    value: str
    who: str
    at: datetime
    source: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a number: whom it counts today and yesterday, other rows, typed lines."""

    people: Sequence[UUID]
    before: Collection[UUID]
    of_people: bool
    rows: Sequence[Row]
    count: int
    typed: Sequence[TypedLine]


def behind(
    actor: Actor, figure: Figure, places: Sequence[Place], day: date, now: datetime, most: int
) -> Behind:
    """Return what stands behind a figure at these places."""
    family = FAMILIES.get(figure.family or "")
    derived = frozenset[UUID]()
    if family is not None and places:
        derived = figures.derived_at(actor, places, day)[family.code]
    typed = _typed(actor, figure, {place.id for place in places} - derived, day, now)
    if family is None or not derived:
        return Behind((), (), of_people=False, rows=(), count=0, typed=typed)
    found = family.rows(actor, figure.code, derived, day, now)
    if not _about_people(found):
        rows = [family.show(row) for row in found[:most]]
        return Behind((), (), of_people=False, rows=rows, count=found.count(), typed=typed)
    people = list(dict.fromkeys(found.values_list(PERSON, flat=True)))
    before = _yesterday(actor, family, figure.code, derived, day)
    return Behind(people, before, of_people=True, rows=(), count=len(people), typed=typed)


def _about_people(found: QuerySet[Any]) -> bool:
    return any(field.name == PERSON for field in found.model._meta.get_fields())


def _yesterday(
    actor: Actor, family: Family, code: str, places: Collection[UUID], day: date
) -> Collection[UUID]:
    before = day - timedelta(days=1)
    rows = family.rows(actor, code, places, before, everywhere_over(actor, before))
    return frozenset(rows.order_by().values_list(PERSON, flat=True))


def _typed(
    actor: Actor, figure: Figure, units: Collection[UUID], day: date, now: datetime
) -> Sequence[TypedLine]:
    rows = figures.typed(actor, day, now).filter(code=figure.code, unit__in=units)
    rows = rows.select_related("unit")
    last = {row.unit_id: row for row in rows}.values()
    names = names_of({row.by for row in last})
    return [
        TypedLine(
            str(row.unit),
            str(row),
            names.get(row.by, ""),
            row.recorded_at,
            row.source,
        )
        for row in sorted(last, key=lambda row: row.unit.path)
    ]
