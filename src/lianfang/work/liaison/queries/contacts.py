"""The calls and visits that somebody may see; what was said is never among them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext

from lianfang.ground.command.queries.rows import response_key
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.rules.contacts import HOW, HOW_WORDS, SORT, SORT_WORDS

READ = "contacts.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list of calls is narrowed to."""

    words: str = ""
    unit: Unit | None = None
    leader: str = ""
    sort: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A call or visit as a list shows it."""

    id: UUID
    unit: Unit
    at: datetime
    how: str
    sort: str
    leader: str
    instead: str
    with_whom: str
    place: str
    next_on: date | None
    has_text: bool
    corrected: bool
    mine: bool


def current_contacts(actor: Actor, act: str = READ) -> QuerySet[Contact]:
    """Return the calls of the response in force as they read now: the last word on each."""
    every = visible(Contact, actor, act).filter(response=response_key(actor))
    replaced = every.filter(replaces__isnull=False).order_by().values("replaces")
    return every.exclude(pk__in=replaced).select_related("unit", "leader", "replaces")


def contact(actor: Actor, key: UUID, act: str = READ) -> Contact:
    """Return one call as it reads now, or say that there is none."""
    return get_object_or_404(current_contacts(actor, act), pk=key)


def listed(actor: Actor, asked: Asked, act: str = READ) -> QuerySet[Contact]:
    """Return the calls that are asked for, the latest first."""
    rows = current_contacts(actor, act)
    if asked.unit is not None:
        path = asked.unit.path
        rows = rows.filter(unit__path__gte=path, unit__path__lt=tree.after(path))
    told = {
        "leader_name": asked.leader,
        "sort": asked.sort,
        "day__gte": asked.since,
        "day__lte": asked.until,
    }
    rows = rows.filter(**{name: value for name, value in told.items() if value})
    for word in asked.words.split():
        rows = rows.filter(_has(word))
    return rows.order_by("-happened_at", "-id")


def last_of(actor: Actor, units: Collection[UUID]) -> Mapping[UUID, Contact]:
    """Return the latest call or visit of each of these units, by two queries."""
    rows = current_contacts(actor).filter(unit__in=units)
    latest = dict(rows.order_by().values_list("unit").annotate(at=Max("happened_at")))
    found = rows.filter(happened_at__in=set(latest.values()))
    return {row.unit_id: row for row in found if row.happened_at == latest[row.unit_id]}


def lines(actor: Actor, rows: Iterable[Contact]) -> Sequence[Line]:
    """Return calls as a list shows them."""
    return [_line(actor, row) for row in rows]


def line(actor: Actor, key: UUID) -> Line:
    """Return one call as a screen shows it, or say that there is none."""
    return _line(actor, contact(actor, key))


def how_word(how: str) -> str:
    """Return how somebody was in touch."""
    return pgettext(HOW, HOW_WORDS[how])


def sort_word(sort: str) -> str:
    """Return what sort of contact it was."""
    return pgettext(SORT, SORT_WORDS[sort])


def _line(actor: Actor, row: Contact) -> Line:
    own = row.leader is None or row.by_name == row.leader_name
    return Line(
        id=row.pk,
        unit=row.unit,
        at=row.happened_at,
        how=how_word(row.how),
        sort=sort_word(row.sort),
        leader=row.leader_name,
        instead="" if own else row.by_name,
        with_whom=" ".join(filter(None, (row.with_name, row.with_post))),
        place=row.place,
        next_on=row.next_on,
        has_text=any(each is not None for each in (row.said, row.measure, row.told)),
        corrected=row.replaces_id is not None,
        mine=row.by == actor.who,
    )


def _has(word: str) -> Q:
    columns = ("unit__name", "unit__short_name", "unit__code", "leader_name", "with_name")
    return reduce(or_, (Q((f"{column}__icontains", word)) for column in (*columns, "place")))
