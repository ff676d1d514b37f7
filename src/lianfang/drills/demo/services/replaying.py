"""One day of the demo, played through the doors' many-at-once form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial, reduce
from operator import or_
from random import Random
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from lianfang.drills.demo.rules import days, group
from lianfang.drills.demo.rules.group import Company
from lianfang.drills.demo.services.commanding import calls
from lianfang.drills.demo.services.founding import Staff, cases_of
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.loops.services import tick
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import own_posts, signed_in
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import hand_over
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.rules import Heard
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.checkins.rules import (
    Channel,
    NextStep,
    Outcome,
    Reading,
    Sheet,
    Tried,
)
from lianfang.people.checkins.services import attempt, record
from lianfang.people.register.models import Movement, Person
from lianfang.people.register.rules.lines import Whereabouts
from lianfang.people.register.services import record_movement
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.days import situation_key
from lianfang.rollup.reports.rules.states import DAILY_SITUATION, Signing, Situation

Say = Callable[[str], None]
WAVES = ((time(7, 40), 0, 6), (time(9, 10), 6, 9), (time(13, 0), 9, 10))
TEMPERATURES = tuple(Decimal(tenths) / 10 for tenths in range(361, 370))
FEVER_AT, FEVER = time(15, 51), Decimal("37.8")
WRITTEN_AT, ACCEPTED_UNTIL = time(15, 55), time(15, 40)


@dataclass(frozen=True, slots=True)
class _Roll:
    """A company's people on the day, and those who cannot be reached."""

    number: int
    unit: Unit
    company: Company
    people: Sequence[Person]
    unreached: Sequence[Person]


def replay(day: date, staff: Staff, say: Say) -> None:
    """Play one day: check-ins, people who come back, typed numbers, reports, the bulletin."""
    say(f"{day.month} 月 {day.day} 日")
    _at(day, time(6))
    tick(clock.now())
    rolls = [_roll(staff, number, company, day) for number, company in days.companies()]
    cases_of(staff.top, day - timedelta(days=1))
    _check_ins(day, rolls, staff.departments)
    _come_back(day, rolls)
    calls(day, staff.units, staff.users)
    _at(day, time(13, 40))
    for roll in rolls:
        _type(day, staff, roll)
    _report(day, staff, rolls)
    if day != days.LAST:
        _bulletin(day, staff)


def _at(day: date, told: time) -> datetime:
    instant = datetime.combine(day, told, get_default_timezone())
    clock.move(instant)
    return instant


def _roll(staff: Staff, number: int, company: Company, day: date) -> _Roll:
    unit = staff.units[number - 1]
    people = _people([unit])
    lost = people[-company.unreached :] if day == days.LAST and company.unreached else []
    return _Roll(number, unit, company, people, lost)


def _people(units: Sequence[Unit]) -> Sequence[Person]:
    """Return who counts at some units and below them, stall holders too."""
    within = reduce(
        or_, (Q(unit__path__gte=u.path, unit__path__lt=tree.after(u.path)) for u in units)
    )
    found = Person.objects.filter(within, left_at=None).select_related("unit")
    return list(found.order_by("id"))


def _check_ins(day: date, rolls: Sequence[_Roll], head: Sequence[Unit]) -> None:
    random = Random(f"readings {day}")  # noqa: S311 - a scenario, no secret
    lost = {person.pk for roll in rolls for person in roll.unreached}
    everybody = [person for roll in rolls for person in roll.people if person.pk not in lost]
    everybody += _people(head)
    for told, first, last in WAVES:
        now, there = _at(day, told), _in_town()
        wave = [person for at, person in enumerate(everybody) if first <= at % 10 < last]
        record.many(
            OPERATOR,
            [record.on(person, _sheet(random, now, there.get(person.pk))) for person in wave],
        )
    _at(day, time(13, 20))
    tried = Tried(Channel.PHONE, Outcome.NO_ANSWER, NextStep.CALL_AGAIN)
    attempt.many(
        OPERATOR, [attempt.on(person, tried) for roll in rolls for person in roll.unreached]
    )


def _in_town() -> Mapping[UUID, bool | None]:
    return dict(Movement.objects.filter(valid_to=None).values_list("person_id", "in_town"))


def _sheet(random: Random, now: datetime, in_town: bool | None) -> Sheet:  # noqa: FBT001 - a fact
    return Sheet(
        Reading(
            taken_at=now - timedelta(minutes=random.randrange(30)),
            temperature=random.choice(TEMPERATURES),
            method="forehead",
            in_town=in_town,
            household_symptoms=False,
            contact_risk_area=False,
            contact_case=False,
        )
    )


def _come_back(day: date, rolls: Sequence[_Roll]) -> None:
    """Let some who were away come back to town, most of them by rail."""
    now = _at(day, time(11, 30))
    items = []
    for roll in rolls:
        away = [p for p in roll.people if p.live_region == "330302" and p.job != ""]
        wanted = days.returns(roll.number, roll.company, day)
        items += [
            record_movement.on(
                person,
                Whereabouts(
                    in_town=True,
                    region="330302",
                    from_region="341203",
                    left_on=date(2020, 1, 18),
                    returned_on=now.date(),
                    transport="rail",
                    transport_no="G7341",
                ),
            )
            for person in away[(day.day - 27) * 3 : (day.day - 27) * 3 + wanted]
        ]
    record_movement.many(OPERATOR, items)


