"""Where apps declare their figures, and how the numbers of a family are counted all at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from lianfang.ground.figures.rules import Figure, Number, Place, State
from lianfang.kernel.actor import Actor

#: All figures of a family for all units that the actor may see, in one set-based query.
Count = Callable[[Actor, date, datetime], Mapping[str, Mapping[UUID, Number | State]]]
#: The very rows that a figure counts at these units.
Rows = Callable[[Actor, str, Collection[UUID], date, datetime], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a number, as a list shows it."""

    id: str
    label: str
    url: str | None = None


def plainly(row: Model) -> Row:
    """Show a row by its own words."""
    return Row(str(row.pk), str(row))


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one app that are counted together, and whether units use it without a word."""

    code: str
    app: str
    count: Count
    rows: Rows
    default_in_use: bool = True
    show: Callable[[Any], Row] = plainly


#: Which figures nobody asks for, and where: the register, the places, the instant.
Silent = Callable[
    [Actor, Mapping[str, Figure], Sequence[Place], datetime], Mapping[str, frozenset[UUID]]
]


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures need of the response in force, which stands above them."""

    response: Callable[[Actor], Model | None]
    owing: Callable[[Actor, datetime], Collection[str]]
    silent: Silent = lambda _actor, _register, _places, _at: {}


FIGURES: dict[str, Figure] = {}
FAMILIES: dict[str, Family] = {}
_TAKEN: dict[str, str] = {}
_GROUND = [Ground(lambda _actor: None, lambda _actor, _at: ())]


def declare(figure: Figure) -> None:
    """Put a figure on the register; where an app counts it, that wins over typing it."""
    before = FIGURES.get(figure.code)
    told = replace(figure, family=figure.family or _TAKEN.get(figure.code))
    if before is None or before.family is None:
        FIGURES[figure.code] = told
    elif told.family is not None and told != before:
        raise ValueError(f"The figure {figure.code} is declared twice.")


def declare_family(family: Family) -> None:
    """Put the counting of a family on the register."""
    if family.code in FAMILIES:
        raise ValueError(f"The family {family.code} is declared twice.")
    FAMILIES[family.code] = family


def derive(family: str, *codes: str) -> None:
    """Let a family count figures that were only typed so far, in whatever order apps are read."""
    for code in codes:
        _TAKEN[code] = family
        if code in FIGURES:
            declare(replace(FIGURES[code], family=family))


def stand_on(ground: Ground) -> None:
    """Say which response is in force and which kinds of units owe a report."""
    _GROUND[0] = ground


def ground() -> Ground:
    """Return what figures stand on."""
    return _GROUND[0]


def ordered() -> list[Figure]:
    """Return all figures in the order of the register."""
    return sorted(FIGURES.values(), key=lambda figure: (figure.order, figure.code))
