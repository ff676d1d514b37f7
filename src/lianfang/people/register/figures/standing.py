"""Which dated rows stand at the end of a unit's operating day, or at an earlier instant."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet, Value
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.registry import Row, declare
from lianfang.ground.figures.rules import Figure, Number, State
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once
from lianfang.people.register.links import person_url

T = TypeVar("T", bound=Model)
Counted = Mapping[str, Mapping[UUID, Number | State]]
READ, OPEN = "figures.read", "people.read"
MOMENT = timedelta(microseconds=1)


def at(day: date, as_of: datetime, starts: time) -> datetime:
    """Return the instant at which rows are looked at: what is known, but not after the day."""
    end = datetime.combine(day + timedelta(days=1), starts, get_default_timezone())
    return min(as_of, end - MOMENT)


def standing(actor: Actor, day: date, as_of: datetime, field: Callable[[datetime], Q]) -> Q:
    """Return the condition `field` for every unit at its own instant; one when days begin alike."""
    starts = set(once(("starts", actor.reaches(READ)), lambda: _starts(actor)))
    if len(starts) == 1:
        return field(at(day, as_of, starts.pop()))
    each = [Q(unit__day_starts=start) & field(at(day, as_of, start)) for start in starts]
    return reduce(or_, each, Q(pk__in=()))


def _starts(actor: Actor) -> frozenset[time]:
    """Return the hours at which days begin at the units in sight."""
    return frozenset(visible(Unit, actor, READ).order_by().values_list("day_starts", flat=True))


def valid(instant: datetime) -> Q:
    """Return the dated rows that stand at an instant."""
    return Q(valid_from__lte=instant) & (Q(valid_to=None) | Q(valid_to__gt=instant))


def dated(model: type[T], actor: Actor, act: str, day: date, as_of: datetime) -> QuerySet[T]:
    """Return the dated rows of a model that stand on a day as known at an instant."""
    return visible(model, actor, act).filter(standing(actor, day, as_of, valid)).order_by()


def counted(rows: QuerySet[Any], conditions: Mapping[str, Q]) -> Counted:
    """Count rows by unit under several conditions, by one query; zeros are left out."""
    # a figure may be called like a column, which an annotation of that name would hide
    numbers = {f"n_{code}": Count(Value(1), filter=each) for code, each in conditions.items()}
    grouped = rows.order_by().values("unit").annotate(**numbers)
    lines: list[tuple[Any, ...]] = list(grouped.values_list("unit", *numbers))
    return {
        code: {line[0]: line[number] for line in lines if line[number]}
        for number, code in enumerate(conditions, 1)
    }


def show(row: Any) -> Row:  # noqa: ANN401 (a family's rows are of its own model)
    """Show a row of a person: his name, and where his page is."""
    return Row(str(row.pk), row.person.name, person_url(row.person_id))


def new_figure(
    family: str, code: str, label: str, definition: str, place: tuple[int, str, str]
) -> None:
    """Put a figure on the register that stands on no form; the place is order, section, measure."""
    order, section, measure = place
    told = Figure(code, label, definition, measure, additive=True, section=section, order=order)
    declare(replace(told, family=family))
