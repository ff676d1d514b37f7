"""The group's liaison leaders and the units that each of them looks after (R87)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianfang.ground.command.models import Appointment
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.queries.rows import appointments, on, units_of
from lianfang.ground.command.rules.seats import Seat
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Kind, Subtree


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """A liaison leader and the units that he looks after."""

    name: str
    title: str
    units: Sequence[Unit]


def liaisons(actor: Actor, day: date, act: str = "command.read") -> Sequence[Appointment]:
    """Return who looks after which unit on a day, at every unit that the actor sees."""
    rows = appointments(actor, act).filter(on(day), seat=Seat.LIAISON)
    return list(rows.order_by("unit__path"))


def leaders(actor: Actor, day: date) -> Sequence[LookedAfter]:
    """Return the liaison leaders with their units, in the order of the first unit of each."""
    found: dict[tuple[str, UUID | None], list[Appointment]] = {}
    for row in liaisons(actor, day):
        found.setdefault((row.name, row.user_id), []).append(row)
    return [
        LookedAfter(rows[0].name, rows[0].title, [row.unit for row in rows])
        for rows in found.values()
    ]


def looked_after(actor: Actor, day: date, act: str) -> Sequence[Unit]:
    """Return the units that the actor himself looks after and on which he may do this.

    They are those that name him, or him whose deputy he is as a liaison leader, and those at
    which he holds the post of a liaison leader.
    """
    asked = asked_at(actor, clock.now())
    units = list(units_of(actor, asked.liaison_at, act))
    if actor.kind is not Kind.USER:
        return []
    posts = [grant for grant in actor.grants if grant.role == Role.LIAISON_LEADER]
    whose = {actor.id, *(str(grant.stead) for grant in posts if grant.stead is not None)}
    named = {row.unit_id for row in liaisons(actor, day) if str(row.user_id) in whose}
    held = {grant.reach.path for grant in posts if isinstance(grant.reach, Subtree)}
    return [unit for unit in units if unit.pk in named or unit.path in held]


def by_unit(rows: Sequence[Appointment]) -> Mapping[UUID, Appointment]:
    """Return the liaison leader of each unit."""
    return {row.unit_id: row for row in rows}
