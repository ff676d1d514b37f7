from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lianfang.ground.response import shipped
from lianfang.kernel.refusals import BadInput
from lianfang.people.checkins.rules import (
    Earlier,
    Policy,
    Reading,
    Sheet,
    Verdict,
    asked,
    check,
    check_same,
    counts,
    history_told,
    last,
    may_carry,
    pad,
    policy_of,
    verdict,
)
from lianfang.people.register.rules.words import History, HowTold

NOW = datetime(2020, 1, 31, 0, 30, tzinfo=UTC)
TODAY = date(2020, 1, 31)
TEMPERATURES = st.decimals("34.0", "43.0", places=1)
YES_NO = st.none() | st.booleans()
VERDICTS = st.sampled_from(tuple(Verdict))


@pytest.fixture(scope="module")
def policy() -> Policy:
    pack = shipped.packs()["covid19-2020-01"]
    return policy_of(pack.at(NOW))


def earlier(**told: object) -> Earlier:
    told = {
        "id": UUID(int=1),
        "day": TODAY - timedelta(days=1),
        "taken_at": NOW - timedelta(days=1),
        "temperature": Decimal("36.5"),
        "method": "forehead",
        "verdict": Verdict.NORMAL,
        "symptoms": (),
        "in_town": True,
        "region": "",
        "household_symptoms": False,
        "contact_risk_area": False,
        "contact_case": False,
        "same_as_yesterday": False,
    } | told
    return Earlier(**told)  # type: ignore[arg-type]


def reading(**told: object) -> Reading:
    told = {
        "taken_at": NOW,
        "temperature": Decimal("36.5"),
        "method": "forehead",
        "in_town": True,
        "household_symptoms": False,
        "contact_risk_area": False,
        "contact_case": False,
    } | told
    return Reading(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("temperature", "means"),
    [
        (None, Verdict.INVALID),
        ("34.9", Verdict.INVALID),
        ("35.0", Verdict.NORMAL),
        ("37.0", Verdict.NORMAL),
        ("37.1", Verdict.RECHECK),
        ("37.2", Verdict.RECHECK),
        ("37.3", Verdict.FEVER),
        ("40.1", Verdict.FEVER),
    ],
)
def test_a_temperature_means_what_the_pack_says(
    policy: Policy, temperature: str | None, means: Verdict
) -> None:
    value = Decimal(temperature) if temperature else None
    assert verdict(value, policy.thresholds) is means


@settings(deadline=None)
@given(TEMPERATURES, TEMPERATURES)
def test_a_higher_temperature_never_means_less(
    policy: Policy, one: Decimal, other: Decimal
) -> None:
    order = (Verdict.INVALID, Verdict.NORMAL, Verdict.RECHECK, Verdict.FEVER)
    low, high = sorted((one, other))
    means = [order.index(verdict(each, policy.thresholds)) for each in (low, high)]
    assert means == sorted(means)


def test_the_pad_holds_every_reading_once_and_the_dozen_below_a_fever_in_one_tap(
    policy: Policy,
) -> None:
    keys = pad(policy.thresholds)
    assert keys.keys[0] == Decimal("36.1")
    assert keys.keys[-1] == Decimal("37.2")
    assert keys.high[0] == Decimal("37.3")
    every = (*keys.low, *keys.keys, *keys.high)
    assert every == tuple(Decimal(tenths) / 10 for tenths in range(340, 431))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"temperature": Decimal("33.9")}, "temperature"),
        ({"temperature": Decimal("43.1")}, "temperature"),
        ({"method": "tongue"}, "method"),
        ({"method": ""}, "method"),
        ({"symptoms": ("headache",)}, "symptoms"),
        ({"region": "33030"}, "region"),
        ({"region": "330302", "in_town": False}, "region"),
        ({"region": "420102", "in_town": True}, "region"),
        ({"taken_at": NOW + timedelta(minutes=11)}, "taken_at"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    policy: Policy, told: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        check(reading(**told), policy, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"temperature": None, "method": ""},
        {"taken_at": NOW - timedelta(days=40)},
        {"taken_at": NOW + timedelta(minutes=9)},
        {"region": "330302"},
        {"region": "420102", "in_town": False},
        {"in_town": None, "household_symptoms": None},
    ],
)
def test_lateness_and_what_was_not_asked_are_never_refused(
    policy: Policy, told: dict[str, object]
) -> None:
    check(reading(**told), policy, NOW)


def test_the_first_reading_of_a_day_counts(policy: Policy) -> None:
    assert counts(reading(), Verdict.NORMAL, None, policy.thresholds)


