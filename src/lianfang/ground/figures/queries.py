"""All figures of all units for a day, and the rows behind each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.models import Adoption, Typed
from lianfang.ground.figures.registry import FAMILIES, FIGURES, Row, ground, ordered
from lianfang.ground.figures.rules import Adopted, Figures, Number, Place, State, Told, using
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

NO_SUCH_FIGURE = msgid("There is no such figure.")


def of_day(
    actor: Actor, units: Iterable[Unit] | None, day: date, as_of: datetime | None = None
) -> Figures:
    """Return the figures of these units and all below them (all units for None) on a day."""
    instant = as_of or clock.now()
    places = _places(actor, units)
    families = _families()
    owing = ground().owing(actor, instant)
    return Figures(
        day=day,
        as_of=instant,
        register={figure.code: figure for figure in ordered()},
        places=places,
        index={place.id: at for at, place in enumerate(places)},
        counted=_counted(actor, families, day, instant),
        derived_at=derived_at(actor, places, day),
        typed=_told(typed(actor, day, instant)),
        asked=frozenset(place.id for place in places if place.kind in owing),
    )


def rows(
    actor: Actor, code: str, unit: Unit, day: date, as_of: datetime | None = None
) -> list[Row]:
    """Return the very rows that a figure counts at a unit and below it."""
    figure = FIGURES.get(code)
    if figure is None:
        raise NotAllowed(NO_SUCH_FIGURE)
    instant = as_of or clock.now()
    places = _places(actor, [unit])
    if not figure.additive:
        places = places[:1]
    units = {place.id for place in places}
    found: list[Row] = []
    if figure.family is not None:
        family = FAMILIES[figure.family]
        derived = derived_at(actor, places, day)[figure.family]
        found = [family.show(row) for row in family.rows(actor, code, derived, day, instant)]
        units -= derived
    last = {
        row.unit_id: row for row in typed(actor, day, instant).filter(code=code, unit__in=units)
    }
    return found + [Row(str(row.pk), _words(row)) for row in last.values()]


def typed(actor: Actor, day: date, as_of: datetime) -> QuerySet[Typed]:
    """Return what was typed for a day up to an instant, the latest last."""
    return visible(Typed, actor, "figures.read").filter(day=day, recorded_at__lte=as_of)


def last_typed(actor: Actor, unit: Unit, day: date) -> Mapping[str, Typed]:
    """Return what was last typed at a unit for a day, by figure: offered, never carried over."""
    return {row.code: row for row in typed(actor, day, clock.now()).filter(unit=unit)}


def adoptions(actor: Actor) -> QuerySet[Adoption]:
    """Return from which day on which app is in use where."""
    return visible(Adoption, actor, "figures.read").select_related("unit")


def apps() -> Sequence[str]:
    """Return the apps whose figures can be counted or typed."""
    return sorted({family.app for family in FAMILIES.values()})


def derived_at(actor: Actor, places: Sequence[Place], day: date) -> Mapping[str, frozenset[UUID]]:
    """Return at which places each family is counted on a day, so that nobody types it there."""
    adopted = _adopted(actor, day)
    return {
        code: using(places, adopted, FAMILIES[code].app, default=FAMILIES[code].default_in_use)
        for code in _families()
    }


def place_of(unit: Unit) -> Place:
    """Return a unit as figures see it."""
    return Place(unit.pk, unit.path, unit.code, str(unit), unit.kind)


def _places(actor: Actor, units: Iterable[Unit] | None) -> list[Place]:
    found = [place_of(unit) for unit in visible(Unit, actor, "figures.read").order_by("path")]
    if units is None:
        return found
    tops = tuple(unit.path for unit in units)
    return [place for place in found if place.path.startswith(tops)]


def _families() -> list[str]:
    return sorted({figure.family for figure in FIGURES.values() if figure.family is not None})


def _counted(
    actor: Actor, families: Collection[str], day: date, as_of: datetime
) -> Mapping[str, Mapping[UUID, Number | State]]:
    found: dict[str, Mapping[UUID, Number | State]] = {}
    for code in families:
        found |= FAMILIES[code].count(actor, day, as_of)
    return found


def _adopted(actor: Actor, day: date) -> list[Adopted]:
    lines = visible(Adoption, actor, "figures.read").filter(valid_from__lte=day)
    return [
        Adopted(path, app, in_use, valid_from)
        for path, app, in_use, valid_from in lines.values_list(
            "unit__path", "app", "in_use", "valid_from"
        )
    ]


def _told(lines: QuerySet[Typed]) -> Mapping[str, Mapping[UUID, Told]]:
    found: dict[str, dict[UUID, Told]] = {}
    told = lines.values_list("unit_id", "code", "state", "value", "text")
    for unit, code, state, value, text in told:
        found.setdefault(code, {})[unit] = Told(State(state), _plain(code, value), text)
    return found


def _plain(code: str, value: Number | None) -> Number | None:
    if value is None:
        return None
    whole = code in FIGURES and FIGURES[code].kind == "whole"
    return int(value) if whole else value


def _words(row: Typed) -> str:
    return f"{row.unit}: {row}" if str(row) else str(row.unit)
