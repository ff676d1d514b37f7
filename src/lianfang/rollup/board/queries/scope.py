"""Whose number it is that was opened: a company's, the group's own house's, or that of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.queries import place_of
from lianfang.ground.figures.rules import Place, Source, State, Value
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.board.queries.numbers import Numbers, Values

NO_NUMBER = msgid("There is no such number on the board.")
NOTHING = Value(None, State.NOT_ASKED, Source.DERIVED)


@dataclass(frozen=True, slots=True)
class Scope:
    """The values of today and yesterday, and the places that they count."""

    unit: Unit | None
    today: Values
    yesterday: Values
    places: Sequence[Place]
    house: bool = False
    wall: bool = False


def scope_of(actor: Actor, found: Numbers, code: str) -> Scope:
    """Return whose number it is; a company that the reader does not see is not found."""
    seen = list(visible(Unit, actor, "figures.read").order_by("path"))
    if not code:
        places = [place_of(unit) for unit in seen]
        return Scope(None, found.today.total, found.yesterday.total, places)
    unit = next((unit for unit in found.units if unit.code == code), None)
    if unit is not None:
        below = [place_of(each) for each in seen if tree.within(each.path, unit.path)]
        return Scope(
            unit, found.today.units[unit.pk], found.yesterday.units.get(unit.pk, {}), below
        )
    if not found.whole or found.group is None or found.group.code != code:
        raise NotAllowed(NO_NUMBER)
    paths = [unit.path for unit in found.units]
    outside = [
        place_of(each) for each in seen if not any(tree.within(each.path, path) for path in paths)
    ]
    return Scope(None, found.today.house, found.yesterday.house, outside, house=True)
