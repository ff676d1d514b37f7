"""A 接龙 as it was settled, recorded as one: who is new, what was told, what the names mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.doors.inside import inside
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Refused
from lianfang.people.checkins.rules import Reading, Sheet
from lianfang.people.checkins.rules.chat import NEW_ON_SITE, Answers, Line
from lianfang.people.checkins.services.chat_names import Nickname, remember_name
from lianfang.people.checkins.services.recording import record
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine
from lianfang.people.register.rules.words import Employment, HowTold
from lianfang.people.register.services import enter


class Settlement:
    """The lines that are settled, on their way through the door; the trail repeats none of them."""

    __slots__ = ("lines", "people", "remember")

    def __init__(
        self, lines: Sequence[Line], people: Mapping[UUID, Person], *, remember: bool
    ) -> None:
        """Take the lines, the registered people whom they mean, and whether names are kept."""
        self.lines, self.people, self.remember = lines, people, remember


@dataclass(frozen=True, slots=True)
class ChatKept:
    """What came of recording a 接龙: of whom each line is now, and why others are not."""

    at: datetime
    people: Mapping[str, UUID]
    refused: Sequence[tuple[str, Refused]]
    subjects: tuple[UUID, ...] = ()


@act("checkins.record_chat")
def record_chat(actor: Actor, unit: Unit, told: Settlement) -> ChatKept:
    """Record the settled lines of a 接龙; each has an outcome of its own, and all are one act."""
    refused: list[tuple[str, Refused]] = []
    meant = _meant(actor, unit, told, refused)
    now = clock.now()
    items = [record.on(person, Sheet(_reading(line.answers, now))) for line, person in meant]
    kept: list[tuple[Line, Person]] = []
    for (line, person), item in zip(meant, inside(actor, items), strict=True):
        if item.refused:
            refused.append((line.entry.name, item.refused))
        else:
            kept.append((line, person))
    if told.remember:
        _remember(actor, unit, kept)
    return ChatKept(now, {line.entry.key: person.pk for line, person in kept}, refused)


def _meant(
    actor: Actor, unit: Unit, told: Settlement, refused: list[tuple[str, Refused]]
) -> list[tuple[Line, Person]]:
    """Return whom the lines mean; who is new is entered, by his name alone (待补)."""
    fresh = [line for line in told.lines if line.new]
    items = [enter.on(unit, _newcomer(line)) for line in fresh]
    entered: dict[str, Person] = {}
    for line, item in zip(fresh, inside(actor, items), strict=True):
        if item.result is not None:
            entered[line.entry.key] = item.result
        elif item.refused:
            refused.append((line.entry.name, item.refused))
    people = (
        told.people.get(line.person.id) if line.person else entered.get(line.entry.key)
        for line in told.lines
    )
    return [(line, person) for line, person in zip(told.lines, people, strict=True) if person]


def _newcomer(line: Line) -> PersonLine:
    on_site = line.new == NEW_ON_SITE
    way = Employment.CONTRACTOR if on_site else Employment.REGULAR
    return PersonLine(name=line.entry.name, employment=way, phone=line.entry.phone)


def _remember(actor: Actor, unit: Unit, kept: Sequence[tuple[Line, Person]]) -> None:
    inside(
        actor,
        [
            remember_name.on(person, unit, Nickname(line.entry.name))
            for line, person in kept
            if line.is_learnt and line.entry.name
        ],
    )


def _reading(told: Answers | None, now: datetime) -> Reading:
    """Return what is recorded; nobody knows the minute in the chat, so it is told now."""
    said = told or Answers()
    return Reading(
        taken_at=now,
        temperature=said.temperature,
        symptoms=said.symptoms or (),
        symptoms_known=said.symptoms is not None,
        in_town=said.in_town,
        region=said.region,
        household_symptoms=said.household_symptoms,
        contact_risk_area=said.contact_risk_area,
        contact_case=said.contact_case,
        how=HowTold.FROM_CHAT,
    )
