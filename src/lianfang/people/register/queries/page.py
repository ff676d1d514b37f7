"""One person's page: what is known of him, masked, and what the reader may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import BooleanField, Case, Value, When
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.visible import visible
from lianfang.ground.doors.walls import NONE, wall_of
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import (
    Exposure,
    Membership,
    Movement,
    Person,
    PersonalLink,
    StallTenure,
)
from lianfang.people.register.queries.listing import Card, card, with_facts
from lianfang.people.register.queries.people import READ, people
from lianfang.people.register.queries.policy import policy_at
from lianfang.people.register.queries.words import said, word
from lianfang.people.register.rules.lines import PLAIN
from lianfang.people.register.rules.names import place_name
from lianfang.people.register.rules.policy import Policy
from lianfang.people.register.rules.wording import (
    COLUMN,
    DOCUMENT,
    EMPLOYMENT,
    GENDER,
    HOW,
    WHEREABOUTS,
    whereabouts,
)
from lianfang.people.register.rules.words import SealedColumn

#: What a reader may do on the page; each is asked for with the person in the one query.
ACTS = (
    *("people.change", "people.move", "people.leave", "people.reveal"),
    *("movements.record", "exposures.record", "exposures.withdraw", "links.make", "links.revoke"),
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A sealed value on the page: its name and the mask, until somebody asks for it."""

    column: SealedColumn
    label: str
    mask: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where somebody counted, from when to when."""

    unit: str
    employment: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody was, as it was told."""

    where: str
    movement_class: str
    region: str
    from_region: str
    left_on: date | None
    planned_return: date | None
    returned_on: date | None
    journey: str
    how: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Past:
    """A piece of history, as it was told."""

    id: UUID
    kind: str
    region: str
    last_day: date
    last_day_known: bool
    how: str
    told_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a person's page prints."""

    person: Person
    card: Card
    gender: str
    document_kind: str
    home: str
    live: str
    party_member: bool | None
    secrets: Sequence[Secret]
    belongings: Sequence[Belonging]
    stays: Sequence[Stay]
    history: Sequence[Past]
    stalls: Sequence[str]
    link: PersonalLink | None
    may: frozenset[str]


def page(actor: Actor, key: UUID) -> Page:
    """Return the page of one person, or say that there is none."""
    policy = policy_at(actor, clock.now())
    asked = {f"may_{n}": _may(actor, act) for n, act in enumerate(ACTS)}
    row = get_object_or_404(with_facts(people(actor), policy).annotate(**asked), pk=key)
    may = frozenset(act for n, act in enumerate(ACTS) if getattr(row, f"may_{n}"))
    return Page(
        person=row,
        card=card(row, policy),
        gender=word(GENDER, row.gender) if row.gender else "",
        document_kind=word(DOCUMENT, row.document_kind),
        home=place_name(row.home_region) if row.home_region else row.home_said,
        live=place_name(row.live_region) if row.live_region else "",
        party_member=row.party_member,
        secrets=secrets(row),
        belongings=_belongings(actor, row),
        stays=_stays(actor, row, policy),
        history=_history(actor, row, policy),
        stalls=_stalls(actor, row),
        link=_link(actor, row),
        may=may,
    )


def whereabouts_of(actor: Actor, row: Person) -> dict[str, object]:
    """Return what is known of where somebody is, to begin a form with."""
    now = visible(Movement, actor, READ).filter(person=row, valid_to=None).first()
    if now is None:
        return {}
    names = ("in_town", "region", "left_on", "planned_return", "returned_on")
    told = {name: getattr(now, name) for name in (*names, "transport", "transport_no", "seat_no")}
    return told | {"from_region": now.from_region}


def known_of(row: Person) -> dict[str, object]:
    """Return what is known of a person, to begin a form with; nothing of what is sealed."""
    return {name: getattr(row, name) for name in PLAIN}


def secrets(row: Person) -> list[Secret]:
    """Return the sealed values of a person as masks."""
    return [secret(row, column) for column in SealedColumn if getattr(row, column)]


def secret(row: Person, column: SealedColumn) -> Secret:
    """Return one sealed value as a mask."""
    mask = getattr(row, f"{column}_mask", "") or str(getattr(row, column) or "")
    return Secret(column, word(COLUMN, column), mask)


def _may(actor: Actor, act: str) -> Case:
    wall = wall_of(Person)
    within = reduce(or_, (wall.within(reach) for reach in actor.reaches(act)), NONE)
    return Case(
        When(within, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )


def _belongings(actor: Actor, row: Person) -> list[Belonging]:
    found = visible(Membership, actor, READ).filter(person=row).select_related("unit")
    return [
        Belonging(str(each.unit), word(EMPLOYMENT, each.employment), each.valid_from, each.valid_to)
        for each in found.order_by("-valid_from", "-pk")
    ]


def _stays(actor: Actor, row: Person, policy: Policy) -> list[Stay]:
    found = visible(Movement, actor, READ).filter(person=row).order_by("-valid_from", "-pk")
    return [_stay(each, policy) for each in found]


def _stay(row: Movement, policy: Policy) -> Stay:
    journey = (said(policy, row.transport), row.transport_no, row.seat_no)
    return Stay(
        where=word(WHEREABOUTS, whereabouts(in_town=row.in_town)),
        movement_class=said(policy, row.movement_class),
        region=place_name(row.region) if row.region else "",
        from_region=place_name(row.from_region) if row.from_region else "",
        left_on=row.left_on,
        planned_return=row.planned_return,
        returned_on=row.returned_on,
        journey=" ".join(filter(None, journey)),
        how=word(HOW, row.how) if row.in_town is not None else "",
        since=row.valid_from,
        until=row.valid_to,
    )


def _history(actor: Actor, row: Person, policy: Policy) -> list[Past]:
    found = visible(Exposure, actor, READ).filter(person=row).order_by("-last_day", "-pk")
    return [
        Past(
            id=each.pk,
            kind=said(policy, each.kind),
            region=place_name(each.region) if each.region else "",
            last_day=each.last_day,
            last_day_known=each.last_day_known,
            how=word(HOW, each.how),
            told_at=each.happened_at,
            withdrawn_at=each.withdrawn_at,
        )
        for each in found
    ]


def _stalls(actor: Actor, row: Person) -> list[str]:
    found = visible(StallTenure, actor, READ).filter(person=row, valid_to=None)
    return [
        f"{each.stall.site} {each.stall.number}" for each in found.select_related("stall__site")
    ]


def _link(actor: Actor, row: Person) -> PersonalLink | None:
    found = visible(PersonalLink, actor, READ).filter(person=row, revoked_at=None)
    return found.filter(expires_at__gt=clock.machine()).first()
