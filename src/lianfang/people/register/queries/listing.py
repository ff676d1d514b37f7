"""Lists of people: names and masked numbers only, one query for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.queries.people import READ, lacks, people
from lianfang.people.register.queries.policy import day_of, within_window
from lianfang.people.register.queries.words import said, word
from lianfang.people.register.rules.listing import Special, Wanted
from lianfang.people.register.rules.names import place_name
from lianfang.people.register.rules.policy import Policy
from lianfang.people.register.rules.wording import AWAY, EMPLOYMENT, IN_TOWN, UNKNOWN
from lianfang.people.register.rules.words import History, Population

MOVEMENT = ("movement_class", "in_town", "region", "planned_return", "returned_on")
#: The movement in which the person of the outer query is now; he himself was seen before.
NOW = {"person": OuterRef("pk"), "valid_to": None}
IN_TOWN_OF = {IN_TOWN: True, AWAY: False, UNKNOWN: None}


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a line of a list shows him."""

    id: UUID
    name: str
    person_no: str
    unit: str
    path: str
    population: str
    employment: str
    work: str
    place: str
    document: str
    phone: str
    movement_class: str
    in_town: bool | None
    region: str
    planned_return: date | None
    returned_on: date | None
    history: bool
    missing: tuple[str, ...]
    left_at: datetime | None


def found(actor: Actor, wanted: Wanted, policy: Policy, act: str = READ) -> QuerySet[Person]:
    """Return the people of a list that the actor may do this to, in the order of their names."""
    left = wanted.special == Special.LEFT
    rows = _of(people(actor, act), actor, wanted).filter(left_at__isnull=not left)
    plain = {"site": wanted.site, "employment": wanted.employment}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    rows = _moved(rows, wanted)
    if wanted.special == Special.HISTORY:
        rows = rows.filter(Exists(_told(policy)))
    if wanted.special == Special.TO_COMPLETE:
        rows = rows.filter(lacks())
    return _named(rows, wanted.words).order_by("sort_key", "id")


def with_facts(rows: QuerySet[Person], policy: Policy) -> QuerySet[Person]:
    """Read where people are, and whether they told of a history, along with them."""
    now = visible(Movement, OPERATOR, READ).filter(**NOW)
    facts = {f"now_{name}": Subquery(now.values(name)[:1]) for name in MOVEMENT}
    return rows.annotate(**facts, now_history=Exists(_told(policy)))


def cards(rows: Iterable[Person], policy: Policy) -> list[Card]:
    """Return people that were read with their facts as lines of a list."""
    return [card(row, policy) for row in rows]


def card(row: Person, policy: Policy) -> Card:
    """Return a person that was read with his facts as a line of a list."""
    facts = {name: getattr(row, f"now_{name}") for name in MOVEMENT}
    return Card(
        id=row.pk,
        name=row.name,
        person_no=row.person_no,
        unit=str(row.unit),
        path=row.unit.path,
        population=row.population,
        employment=word(EMPLOYMENT, row.employment),
        work=" · ".join(filter(None, (row.department, row.job))),
        place=_place(row),
        document=row.document_mask,
        phone=row.phone_mask,
        movement_class=said(policy, facts["movement_class"] or ""),
        in_town=facts["in_town"],
        region=place_name(facts["region"]) if facts["region"] else "",
        planned_return=facts["planned_return"],
        returned_on=facts["returned_on"],
        history=bool(getattr(row, "now_history", False)),
        missing=missing(row),
        left_at=row.left_at,
    )


def missing(row: Person) -> tuple[str, ...]:
    """Return what has to be completed of a person (待补)."""
    lacking = {
        "person_no": row.population == Population.STAFF and not row.person_no,
        "document": row.document_index is None,
        "phone": row.phone_index is None,
    }
    return tuple(name for name, gone in lacking.items() if gone)


def _place(row: Person) -> str:
    if row.site is None:
        return ""
    return f"{row.site} {row.stall.number}" if row.stall else str(row.site)


def _of(rows: QuerySet[Person], actor: Actor, wanted: Wanted) -> QuerySet[Person]:
    """Return a population, of one unit and what stands below it where one is named."""
    rows = rows.filter(population=wanted.population)
    return rows if wanted.unit is None else _below(rows, actor, wanted.unit)


def _below(rows: QuerySet[Person], actor: Actor, unit: UUID) -> QuerySet[Person]:
    path = visible(Unit, actor, "units.read").filter(pk=unit).values_list("path", flat=True).first()
    if path is None:
        return rows.none()
    return rows.filter(unit__path__gte=path, unit__path__lt=tree.after(path))


def _moved(rows: QuerySet[Person], wanted: Wanted) -> QuerySet[Person]:
    asked = Q()
    if wanted.movement_class:
        asked &= Q(movement_class=wanted.movement_class)
    where = AWAY if wanted.special == Special.NOT_BACK else wanted.whereabouts
    if where in IN_TOWN_OF:
        asked &= Q(in_town=IN_TOWN_OF[where])
    if not asked:
        return rows
    now = visible(Movement, OPERATOR, READ).filter(asked, **NOW)
    return rows.filter(Exists(now))


def _told(policy: Policy) -> QuerySet[Exposure]:
    """Return the history that still counts today of the outer person, whom the actor sees."""
    recent = within_window(policy, day_of(None, clock.now()))
    kinds = policy.kinds_about(*History)
    return visible(Exposure, OPERATOR, READ).filter(
        recent, person=OuterRef("pk"), withdrawn_at=None, kind__in=kinds
    )


def _named(rows: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Find by name, staff number, pinyin with or without spaces, or the first letters of it."""
    if not words:
        return rows
    low = words.lower()
    bare = low.replace(" ", "")
    whole = rows.annotate(pinyin=Replace(F("sort_key"), Value(" "), Value("")))
    return whole.filter(
        Q(name__icontains=words)
        | Q(person_no__istartswith=words)
        | Q(initials__startswith=bare)
        | Q(pinyin__startswith=bare)
    )


def counts(actor: Actor, wanted: Wanted, policy: Policy) -> dict[str, int]:
    """Return how many people each special list of a population holds, by one query."""
    rows = _of(visible(Person, actor, READ), actor, wanted)
    away = visible(Movement, OPERATOR, READ).filter(in_town=False, **NOW)
    marked = rows.annotate(is_away=Exists(away), told=Exists(_told(policy))).order_by()
    here = Q(left_at=None)
    found = marked.aggregate(
        everybody=Count("pk", filter=here),
        not_back=Count("pk", filter=here & Q(is_away=True)),
        history=Count("pk", filter=here & Q(told=True)),
        to_complete=Count("pk", filter=here & lacks()),
        left=Count("pk", filter=Q(left_at__isnull=False)),
    )
    return {"": found.pop("everybody"), **found}