@settings(deadline=None)
@given(VERDICTS, VERDICTS, st.sampled_from(tuple(HowTold)), st.integers(1, 600))
def test_a_reading_that_was_taken_before_never_replaces_a_later_one(
    policy: Policy, was: Verdict, means: Verdict, how: HowTold, minutes: int
) -> None:
    told = reading(taken_at=NOW - timedelta(minutes=minutes), how=how)
    assert not counts(told, means, earlier(taken_at=NOW, verdict=was), policy.thresholds)


@settings(deadline=None)
@given(st.sampled_from(("forehead", "neck", "wrist", "ear")), TEMPERATURES)
def test_nobody_talks_himself_out_of_a_fever(
    policy: Policy, method: str, temperature: Decimal
) -> None:
    means = verdict(temperature, policy.thresholds)
    assume(means is not Verdict.FEVER)
    before = earlier(verdict=Verdict.FEVER)
    told = reading(method=method, temperature=temperature)
    assert not counts(told, means, before, policy.thresholds)
    assert counts(replace(told, method="axillary"), means, before, policy.thresholds)
    assert counts(replace(told, how=HowTold.IN_PERSON), means, before, policy.thresholds)
    assert not counts(replace(told, how=HowTold.FROM_CHAT), means, before, policy.thresholds)
    assert counts(replace(told, how=HowTold.FROM_FILE), means, before, policy.thresholds)
    unmeasured = replace(told, how=HowTold.FROM_FILE, temperature=None)
    assert not counts(unmeasured, Verdict.INVALID, before, policy.thresholds)


@settings(deadline=None)
@given(VERDICTS.filter(lambda each: each is not Verdict.FEVER), VERDICTS)
def test_any_other_reading_is_replaced_by_measuring_again(
    policy: Policy, was: Verdict, means: Verdict
) -> None:
    assert counts(reading(), means, earlier(verdict=was), policy.thresholds)


def test_on_the_first_day_everything_is_asked(policy: Policy) -> None:
    assert all(each.anew for each in asked([], TODAY, policy))


def test_the_day_after_only_the_temperature_is_asked_anew(policy: Policy) -> None:
    anew = [each.question.code for each in asked([earlier()], TODAY, policy) if each.anew]
    assert anew == ["temperature"]


def test_a_question_that_was_not_answered_is_asked_anew(policy: Policy) -> None:
    before = earlier(household_symptoms=None)
    anew = {each.question.code for each in asked([before], TODAY, policy) if each.anew}
    assert anew == {"temperature", "household_symptoms"}


@settings(deadline=None)
@given(st.integers(1, 30))
def test_the_same_as_yesterday_goes_on_only_for_so_many_days(policy: Policy, days: int) -> None:
    answered = TODAY - timedelta(days=days)
    since = [
        earlier(
            day=answered + timedelta(days=step),
            taken_at=NOW - timedelta(days=days - step),
            same_as_yesterday=step > 0,
        )
        for step in range(days)
    ]
    assert may_carry(since, TODAY, policy) == (days <= policy.same_days)


def test_the_same_as_yesterday_is_refused_without_a_yesterday(policy: Policy) -> None:
    with pytest.raises(BadInput):
        check_same(reading(same_as_yesterday=True), [], TODAY, policy)
    check_same(reading(same_as_yesterday=True), [earlier()], TODAY, policy)
    check_same(reading(), [], TODAY, policy)


@settings(deadline=None)
@given(case=YES_NO, area=YES_NO, case_before=YES_NO, area_before=YES_NO)
def test_only_a_yes_that_was_none_before_tells_a_history(
    *, case: bool | None, area: bool | None, case_before: bool | None, area_before: bool | None
) -> None:
    told = reading(contact_case=case, contact_risk_area=area)
    before = earlier(contact_case=case_before, contact_risk_area=area_before)
    found = history_told(told, before)
    assert (History.CASE in found) == (case is True and case_before is not True)
    assert (History.PEOPLE_FROM_THERE in found) == (area is True and area_before is not True)
    assert set(history_told(told, None)) >= set(found)


def test_the_latest_reading_is_the_one_that_was_taken_last() -> None:
    first = earlier(id=UUID(int=9), taken_at=NOW - timedelta(hours=2))
    second = earlier(id=UUID(int=2), taken_at=NOW - timedelta(hours=1))
    assert last([second, first]) is second
    assert last([]) is None


def test_a_sheet_shows_nothing_of_what_was_told() -> None:
    assert "36.5" not in repr(Sheet(reading()))
