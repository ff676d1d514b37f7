"""People behind a number: name, unit, work, and the latest records; numbers stay masked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lianfang.ground.doors.visible import visible
from lianfang.ground.web.words import short_day
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.links import person_url
from lianfang.people.register.queries.listing import Card, cards, with_facts
from lianfang.people.register.queries.people import people
from lianfang.people.register.queries.policy import policy_at

RECENT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a person: when, and what it says."""

    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Face:
    """A person behind a number."""

    id: UUID
    name: str
    unit: str
    work: str
    url: str
    fresh: bool
    records: Sequence[Record]


def faces(actor: Actor, keys: Sequence[UUID], fresh: Collection[UUID]) -> Sequence[Face]:
    """Return people in the order of the keys, with what was last told of each."""
    policy = policy_at(actor, clock.now())
    rows = with_facts(people(actor).filter(pk__in=keys), policy)
    shown = {card.id: card for card in cards(rows, policy)}
    readings = _readings(actor, keys)
    return [
        _face(shown[key], readings.get(key), fresh=key in fresh) for key in keys if key in shown
    ]


def _face(card: Card, reading: CheckIn | None, *, fresh: bool) -> Face:
    records = [Record(None, text) for text in (_where(card), _past(card)) if text]
    if reading is not None:
        records.insert(0, Record(reading.happened_at, _reading(reading)))
    return Face(
        card.id,
        card.name,
        card.unit,
        card.work or card.employment,
        person_url(card.id),
        fresh,
        records,
    )


def _where(card: Card) -> str:
    told = [card.movement_class, card.region]
    if card.returned_on:
        told.append(_("back on %(day)s") % {"day": short_day(card.returned_on)})
    elif card.planned_return:
        told.append(_("plans to return on %(day)s") % {"day": short_day(card.planned_return)})
    return " · ".join(filter(None, told))


def _past(card: Card) -> str:
    return _("told of an epidemiological history that still counts") if card.history else ""


def _reading(row: CheckIn) -> str:
    told = _("symptoms told") if row.symptoms else _("no symptoms")
    if row.temperature is None:
        return _("Check-in, %(told)s") % {"told": told}
    return _("Check-in %(temperature)s °C, %(told)s") % {
        "temperature": row.temperature,
        "told": told,
    }


def _readings(actor: Actor, keys: Sequence[UUID]) -> Mapping[UUID, CheckIn]:
    """Return the latest reading of each person in the last two days."""
    since = clock.now() - RECENT
    rows = visible(CheckIn, actor, "checkins.read").filter(
        person__in=keys, counts=True, happened_at__gte=since
    )
    return {row.person_id: row for row in rows.order_by("happened_at", "id")}
