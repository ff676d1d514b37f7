"""Reminding liaison leaders of units that nobody was in touch with for too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.command import queries as command
from lianfang.ground.doors.act import act
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.services import Opening, begin_all
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.response import queries as responses
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.work.liaison.queries.coverage import UnitTouch, touches, within
from lianfang.work.liaison.services.keeping import REMINDER

DUE = "liaison.remind_due"
TITLE = msgid("Get in touch with %(unit)s: nobody has been for %(days)s days")


@dataclass(frozen=True, slots=True)
class Reminded:
    """The loops that were opened."""

    subjects: tuple[UUID, ...]


def overdue(actor: Actor, now: datetime) -> Sequence[UnitTouch]:
    """Return the units that nobody was in touch with for too long and that nobody is asked for."""
    if within(actor, now) is None:
        return []
    units = command.units_of(actor, command.asked_at(actor, now).liaison_at, "contacts.read")
    late = [each for each in touches(actor, list(units), now) if each.late and each.leader]
    keys = {_key(each): each for each in late}
    there = Loop.objects.filter(kind=REMINDER, key__in=keys).values_list("key", flat=True)
    return [keys[key] for key in keys.keys() - set(there)]


@act("contacts.remind")
def remind(actor: Actor, nowhere: None, now: datetime) -> Reminded:
    """Ask each liaison leader to be in touch with the units that he has left alone."""
    pack = responses.pack_at(actor, now)
    due = now + pack.span(DUE) if pack.has(DUE) else None
    late = sorted(overdue(actor, now), key=lambda each: each.unit.path)
    loops = begin_all(actor, [_opening(each, due) for each in late], now)
    return Reminded(tuple(loop.pk for loop in loops))


def _opening(each: UnitTouch, due: datetime | None) -> Opening:
    user = each.leader.user if each.leader else None
    return Opening(
        kind=KINDS[REMINDER],
        unit=each.unit,
        key=_key(each),
        title=Sentence(TITLE, {"unit": str(each.unit), "days": str(each.days)}),
        due=due,
        owner=user if user is not None and user.is_active else None,
    )


def _key(each: UnitTouch) -> str:
    """Name what is counted from: the last call, or the day on which the leader began."""
    basis = each.last.pk if each.last else each.leader and each.leader.pk
    return f"{each.unit.code}:{basis}"
