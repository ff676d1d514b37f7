from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response.shipped import packs
from lianfang.rollup.reports.rules.checks import Draft, contradictions

CHECKS = packs()["covid19-2020-01"].entries("report.checks")
STAFF_TYPES = tuple(
    f"headcount_{kind}" for kind in ("regular", "temporary", "dispatched", "outsourced", "intern")
)
WHEREABOUTS = ("in_town", "not_returned", "whereabouts_unknown")
EVENTS = ("temp_abnormal", "close_contacts")
CODES = (
    *("headcount_total", *STAFF_TYPES, *WHEREABOUTS, "in_hubei", "returned_today"),
    *("temp_abnormal", "temp_done", "isolation_new", "isolation_released", "isolation_total"),
    *("home_isolation", "central_isolation", "confirmed", "suspected", "close_contacts"),
)
tables = st.dictionaries(st.sampled_from(CODES), st.none() | st.integers(0, 50))


def found(
    today: dict[str, int | None], yesterday: dict[str, int | None] | None = None
) -> list[str]:
    return [each.code for each in contradictions(draft(today, yesterday))]


def draft(
    today: Mapping[str, int | None], yesterday: Mapping[str, int | None] | None = None
) -> Draft:
    return Draft(today=today, yesterday=yesterday or {}, checks=CHECKS)


drafts = st.builds(
    Draft,
    today=tables,
    yesterday=tables,
    checks=st.just(CHECKS),
    zero=st.booleans(),
    new_issues=st.sampled_from(["", "  ", "发热 1 人"]),
    events=st.just(EVENTS),
)


@given(drafts)
def test_the_checks_never_fail_and_name_known_figures(told: Draft) -> None:
    for each in contradictions(told):
        assert each.sentence % each.values if each.values else each.sentence
        assert set(each.figures) <= {*CODES, *EVENTS}


@given(tables)
def test_what_is_unknown_contradicts_nothing(today: dict[str, int | None]) -> None:
    assert found(dict.fromkeys(today)) == []


def test_the_kinds_of_employment_add_up_to_the_roll() -> None:
    parts: dict[str, int | None] = dict.fromkeys(STAFF_TYPES, 2)
    assert found({"headcount_total": 10, **parts}) == []
    assert found({"headcount_total": 11, **parts}) == ["types"]
    assert found({"headcount_total": 11, **parts, "headcount_intern": None}) == []


def test_the_whereabouts_add_up_to_the_roll() -> None:
    places: dict[str, int | None] = {"in_town": 7, "not_returned": 2, "whereabouts_unknown": 1}
    assert found({"headcount_total": 10, **places}) == []
    assert found({"headcount_total": 9, **places}) == ["whereabouts"]


@pytest.mark.parametrize(
    ("part", "whole"),
    [("in_hubei", "not_returned"), ("returned_today", "in_town"), ("temp_abnormal", "temp_done")],
)
def test_a_part_is_not_more_than_its_whole(part: str, whole: str) -> None:
    assert found({part: 3, whole: 3}) == []
    assert found({part: 4, whole: 3}) == [f"part_{part}"]


def test_isolation_balances_with_yesterday() -> None:
    before: dict[str, int | None] = {
        "isolation_total": 20,
        "home_isolation": 5,
        "central_isolation": 0,
    }
    today: dict[str, int | None] = {
        "isolation_total": 22,
        "isolation_new": 2,
        "isolation_released": 1,
        "home_isolation": 6,
        "central_isolation": 0,
    }
    assert found(today, before) == []
    assert found({**today, "isolation_total": 23}, before) == ["isolation_total"]
    assert found({**today, "home_isolation": 7}, before) == ["isolation_current"]
    assert found({**today, "home_isolation": None}, before) == []


def test_a_zero_report_holds_no_event_and_no_new_situation() -> None:
    quiet = Draft(today={"close_contacts": 0}, yesterday={}, zero=True, events=EVENTS)
    assert not contradictions(quiet)
    busy = Draft(today={"close_contacts": 1}, yesterday={}, zero=True, events=EVENTS)
    assert [each.figures for each in contradictions(busy)] == [("close_contacts",)]
    told = Draft(today={}, yesterday={}, zero=True, new_issues="发热 1 人", events=EVENTS)
    assert [each.code for each in contradictions(told)] == ["zero"]


def test_a_new_case_is_described() -> None:
    assert found({"confirmed": 1}) == ["cases"]
    assert found({"confirmed": 1}, {"confirmed": 1}) == []
    told = replace(draft({"suspected": 1}), new_issues="1 人疑似，已转诊")
    assert not contradictions(told)


def test_what_is_checked_is_said_by_the_pack() -> None:
    own = {"code": "own", "shape": "part", "part": "masks_used", "whole": "masks_balance"}
    told = Draft(today={"masks_used": 3, "masks_balance": 2}, yesterday={}, checks=(own,))
    assert [each.code for each in contradictions(told)] == ["own"]
    other = replace(told, checks=({**own, "shape": "a shape of a later version"},))
    assert not contradictions(other)
