from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response import shipped
from lianfang.ground.response.rules import Words
from lianfang.people.register.rules.facts import (
    Exposed,
    Stay,
    days_since_key_area,
    latest,
)
from lianfang.people.register.rules.lines import (
    PersonLine,
    Whereabouts,
    after_checkin,
    class_of,
    classed,
)
from lianfang.people.register.rules.names import pinyin, place_name, places_named, stall_key
from lianfang.people.register.rules.policy import NO_POLICY, policy_of
from lianfang.people.register.rules.words import (
    ON_SITE,
    STAFF,
    Employment,
    History,
    Population,
    population_of,
)
from lianfang.people.register.tests.conftest import MORNING

POLICY = policy_of(shipped.packs()["covid19-2020-01"].at(MORNING))
TODAY = date(2020, 1, 31)
DAYS = st.none() | st.dates(date(2020, 1, 1), TODAY)


def test_the_pack_says_what_is_home_what_is_a_key_area_and_what_is_another_province() -> None:
    assert POLICY.is_home("330302")
    assert POLICY.is_key_area("420102")
    assert POLICY.is_other_province("420102") is True
    assert POLICY.is_other_province("330102") is False
    assert POLICY.is_other_province("") is None
    assert POLICY.window_days == 14
    assert POLICY.kinds_about(History.KEY_AREA) == ("hubei_travel", "hubei_residence")


def test_without_a_pack_nothing_is_judged() -> None:
    assert policy_of(None) is NO_POLICY
    assert not NO_POLICY.is_home("330302")
    assert not NO_POLICY.is_key_area("420102")
    assert NO_POLICY.is_other_province("420102") is None
    assert NO_POLICY.kinds_about(History.CASE) == ("case",)
    assert NO_POLICY.words_of("stayed") == Words("stayed", "stayed")
    assert class_of(Whereabouts(in_town=True), NO_POLICY) == ""


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Whereabouts(in_town=True), "stayed"),
        (Whereabouts(in_town=False), "not_yet_back"),
        (Whereabouts(), ""),
        (Whereabouts(in_town=True, returned_on=TODAY), "returned_other"),
        (
            Whereabouts(in_town=True, returned_on=TODAY, from_region="420102", transport="rail"),
            "returned_public_transport_other_province",
        ),
        (
            Whereabouts(in_town=True, returned_on=TODAY, from_region="420102", transport="car"),
            "returned_other",
        ),
        (
            Whereabouts(in_town=True, returned_on=TODAY, from_region="330102", transport="rail"),
            "returned_other",
        ),
    ],
)
def test_a_movement_belongs_to_the_class_whose_conditions_it_meets(
    told: Whereabouts, found: str
) -> None:
    assert class_of(told, POLICY) == found
    assert classed(told, POLICY).movement_class == found
    chosen = replace(told, movement_class="chosen")
    assert classed(chosen, POLICY) is chosen


@given(returned=DAYS, transport=st.sampled_from(["", "rail", "car"]), region=st.just("420102"))
def test_what_nobody_told_puts_nobody_in_a_class(
    returned: date | None, transport: str, region: str
) -> None:
    told = Whereabouts(None, region, returned_on=returned, transport=transport)
    assert class_of(told, POLICY) == ""


@given(
    known=st.builds(
        Whereabouts, st.sampled_from([True, False, None]), st.sampled_from(["", "340102"])
    ),
    told=st.builds(
        Whereabouts, st.sampled_from([True, False, None]), st.sampled_from(["", "420102"])
    ),
)
def test_a_check_in_that_was_taken_over_says_nothing_new_a_second_time(
    known: Whereabouts, told: Whereabouts
) -> None:
    after = after_checkin(known, told, TODAY)
    if after is None:
        assert told.in_town in {None, known.in_town}
    else:
        assert after.in_town is told.in_town
        assert after_checkin(after, told, TODAY) is None


@given(st.permutations([date(2020, 1, 5), date(2020, 1, 20), date(2020, 1, 11)]))
def test_the_latest_history_counts_in_whatever_order_it_was_told(days: list[date]) -> None:
    told = [Exposed("hubei_travel", day) for day in days] + [Exposed("contact_with_case", TODAY)]
    assert latest(told, POLICY.kinds_about(History.KEY_AREA), TODAY) == 11
    assert latest(told, POLICY.kinds_about(History.CASE), TODAY) == 0
    assert latest([], POLICY.kinds_about(History.CASE), TODAY) is None


def test_days_since_a_key_area_come_from_where_somebody_was() -> None:
    there = Stay(in_town=False, region="420102", from_region="", returned_on=None, until=None)
    ended = replace(there, until=date(2020, 1, 25))
    back = Stay(
        in_town=True,
        region="330302",
        from_region="420102",
        returned_on=date(2020, 1, 21),
        until=None,
    )
    home = Stay(in_town=True, region="330302", from_region="", returned_on=None, until=None)
    assert days_since_key_area([there], POLICY, TODAY) == 0
    assert days_since_key_area([ended, home], POLICY, TODAY) == 6
    assert days_since_key_area([back], POLICY, TODAY) == 10
    assert days_since_key_area([home], POLICY, TODAY) is None


def test_a_name_is_sorted_and_found_by_its_pinyin() -> None:
    assert pinyin("欧阳娜") == ("ou yang na", "oyn")
    assert pinyin("ANNA SAMPLE")[0] == "anna sample"
    assert sorted(["A10", "A2", "b1"], key=stall_key) == ["A2", "A10", "b1"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("湖北武汉", ("420100",)),
        ("湖北省武汉市", ("420100",)),
        ("武汉市 江岸区", ("420102",)),
        ("苍南", ("330327",)),
        ("广西", ("450000",)),
        ("恩施", ("422800", "422801")),
        ("吉县", ("141028",)),
        ("无此地", ()),
        ("", ()),
    ],
)
def test_a_region_is_known_by_its_names(words: str, codes: tuple[str, ...]) -> None:
    assert places_named(words) == codes


@pytest.mark.parametrize("code", ["330302", "420000", "420100", "422801", "500243", "141028"])
def test_the_full_name_of_a_region_leads_back_to_it(code: str) -> None:
    assert places_named(place_name(code)) == (code,)


def test_a_code_that_is_none_is_shown_as_it_is() -> None:
    assert place_name("990000") == "990000"
    assert place_name("500243") == "重庆市彭水苗族土家族自治县"


def test_everybody_belongs_to_one_population() -> None:
    assert {population_of(way) for way in STAFF} == {Population.STAFF}
    assert {population_of(way) for way in ON_SITE} == {Population.ON_SITE}
    assert {*STAFF, *ON_SITE} == set(Employment)


def test_what_is_sealed_is_not_printed_with_a_line() -> None:
    line = PersonLine("王芳", document="330302", phone="1990000", address="江海路", remark="夜班")
    assert not {"330302", "1990000", "江海路", "夜班"} & set(repr(line).split("'"))
