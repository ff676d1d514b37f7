from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.loops.rules import (
    Call,
    ClockWentBack,
    Heading,
    Rung,
    Side,
    called_for,
    guard,
    heading,
    holds,
    is_dead,
    may_report,
    may_verify,
    passed,
    rungs,
    verifier_path,
)
from lianfang.ground.orgs.rules import Role
from lianfang.kernel.actor import CLOCK, Actor, Assigned, Grant, Kind, Subtree

DUE = datetime(2020, 1, 31, 8, 0, tzinfo=UTC)
LADDER = rungs(
    [
        {"minutes": 120, "step": "escalate", "to": "principal"},
        {"minutes": -30, "step": "remind", "to": "owner"},
        {"minutes": 0, "step": "chase", "to": "owner"},
    ]
)
PLACE = ZoneInfo("Asia/Shanghai")
MILL, GROUP = UUID(int=1), UUID(int=2)
OWNER = Side(MILL, "001002", Role.STOREKEEPER)
OFFICE = Side(GROUP, "001", Role.GROUP_OFFICE)


def holder(role: str, unit: UUID, path: str) -> Actor:
    grants = (
        Grant(frozenset(), Subtree(path), role),
        Grant(frozenset(), Assigned(None, unit), role),
        Grant(frozenset(), Assigned(UUID(int=9), None)),
    )
    return Actor(Kind.USER, "x", grants)


def test_a_ladder_is_read_in_the_order_of_time() -> None:
    assert [rung.minutes for rung in LADDER] == [-30, 0, 120]
    assert LADDER[0] == Rung(-30, Call.REMIND, "owner")


@given(st.lists(st.integers(0, 400), max_size=8))
def test_however_often_the_clock_ticks_each_step_is_taken_once(gaps: list[int]) -> None:
    now, reached = DUE - timedelta(hours=2), None
    taken: list[Rung] = []
    for gap in [*gaps, 4000]:
        now += timedelta(minutes=gap)
        found = passed(LADDER, DUE, now, reached)
        taken += found
        reached = max((rung.minutes for rung in found), default=reached)
    assert taken == list(LADDER)


def test_a_step_from_before_the_loop_was_opened_means_nothing() -> None:
    opened = DUE - timedelta(minutes=10)
    found = passed(LADDER, DUE, DUE, None)
    assert [rung.minutes for rung in called_for(found, DUE, opened)] == [0]


def test_a_clock_that_went_back_is_refused_and_one_that_jumped_bundles() -> None:
    assert guard(None, DUE) is False
    assert guard(DUE, DUE - timedelta(minutes=4)) is False
    assert guard(DUE, DUE + timedelta(minutes=59)) is False
    assert guard(DUE, DUE + timedelta(hours=2)) is True
    with pytest.raises(ClockWentBack):
        guard(DUE, DUE - timedelta(minutes=6))


def test_a_clock_that_does_not_tick_is_dead() -> None:
    assert is_dead(None, DUE)
    assert is_dead(DUE, DUE + timedelta(minutes=4))
    assert not is_dead(DUE, DUE + timedelta(minutes=2))


def test_the_head_and_the_clerk_of_a_unit_may_report_for_its_posts() -> None:
    for role in (Role.STOREKEEPER, Role.PRINCIPAL, Role.CLERK):
        assert may_report(holder(role, MILL, "001002"), OWNER)
    assert not may_report(holder(Role.GATEKEEPER, MILL, "001002"), OWNER)
    assert not may_report(holder(Role.CLERK, GROUP, "001"), OWNER)
    assert may_report(CLOCK, OWNER)


def test_what_a_user_owes_nobody_else_reports() -> None:
    named = Side(MILL, "001002", "", UUID(int=9))
    assert may_report(holder(Role.GATEKEEPER, MILL, "001002"), named)
    other = Side(MILL, "001002", "", UUID(int=8))
    assert not may_report(holder(Role.PRINCIPAL, MILL, "001002"), other)


def test_the_office_verifies_and_the_leading_group_in_its_place() -> None:
    assert may_verify(holder(Role.GROUP_OFFICE, GROUP, "001"), OFFICE)
    assert may_verify(holder(Role.LEADING_GROUP, GROUP, "001"), OFFICE)
    assert not may_verify(holder(Role.LIAISON_LEADER, GROUP, "001"), OFFICE)
    assert not may_verify(holder(Role.GROUP_OFFICE, MILL, "001002"), OFFICE)
    assert holds(holder(Role.GROUP_OFFICE, GROUP, "001"), OFFICE)


def test_the_office_stands_at_the_head_of_the_group_and_a_principal_at_his_unit() -> None:
    assert verifier_path(Role.GROUP_OFFICE, "001002003") == "001"
    assert verifier_path(Role.PRINCIPAL, "001002003") == "001002003"


@pytest.mark.parametrize(
    ("hours", "found"),
    [(-1, Heading.OVERDUE), (2, Heading.TODAY), (9, Heading.TOMORROW), (40, Heading.LATER)],
)
def test_an_inbox_is_ordered_by_the_day_of_the_place(hours: int, found: Heading) -> None:
    assert heading(DUE + timedelta(hours=hours), DUE, PLACE) == found
    assert heading(None, DUE, PLACE) == Heading.OPEN_END
