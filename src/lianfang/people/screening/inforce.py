"""What is in force for people: the response, the pack at their unit, the day of their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import operating_day
from lianfang.ground.response import queries as response
from lianfang.ground.response.models import PackVersion, Supplement
from lianfang.ground.response.queries.packs import READ
from lianfang.ground.response.rules import Pack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.models import Person
from lianfang.people.screening import facts
from lianfang.people.screening.packs import PerPack
from lianfang.people.screening.rules import Screen, compiled, rules_of

Packs = Mapping[UUID, Pack | None]
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class InForce:
    """The response that is running, and the pack that holds at each of some units."""

    response: UUID | None
    packs: Packs


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a version says from an instant on, and until when time alone cannot change it."""

    version: UUID
    since: datetime
    until: datetime | None
    looked_at: datetime
    shared: Pack
    stricter: tuple[str, ...]
    own: dict[UUID, Pack | None] = field(default_factory=dict)

    def holds(self, version: UUID, at: datetime) -> bool:
        """Tell whether this is the version, no turn of time lies between, and it is fresh."""
        same = self.version == version and self.since <= at
        fresh = clock.machine() - self.looked_at < A_MOMENT
        return same and fresh and (self.until is None or at < self.until)

    def pack(self, unit: Unit, at: datetime) -> Pack | None:
        """Return the pack at a unit: its own where somebody made it stricter."""
        if not unit.path.startswith(self.stricter):
            return self.shared
        if unit.pk not in self.own:
            self.own[unit.pk] = response.pack_or_none(OPERATOR, at, unit)
        return self.own[unit.pk]


class _Last:
    """What this process read last of what is in force."""

    kept: _Kept | None = None


def in_force(units: Iterable[Unit], at: datetime) -> InForce:
    """Return the response and the packs in force: mostly by one statement.

    A new version of the pack counts at once; a unit's own stricter value at the latest a moment
    after somebody in another process has set it.
    """
    newest = (
        visible(PackVersion, OPERATOR, READ)
        .filter(response__ended_at=None)
        .order_by("-response__started_at", "-version")
        .values_list("pk", "response_id")
        .first()
    )
    if newest is None:
        return InForce(None, {unit.pk: response.pack_or_none(OPERATOR, at) for unit in units})
    version, running = newest
    kept = _Last.kept
    if kept is None or not kept.holds(version, at):
        shared = response.pack_or_none(OPERATOR, at)
        if shared is None:
            return InForce(running, {unit.pk: None for unit in units})
        kept = _Last.kept = _read(version, at, shared)
    return InForce(running, {unit.pk: kept.pack(unit, at) for unit in units})


def packs_of(units: Iterable[Unit], at: datetime) -> Packs:
    """Return the pack in force at each unit; units without stricter values share one."""
    return in_force(units, at).packs


def day_of(person: Person, at: datetime) -> date:
    """Return the operating day of the place where somebody counts: his site's, or his unit's."""
    place = person.site or person.unit
    return operating_day(at, get_default_timezone(), place.day_starts)


def _read(version: UUID, at: datetime, shared: Pack) -> _Kept:
    lines = visible(Supplement, OPERATOR, READ).order_by()
    told = list(lines.values_list("unit__path", "valid_from", "recorded_at", "valid_to"))
    versions = visible(PackVersion, OPERATOR, READ).order_by()
    activated = versions.values_list("activated_at", flat=True)
    turns = [*shared.turns, *activated, *(turn for _, *every in told for turn in every)]
    until = min((turn for turn in turns if turn is not None and turn > at), default=None)
    paths = tuple({path for path, *_ in told})
    return _Kept(version, at, until, clock.machine(), shared, paths)


def _screen(pack: Pack) -> Screen:
    rules, otherwise = rules_of(pack)
    return compiled(rules, otherwise, tuple(sorted(facts.types().items())))


#: The rules of a pack, ready to be applied; a bad one is refused by its name.
screen_of = PerPack(_screen)
