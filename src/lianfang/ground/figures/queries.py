"""All figures of all units for a day, and the rows behind each."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, overload
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.models import Adoption, Typed
from lianfang.ground.figures.registry import (
    FAMILIES,
    FIGURES,
    Row,
    ground,
    ordered,
    plainly,
)
from lianfang.ground.figures.rules import Adopted, Figures, Number, Place, State, Told, using
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor, Everywhere, Reach, Subtree
from lianfang.kernel.recall import once
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

Show = Callable[[Any], Row]
NO_SUCH_FIGURE = msgid("There is no such figure.")
A_MOMENT = timedelta(microseconds=1)


def of_day(
    actor: Actor, units: Iterable[Unit] | None, day: date, as_of: datetime | None = None
) -> Figures:
    """Return the figures of these units and all below them (all units for None) on a day."""
    instant = as_of or clock.now()
    tops = None if units is None else list(units)
    near = actor if tops is None else narrowed(actor, [unit.path for unit in tops])
    places = _places(actor, tops)
    families = _families()
    owing = ground().owing(actor, instant)
    register = {figure.code: figure for figure in ordered()}
    return Figures(
        day=day,
        as_of=instant,
        register=register,
        places=places,
        index={place.id: at for at, place in enumerate(places)},
        counted=_counted(near, families, day, instant),
        derived_at=derived_at(actor, places, day),
        typed=_told(typed(near, day, instant)),
        asked=frozenset(place.id for place in places if place.kind in owing),
        silent=ground().silent(actor, register, places, _asked_at(day, instant)),
    )


def _asked_at(day: date, instant: datetime) -> datetime:
    """Return the moment by whose policy a day is asked: the given one, or the end of that day."""
    end = datetime.combine(day + timedelta(days=1), time.min, get_default_timezone())
    return min(instant, end - A_MOMENT)


def silent_on(
    actor: Actor, codes: Collection[str], places: Sequence[Place], day: date
) -> Mapping[str, frozenset[UUID]]:
    """Return for which of some figures the policy asks nobody on a day, and at which places."""
    register = {code: FIGURES[code] for code in codes if code in FIGURES}
    return ground().silent(actor, register, places, _asked_at(day, clock.now()))


def silent_everywhere(actor: Actor, codes: Collection[str], day: date) -> frozenset[str]:
    """Return which of some figures the policy asks of nobody in sight on a day."""
    places = _places(actor, None)
    found = silent_on(actor, codes, places, day)
    return frozenset(code for code, units in found.items() if len(units) == len(places))


class Rows(Sequence[Row]):
    """The rows behind a number: counted by the database, and read only as far as they are shown."""

    def __init__(self, counted: QuerySet[Any] | None, show: Show, typed: Sequence[Row]) -> None:
        """Take the rows that an app counts, how it shows one of them, and what was typed."""
        self.counted, self.show, self.typed = counted, show, typed

    @cached_property
    def derived(self) -> int:
        """Return how many rows an app counts."""
        return self.counted.count() if self.counted is not None else 0

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self.derived + len(self.typed)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return some of the rows; no others are read."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop, _ = index.indices(len(self))
        counted = self.counted if start < self.derived else None
        found = () if counted is None else counted[start : min(stop, self.derived)]
        typed = self.typed[max(start - self.derived, 0) : max(stop - self.derived, 0)]
        return [*map(self.show, found), *typed]


def rows(actor: Actor, code: str, unit: Unit, day: date, as_of: datetime | None = None) -> Rows:
    """Return the very rows that a figure counts at a unit and below it."""
    figure = FIGURES.get(code)
    if figure is None:
        raise NotAllowed(NO_SUCH_FIGURE)
    instant = as_of or clock.now()
    places = _places(actor, [unit])
    if not figure.additive:
        places = places[:1]
    off = ground().silent(actor, {code: figure}, places, _asked_at(day, instant)).get(code, ())
    places = [place for place in places if place.id not in off]
    units = {place.id for place in places}
    found: QuerySet[Any] | None = None
    family = FAMILIES.get(figure.family or "")
    if family is not None:
        derived = derived_at(actor, places, day)[family.code]
        found = family.rows(actor, code, derived, day, instant)
        units -= derived
    last = {
        row.unit_id: row for row in typed(actor, day, instant).filter(code=code, unit__in=units)
    }
    told = [Row(str(row.pk), _words(row)) for row in last.values()]
    return Rows(found, family.show if family else plainly, told)


def typed(actor: Actor, day: date, as_of: datetime) -> QuerySet[Typed]:
    """Return what was typed for a day up to an instant, the latest last."""
    return visible(Typed, actor, "figures.read").filter(day=day, recorded_at__lte=as_of)


def last_typed(actor: Actor, unit: Unit, day: date) -> Mapping[str, Typed]:
    """Return what was last typed at a unit for a day, by figure: offered, never carried over."""
    return {row.code: row for row in typed(actor, day, clock.now()).filter(unit=unit)}


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


def narrowed(actor: Actor, paths: Sequence[str]) -> Actor:
    """Return an actor who sees no more than these units and what is below them.

    What is counted for one company is then counted there alone, and not in the whole group.
    """
    grants = [
        replace(grant, reach=reach)
        for grant in actor.grants
        for path in paths
        for reach in _within(grant.reach, path)
    ]
    return replace(actor, grants=tuple(dict.fromkeys(grants)))


def _within(reach: Reach, path: str) -> Iterator[Reach]:
    """Return what a reach and the subtree under a path have in common; others stay as they are."""
    match reach:
        case Everywhere():
            yield Subtree(path)
        case Subtree(wide) if tree.within(path, wide):
            yield Subtree(path)
        case Subtree(narrow):
            yield from (reach,) if tree.within(narrow, path) else ()
        case _:
            yield reach


def place_of(unit: Unit) -> Place:
    """Return a unit as figures see it."""
    return Place(unit.pk, unit.path, unit.code, str(unit), unit.kind)


def _places(actor: Actor, units: Iterable[Unit] | None) -> list[Place]:
    found = once(("places", actor.reaches("figures.read")), lambda: _in_sight(actor))
    if units is None:
        return found
    tops = tuple(unit.path for unit in units)
    return [place for place in found if place.path.startswith(tops)]


def _in_sight(actor: Actor) -> list[Place]:
    return [place_of(unit) for unit in visible(Unit, actor, "figures.read").order_by("path")]


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
