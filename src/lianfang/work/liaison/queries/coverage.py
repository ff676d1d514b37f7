"""Whom nobody has been in touch with for too long, by liaison leader."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from lianfang.ground.command import queries as command
from lianfang.ground.command.models import Appointment
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as responses
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.queries.contacts import last_of
from lianfang.work.liaison.rules.contacts import Touch

WITHIN = "liaison.contact_within"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTouch:
    """A unit, who looks after it, and when somebody was last in touch."""

    unit: Unit
    leader: Appointment | None
    last: Contact | None
    days: int
    late: bool

    @property
    def never(self) -> bool:
        """Tell whether nobody was ever in touch."""
        return self.last is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow:
    """A liaison leader with his units, those out of touch first."""

    name: str
    title: str
    account: bool
    units: Sequence[UnitTouch]

    @property
    def late(self) -> int:
        """Return with how many units he was not in touch in time."""
        return sum(1 for each in self.units if each.late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All liaison leaders, and the units that have none."""

    leaders: Sequence[LeaderRow]
    without: Sequence[UnitTouch]
    within: timedelta | None
    units: int
    late: int
    today: int


def coverage(actor: Actor) -> Coverage:
    """Return who looks after whom, and who was not in touch for too long."""
    now = clock.now()
    asked = command.asked_at(actor, now)
    units = list(command.units_of(actor, asked.liaison_at, "contacts.read"))
    found = touches(actor, units, now)
    rows: dict[tuple[str, UUID | None], list[UnitTouch]] = {}
    for each in found:
        if each.leader is not None:
            rows.setdefault((each.leader.name, each.leader.user_id), []).append(each)
    today = timezone.localtime(now).date()
    return Coverage(
        leaders=sorted(map(_leader, rows.values()), key=lambda row: -row.late),
        without=[each for each in found if each.leader is None],
        within=within(actor, now),
        units=len(found),
        late=sum(1 for each in found if each.late),
        today=sum(1 for each in found if each.last and each.last.day == today),
    )


def within(actor: Actor, now: datetime) -> timedelta | None:
    """Return how long the pack lets pass between two calls; nothing where it does not say."""
    pack = responses.pack_or_none(actor, now)
    return pack.span(WITHIN) if pack is not None and pack.has(WITHIN) else None


def touches(actor: Actor, units: Collection[Unit], now: datetime) -> Sequence[UnitTouch]:
    """Return when somebody was last in touch with each of these units."""
    allowed = within(actor, now)
    day = timezone.localtime(now).date()
    named = command.by_unit(command.liaisons(actor, day))
    last = last_of(actor, [unit.pk for unit in units])
    response = responses.current(actor)
    began = response.started_at if response else now
    return [_touch(unit, named, last, began, (now, allowed)) for unit in units]


def since_of(row: Appointment) -> datetime:
    """Return since when a liaison leader has been expected to be in touch."""
    return max(row.recorded_at, clock_of(row))


def clock_of(row: Appointment) -> datetime:
    """Return the beginning of the day from which an appointment counts."""
    midnight = datetime.combine(row.valid_from, datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _touch(
    unit: Unit,
    named: Mapping[UUID, Appointment],
    last: Mapping[UUID, Contact],
    began: datetime,
    asked: tuple[datetime, timedelta | None],
) -> UnitTouch:
    leader, call, (now, allowed) = named.get(unit.pk), last.get(unit.pk), asked
    since = max(began, since_of(leader)) if leader else began
    touch = Touch(call.happened_at if call else None, since)
    return UnitTouch(
        unit=unit,
        leader=leader,
        last=call,
        days=touch.days(now),
        late=allowed is not None and touch.is_late(now, allowed),
    )


def _leader(found: Sequence[UnitTouch]) -> LeaderRow:
    leader = found[0].leader
    if leader is None:
        raise TypeError(found)
    ordered = sorted(found, key=lambda each: (not each.late, -each.days, each.unit.path))
    return LeaderRow(
        name=leader.name, title=leader.title, account=leader.user is not None, units=ordered
    )