def _type(day: date, staff: Staff, roll: _Roll) -> None:
    told = days.typed_numbers(roll.number, roll.company, day)
    lines = [Line(code, value) for code, value in told.items()]
    if not roll.company.sent and day == days.LAST:
        lines = lines[: len(lines) // 2]
    clerk = _actor(staff, f"clerk{roll.number:02}")
    type_in.many(clerk, [type_in.on(roll.unit, day, line) for line in lines])


def _report(day: date, staff: Staff, rolls: Sequence[_Roll]) -> None:
    """Let the afternoon happen in the order of its times: what is new, the reports, the answers."""
    events: list[tuple[datetime, Callable[[], object]]] = []
    for roll in rolls:
        sent = days.sent_at(roll.company, day, get_default_timezone())
        at = sent or datetime.combine(day, WRITTEN_AT, get_default_timezone())
        events.append((at, partial(_write, day, staff, roll)))
        if sent is not None:
            events.append((sent, partial(_send, day, staff, roll, sent)))
    if day == days.LAST:
        events.append(
            (datetime.combine(day, FEVER_AT, get_default_timezone()), partial(_fever, rolls))
        )
    for at, happen in sorted(events, key=lambda event: event[0]):
        clock.move(at)
        happen()


def _write(day: date, staff: Staff, roll: _Roll) -> None:
    text = days.news(roll.company, day)
    clerk = _actor(staff, f"clerk{roll.number:02}")
    zero = days.quiet(roll.number, roll.company, day)
    reports.write(clerk, roll.unit, day, text, "", zero=zero)


def _send(day: date, staff: Staff, roll: _Roll, at: datetime) -> None:
    """Have the principal sign and the clerk send; the office accepts what came early enough."""
    clerk = _actor(staff, f"clerk{roll.number:02}")
    reports.sign(clerk, roll.unit, day, Signing.FILLER)
    if roll.number == days.TOLD_TO_CLERK:
        told = signatures.Recorded(group.PRINCIPALS[roll.number - 1], Heard.PHONE)
        reports.sign(clerk, roll.unit, day, Signing.PRINCIPAL, recorded=told)
    else:
        principal = _actor(staff, f"principal{roll.number:02}")
        reports.sign(principal, roll.unit, day, Signing.PRINCIPAL)
    report = reports.submit(clerk, roll.unit, day)
    if day != days.LAST or at.time() < ACCEPTED_UNTIL:
        reports.accept(_actor(staff, "zhoulan"), report)


def _fever(rolls: Sequence[_Roll]) -> None:
    """Have one porter of the fish market measured with a fever at the gate."""
    porter = next(roll for roll in rolls if roll.company.short == "澄溪水产").people[0]
    told = Reading(
        taken_at=clock.now(),
        temperature=FEVER,
        method="forehead",
        symptoms=("fever",),
        in_town=True,
    )
    record(OPERATOR, porter, Sheet(told))


def _bulletin(day: date, staff: Staff) -> None:
    """Draft, check, endorse and issue; once by a deputy, once recorded as told by phone."""
    office, leads = (_actor(staff, "chenyue"), _actor(staff, "zhoulan")), group.LEADING
    _at(day, time(16, 40))
    drafted = reports.draft_bulletin(office[0], staff.top, day)
    _at(day, time(16, 46))
    reports.check_bulletin(office[1], drafted, drafted.digest)
    _at(day, time(16, 52))
    if day == days.TOLD_BY_PHONE:
        _told_by_phone(staff, drafted, leads[1][1])
    else:
        reports.endorse_bulletin(_actor(staff, leads[1][0]), drafted, drafted.digest)
    _at(day, time(16, 58))
    issuer = days.DEPUTY if day == days.BY_DEPUTY else leads[0][0]
    reports.release_bulletin(_actor(staff, issuer), drafted, drafted.digest)


def _told_by_phone(staff: Staff, drafted: Bulletin, name: str) -> None:
    """Record what the leader said by phone, and what he asked for."""
    key = situation_key(drafted.day, drafted.version)
    sheet = signing.of_paper(OPERATOR, DAILY_SITUATION, key)
    if sheet is None:
        raise LookupError(key)
    told = signatures.Recorded(name, Heard.PHONE)
    clerk = _actor(staff, "hesiyuan")
    signatures.record(clerk, sheet, Situation.ENDORSED, drafted.digest, told)
    lead = _actor(staff, group.LEADING[0][0])
    asked = signatures.Instruction(
        text=days.INSTRUCTION, role=Role.PRINCIPAL, due=clock.now() + timedelta(hours=20)
    )
    signatures.instruct(lead, sheet, staff.units[1], asked)


def lend(staff: Staff) -> None:
    """Let the one who issues hand his post over for the day that he is away."""
    lead = _actor(staff, group.LEADING[0][0])
    post = own_posts(lead).get(role=Role.LEADING_GROUP)
    zone = get_default_timezone()
    since = datetime.combine(days.BY_DEPUTY, time(8), zone)
    hand_over(lead, post, staff.users[days.DEPUTY], since, since + timedelta(hours=14), days.AWAY)


def _actor(staff: Staff, login: str) -> Actor:
    return signed_in(staff.users[login])
