"""Typing figures where no app counts them, and saying from when on an app does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils import timezone

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.figures import queries, rules
from lianfang.ground.figures.models import Adoption, Typed
from lianfang.ground.figures.registry import FIGURES, ground
from lianfang.ground.figures.rules import State
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import countable, operating_day
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_SUCH_FIGURE = msgid("There is no figure %(code)s.")
NO_SUCH_APP = msgid("There is no app %(app)s that counts figures.")
COUNTED_HERE = msgid("%(code)s is counted in this unit; correct it in the report, with a reason.")
NOT_ASKED = msgid("The policy in force does not ask for %(code)s; nothing is typed for it.")
SOURCE_TOO_LONG = msgid("Say in 120 characters or fewer where the number comes from.")


@dataclass(frozen=True, slots=True)
class Line:
    """What is typed for one figure: a value as it was written, or why there is none."""

    code: str
    value: str = ""
    state: State = State.NUMBER
    source: str = ""
    happened_at: datetime | None = None


@act("figures.type", tells=("code",))
def type_in(actor: Actor, unit: Unit, day: date, line: Line) -> Typed:
    """Type a figure where no app counts it; a correction is a new fact over the former one."""
    return _enter(actor, [(unit, day, line)])[0]


@type_in.together
def type_together(actor: Actor, pendings: Sequence[Pending[Typed]]) -> Sequence[Typed]:
    """Type the figures of whole reports at once."""
    return _enter(actor, [_told(pending) for pending in pendings])


@act("figures.adopt", tells=("app",))
def adopt(actor: Actor, unit: Unit, app: str, day: date, *, in_use: bool) -> Adoption:
    """Say that from a day on an app is in use at a unit and below it, or no longer."""
    if app not in queries.apps():
        raise BadInput(NO_SUCH_APP, "app", app=app)
    return Adoption.objects.create(
        unit=unit, app=app, in_use=in_use, valid_from=day, recorded_at=clock.now(), by=actor.who
    )


def _told(pending: Pending[Typed]) -> tuple[Unit, date, Line]:
    named: dict[str, Any] = dict(zip(pending.told.names, pending.told.args, strict=False))
    named |= pending.told.kwargs
    return cast("Unit", pending.where), named["day"], named["line"]


def _enter(actor: Actor, told: Sequence[tuple[Unit, date, Line]]) -> list[Typed]:
    now, response = clock.now(), ground().response(actor)
    places = [queries.place_of(unit) for unit, _, _ in told]
    before = _latest(told)
    counted = {
        day: queries.derived_at(actor, places, day) for day in dict.fromkeys(t[1] for t in told)
    }
    codes = {line.code for _, _, line in told}
    silent = {day: queries.silent_on(actor, codes, places, day) for day in counted}
    made = []
    for unit, day, line in told:
        value = _read(unit, day, line, now)
        if unit.pk in silent[day].get(line.code, ()):
            raise Conflict(NOT_ASKED, "code", code=line.code)
        if unit.pk in counted[day].get(FIGURES[line.code].family or "", ()):
            raise Conflict(COUNTED_HERE, "code", code=line.code)
        row = Typed(
            unit=unit,
            response_id=response.pk if response else None,
            code=line.code,
            day=day,
            state=value.state,
            value=value.value,
            text=value.text,
            source=line.source,
            happened_at=line.happened_at or now,
            recorded_at=now,
            by=actor.who,
            via=actor.via,
            replaces=before.get((unit.pk, day, line.code)),
        )
        before[unit.pk, day, line.code] = row
        made.append(row)
    return Typed.objects.bulk_create(made, batch_size=500)


def _latest(told: Sequence[tuple[Unit, date, Line]]) -> dict[tuple[object, date, str], Typed]:
    found = Typed.objects.filter(
        unit__in={unit.pk for unit, _, _ in told}, day__in={day for _, day, _ in told}
    )
    return {(row.unit_id, row.day, row.code): row for row in found}


def _read(unit: Unit, day: date, line: Line, now: datetime) -> rules.Told:
    figure = FIGURES.get(line.code)
    if figure is None:
        raise BadInput(NO_SUCH_FIGURE, "code", code=line.code)
    countable(day, operating_day(now, timezone.get_default_timezone(), unit.day_starts))
    if len(line.source) > rules.SOURCE_LENGTH:
        raise BadInput(SOURCE_TOO_LONG, "source")
    return rules.read(figure, line.value, line.state)
