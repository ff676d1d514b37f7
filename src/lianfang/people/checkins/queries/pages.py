"""What the phone shows: the questions of today with what each answer would lead to; the pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import get_default_timezone

from lianfang.ground.response.queries.features import switched_off
from lianfang.ground.response.rules import Pack, Words
from lianfang.ground.response.rules.features import Feature
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.queries.called import somebody
from lianfang.people.checkins.rules import (
    ANSWERS,
    Asked,
    Choice,
    Earlier,
    Pad,
    Policy,
    Thresholds,
    Verdict,
    asked,
    last,
    pad,
    since,
)
from lianfang.people.checkins.rules.force import SYMPTOM_FACTS
from lianfang.people.checkins.rules.regions import called as called_region
from lianfang.people.checkins.standing import (
    Readings,
    asking_in,
    columns_of,
    earlier,
    policy_in,
    standing_of,
)
from lianfang.people.register.models import Person
from lianfang.people.screening.inforce import Packs, day_of, packs_of
from lianfang.people.screening.judging import evaluate, facts_of
from lianfang.people.screening.rules import Standing, Status, reason_words

IN_TOWN, ON_A_ROW = "in_town", frozenset({"symptoms", "bool"})
NONE, YES, NO = "none", "yes", "no"
TENTH = Decimal("0.1")
#: What changes for a person if he answers so; the facts that the rules of the pack look at.
IF_SO: Mapping[str, Mapping[str, object]] = {
    "symptoms": {"symptoms_any": True},
    "in_town": {"in_town": False},
    "household_symptoms": {"household_symptoms": True},
    "contact_risk_area": {"days_since_people_from_there": 0},
    "contact_case": {"days_since_case_contact": 0},
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an answer would lead, told before it is sent."""

    status: Status
    reasons: tuple[Words | str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it stands on the page: put anew, or with the answer of last time."""

    code: str
    kind: str
    words: Words
    anew: bool
    chosen: tuple[str, ...]
    region: str
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """The questions of today for one person."""

    person: Person
    day: date
    due: time | None
    late: bool
    rows: tuple[Row, ...]
    pad: Pad
    limits: Thresholds
    methods: tuple[Choice, ...]
    method: str
    symptoms: tuple[Choice, ...]
    main_symptoms: frozenset[str]
    now: datetime
    home: str
    outcomes: Mapping[str, Outcome]
    pay: Words
    commitment: Words
    carried: bool
    today: Earlier | None
    gives_pass: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassPage:
    """A person's pass: where he stands by his last check-in, and until when it holds."""

    person: Person
    standing: Standing
    reasons: tuple[Words | str, ...]
    taken_at: datetime
    temperature: Decimal | None
    verdict: Verdict
    until: datetime
    recheck_at: datetime | None
    next_due: datetime | None
    pay: Words
    now: datetime
    today: bool


def ask_page(actor: Actor, key: UUID) -> AskPage:
    """Return what is asked of a person today, with the answers of last time."""
    person, now = somebody(actor, key), clock.now()
    packs = packs_of([person.unit], now)
    policy = asking_in(packs[person.unit_id])
    told = earlier([person.pk], since(now, policy))
    before, day = last(told[person.pk]), day_of(person, now)
    outcomes = _outcomes(person, told, now, policy, packs)
    rows = tuple(
        _row(each, before, outcomes)
        for each in asked(told[person.pk], day, policy)
        if each.question.kind in ON_A_ROW
    )
    return AskPage(
        person=person,
        day=day,
        due=policy.due,
        late=_is_late(before, day, now, policy),
        rows=rows,
        pad=pad(policy.thresholds),
        limits=policy.thresholds,
        methods=policy.methods,
        method=before.method if before and before.method else policy.usual_method,
        symptoms=policy.symptoms,
        main_symptoms=policy.main_symptoms,
        now=now,
        home=called_region(f"{policy.home[0]:0<6}") if policy.home else "",
        outcomes=outcomes,
        pay=policy.pay,
        commitment=policy.commitment,
        carried=any(not row.anew for row in rows),
        today=before if before is not None and before.day == day else None,
        gives_pass=policy.gives_pass,
    )


def has_pass(actor: Actor, key: UUID) -> bool:
    """Tell whether the policy gives passes where a person belongs."""
    person = somebody(actor, key)
    return policy_in(packs_of([person.unit], clock.now())[person.unit_id]).gives_pass


def pass_page(actor: Actor, key: UUID) -> PassPage | None:
    """Return a person's pass, if a check-in of his is in force."""
    person, now = somebody(actor, key), clock.now()
    packs = packs_of([person.unit], now)
    policy = policy_in(packs[person.unit_id])
    if not policy.gives_pass:
        raise switched_off(actor, Feature.GATE_SCREENING)
    told, by_unit = earlier([person.pk], since(now, policy)), {person.unit_id: policy}
    reading = standing_of(person, told, now, by_unit)
    if reading is None:
        return None
    own = columns_of([person], told, now, by_unit)
    standing = evaluate([person], now, packs, own)[0]
    again = reading.verdict is not Verdict.NORMAL
    return PassPage(
        person=person,
        standing=standing,
        reasons=_reasons(packs[person.unit_id], standing),
        taken_at=reading.taken_at,
        temperature=reading.temperature,
        verdict=reading.verdict,
        until=reading.taken_at + policy.pass_valid,
        recheck_at=reading.taken_at + policy.thresholds.rest if again else None,
        next_due=_next_due(reading.day, policy),
        pay=policy.pay,
        now=now,
        today=reading.day == day_of(person, now),
    )


def _row(put: Asked, before: Earlier | None, outcomes: Mapping[str, Outcome]) -> Row:
    question, known = put.question, None if put.anew else before
    away = known is not None and known.in_town is False and question.code == IN_TOWN
    region = known.region if known is not None and away else ""
    return Row(
        code=question.code,
        kind=question.kind,
        words=question.words,
        anew=put.anew,
        chosen=_chosen(question.code, known),
        region=region,
        outcome=outcomes.get(question.code),
    )


def _chosen(code: str, known: Earlier | None) -> tuple[str, ...]:
    if known is None:
        return ()
    if code not in ANSWERS:
        return known.symptoms or (NONE,)
    return (YES if getattr(known, code) else NO,)


def _outcomes(
    person: Person, told: Readings, now: datetime, policy: Policy, packs: Packs
) -> dict[str, Outcome]:
    """Ask the rules of the pack where each answer would lead, all in one go."""
    own = columns_of([person], told, now, {person.unit_id: policy})
    known = facts_of([person], now, packs, own)
    normal = {name: column[0] for name, column in known.items()} | _well(policy)
    cases: dict[str, Mapping[str, object]] = {
        "normal": {},
        **_temperatures(policy.thresholds),
        **IF_SO,
    }
    columns = {name: [case.get(name, normal[name]) for case in cases.values()] for name in normal}
    found = evaluate([person] * len(cases), now, packs, columns)
    pack = packs[person.unit_id]
    return {
        case: Outcome(standing.status, _reasons(pack, standing))
        for case, standing in zip(cases, found, strict=True)
    }


def _well(policy: Policy) -> dict[str, object]:
    """Return the facts of a check-in in which nothing is wrong."""
    measured = policy.thresholds.measured
    return {
        "temperature": float(policy.thresholds.recheck_above) if measured else None,
        "method": policy.usual_method or None,
        "symptoms_any": False,
        "household_symptoms": False,
        "checked_in_today": True,
        "in_town": True,
        **dict.fromkeys(SYMPTOM_FACTS, False),
    }


def _temperatures(limits: Thresholds) -> dict[str, Mapping[str, object]]:
    if not limits.measured:
        return {}
    return {
        "none": {"temperature": None},
        "low": {"temperature": float(limits.invalid_below - TENTH)},
        "warm": {"temperature": float(limits.recheck_above + TENTH)},
        "high": {"temperature": float(limits.fever_from)},
    }


def _reasons(pack: Pack | None, standing: Standing) -> tuple[Words | str, ...]:
    return tuple(reason_words(pack, code) for code in standing.reasons)


def _next_due(day: date, policy: Policy) -> datetime | None:
    if policy.due is None:
        return None
    return datetime.combine(day + timedelta(days=1), policy.due, get_default_timezone())


def _is_late(before: Earlier | None, day: date, now: datetime, policy: Policy) -> bool:
    answered = before is not None and before.day == day
    return policy.due is not None and not answered and _local(now).time() > policy.due


def _local(now: datetime) -> datetime:
    return now.astimezone(get_default_timezone())
