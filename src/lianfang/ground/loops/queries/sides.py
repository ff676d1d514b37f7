"""In whose name somebody can ask for something."""

from dataclasses import dataclass

from lianfang.ground.loops.queries.words import seat
from lianfang.ground.notices.queries import say
from lianfang.ground.notices.rules import seats
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role, acts_of
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Seat:
    """A post at a unit."""

    unit: Unit
    role: str

    @property
    def code(self) -> str:
        """Return what a form sends for this seat."""
        return f"{self.unit.code}:{self.role}"

    @property
    def word(self) -> str:
        """Return how the seat is called."""
        return say(seat(self.role, self.unit))


def issuing(actor: Actor) -> list[Seat]:
    """Return the seats in whose name the actor may ask: his own posts that may verify.

    A post that may ask and not verify asks in the name of its unit's head.
    """
    units = {unit.pk: unit for unit in orgs.units(actor, "loops.assign")}
    found = []
    for unit, role in seats(actor):
        if unit in units and "loops.assign" in acts_of(role):
            may = "loops.verify" in acts_of(role)
            found.append(Seat(units[unit], role if may else Role.PRINCIPAL))
    return list(dict.fromkeys(found))
