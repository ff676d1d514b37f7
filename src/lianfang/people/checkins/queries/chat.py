"""A pasted 接龙 beside the people of a unit: who is meant, what is recorded already, who lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.doors.sealing import blind
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.people.checkins.models import ChatName
from lianfang.people.checkins.queries.roll import RECORD, Sought, roll
from lianfang.people.checkins.rules import Earlier, Policy, chat, last
from lianfang.people.checkins.rules.chat import (
    Already,
    Answers,
    Chain,
    Known,
    Line,
    Roster,
    Settled,
    State,
    Vocabulary,
)
from lianfang.people.checkins.rules.regions import called, cities
from lianfang.people.checkins.standing import earlier, policy_in, today_at
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import SealedColumn
from lianfang.people.screening.inforce import day_of, packs_of

COLUMNS = (
    *("pk", "name", "sort_key", "initials", "person_no", "phone_mask", "phone_index"),
    *("department", "unit__short_name", "unit__name"),
)
TAIL = 4
#: What the screens hand on and do not look into.
Place = Unit
SORTS = "省市"
AT_MOST = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """What a pasted text comes to for one unit today."""

    unit: Unit
    day: date
    policy: Policy
    chain: Chain
    lines: tuple[Line, ...]
    other_day: bool
    missing: tuple[str, ...]

    def among(self, *states: State) -> list[Line]:
        """Return the lines that stand so."""
        return [line for line in self.lines if line.state in states]


def look(actor: Actor, unit: Unit, text: str, taps: Mapping[str, Settled]) -> ChatPage:
    """Read a pasted text and match it with the people of a unit and below; nothing is changed."""
    now, policy, day = clock.now(), _policy(unit), today_at(unit)
    people = list(_people(actor, unit))
    nicknames = dict(names(actor, unit).values_list("said", "person"))
    roster = Roster([_known(row) for row in people], nicknames)
    chain = chat.read(text, _vocabulary(policy, roster, nicknames))
    phones = {entry.phone: _index(entry.phone) for entry in chain.entries if entry.phone}
    elsewhere = _elsewhere(actor, unit, chain, roster)

    def settled(already: Mapping[UUID, Already]) -> tuple[Line, ...]:
        return chat.settle(chain, roster, policy.thresholds, already, taps, phones, elsewhere)

    meant = {line.person.id for line in settled({}) if line.person is not None}
    lines = settled(_already(actor, meant, now))
    done = {line.person.id for line in lines if line.person is not None}
    absent = roll(actor, unit, Sought()).values_list("pk", "name")
    return ChatPage(
        unit=unit,
        day=day,
        policy=policy,
        chain=chain,
        lines=lines,
        other_day=chat.is_other_day(chain, day),
        missing=tuple(name for key, name in absent if key not in done),
    )


def names(actor: Actor, unit: Unit) -> QuerySet[ChatName]:
    """Return what people are called in the chat group of a unit, as it was settled."""
    rows = visible(ChatName, actor, RECORD).filter(unit=unit, valid_to=None)
    return rows.filter(person__left_at=None).select_related("person", "person__unit")


def name(actor: Actor, key: UUID, act: str) -> ChatName | None:
    """Return one settled name, if the actor may do this to it."""
    return visible(ChatName, actor, act).filter(pk=key, valid_to=None).first()


def heading(unit: Unit) -> str:
    """Return what is posted in the group above a new 接龙 of today, from the pack's questions."""
    policy = _policy(unit)
    town = _bare(called(f"{policy.home[0]:0<6}")) if policy.home else ""
    return chat.header(str(unit), today_at(unit), policy, town, _areas(policy))


def absent(actor: Actor, unit: Unit) -> list[str]:
    """Return the names of who has told nothing yet today."""
    return list(roll(actor, unit, Sought()).values_list("name", flat=True))


def chat_people(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Person]:
    """Return people whom a 接龙 names, as far as the actor may record for them."""
    rows = visible(Person, actor, RECORD).filter(left_at=None).select_related("unit", "site")
    return {row.pk: row for part in parts(list(keys)) for row in rows.filter(pk__in=part)}


def _people(actor: Actor, unit: Unit) -> QuerySet[Person, tuple[object, ...]]:
    rows = visible(Person, actor, RECORD).filter(
        left_at=None, unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path)
    )
    return rows.order_by("sort_key", "pk").values_list(*COLUMNS)


def _known(row: Sequence[object]) -> Known:
    key, name, sort_key, initials, number, mask, index, department, short, long = row
    return Known(
        id=UUID(str(key)),
        name=str(name),
        key=str(sort_key),
        initials=str(initials),
        person_no=str(number),
        tail=str(mask)[-TAIL:] if mask else "",
        phone=bytes(index).hex() if isinstance(index, bytes | memoryview) else "",
        department=str(department),
        unit=str(short or long),
    )


def _index(phone: str) -> str:
    return blind(phone, SealedColumn.PHONE).hex()


def _vocabulary(policy: Policy, roster: Roster, nicknames: Mapping[str, UUID]) -> Vocabulary:
    town = _bare(called(f"{policy.home[0]:0<6}")) if policy.home else ""
    people = roster.people.values()
    return Vocabulary(
        symptoms={each.code: each.words.zh for each in policy.symptoms},
        home=[town, town[:1]] if town else [],
        home_regions=policy.home,
        areas=_areas(policy),
        names=frozenset(each.name.casefold() for each in people)
        | frozenset(said for said in nicknames if len(said) > 1),
        departments=frozenset(each.department for each in people if each.department),
    )


def _areas(policy: Policy) -> list[str]:
    """Return what the areas to look out for are called, and their cities."""
    found: list[str] = []
    for prefix in policy.key_areas:
        found.append(_bare(called(f"{prefix:0<6}")))
        found += [_bare(city.name) for city in cities(prefix[:2]) if len(prefix) == 2]  # noqa: PLR2004
    return [name for name in found if len(name) > 1]


def _bare(name: str) -> str:
    return name.rstrip(SORTS)


def _policy(unit: Unit) -> Policy:
    return policy_in(packs_of([unit], clock.now())[unit.pk])


def _elsewhere(actor: Actor, unit: Unit, chain: Chain, roster: Roster) -> set[str]:
    """Return the names that nobody here has and somebody has whom the actor may record for."""
    unknown = {entry.name for entry in chain.entries if not roster.find(entry.name).people}
    rows = visible(Person, actor, RECORD).filter(name__in=unknown - {""}, left_at=None)
    outside = rows.exclude(unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path))
    return set(outside.values_list("name", flat=True)) if unknown else set()


def _already(actor: Actor, keys: Collection[UUID], now: datetime) -> dict[UUID, Already]:
    """Return what is recorded of people on the operating day of their place."""
    people = chat_people(actor, keys)
    told = earlier(list(people), now - AT_MOST)
    found: dict[UUID, Already] = {}
    for key, person in people.items():
        today = day_of(person, now)
        reading = last(each for each in told[key] if each.day == today)
        if reading is not None:
            found[key] = Already(reading.taken_at, _answers(reading))
    return found


def _answers(reading: Earlier) -> Answers:
    return Answers(
        temperature=reading.temperature,
        symptoms=reading.symptoms if reading.symptoms_known or reading.symptoms else None,
        in_town=reading.in_town,
        region=reading.region,
        household_symptoms=reading.household_symptoms,
        contact_risk_area=reading.contact_risk_area,
        contact_case=reading.contact_case,
    )
