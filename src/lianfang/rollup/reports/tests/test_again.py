"""Reports that come again: mended after they were sent, accepted, chased or let off."""

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller as Clock

from lianfang.ground.loops import services as loops
from lianfang.ground.loops.models import Loop, LoopStep
from lianfang.ground.loops.rules import is_late, state
from lianfang.ground.loops.services import tick
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import AmendmentLine, amend
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.kernel.refusals import Conflict
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.queries import days
from lianfang.rollup.reports.rules.states import ReportState
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed


def loop_of(unit: Unit) -> Loop:
    return Loop.objects.get(kind="daily_report", unit=unit)


def test_numbers_that_moved_after_the_report_was_sent_go_into_its_next_version(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.open_day(CLOCK, None, DAY)
    send(clerk, principal, mill)
    typed(clerk, mill, "masks_balance", 40)
    second = send(clerk, principal, mill)
    assert (second.version, state(loop_of(mill).course)) == (2, "done")
    services.accept(overseer, second)
    assert state(loop_of(mill).course) == "verified"


def test_numbers_that_moved_after_it_was_accepted_open_its_loop_again_and_lose_nothing(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    services.open_day(CLOCK, None, DAY)
    services.accept(overseer, send(clerk, principal, mill))
    afternoon.move_to(at(18))
    typed(clerk, mill, "masks_balance", 40)
    second = send(clerk, principal, mill)
    assert second.version == 2
    assert state(loop_of(mill).course) == "done"
    steps = list(LoopStep.objects.filter(loop=loop_of(mill)).values_list("step", "by"))
    assert ("verify", overseer.who) in steps
    assert [step for step, _ in steps] == ["assign", "done", "verify", "reopen", "done"]
    services.accept(overseer, second)
    assert loop_of(mill).verified_by == overseer.who


def test_what_came_in_time_is_not_late_because_it_was_mended_in_the_evening(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, afternoon: Clock
) -> None:
    services.open_day(CLOCK, None, DAY)
    send(clerk, principal, mill)
    afternoon.move_to(at(18))
    typed(clerk, mill, "masks_balance", 40)
    send(clerk, principal, mill)
    loop = loop_of(mill)
    assert not queries.standing(clerk, mill, DAY).late
    assert not is_late(loop.course, loop.due, clock.now())


def test_what_was_given_back_and_comes_after_its_time_is_late(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    services.give_back(overseer, send(clerk, principal, mill), "口罩数不对")
    afternoon.move_to(at(18))
    assert queries.standing(clerk, mill, DAY).late
    send(clerk, principal, mill)
    assert queries.standing(clerk, mill, DAY).late


def test_an_acceptance_is_not_taken_back_in_the_inbox(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.open_day(CLOCK, None, DAY)
    services.accept(overseer, send(clerk, principal, mill))
    with pytest.raises(Conflict) as refused:
        loops.undo(overseer, loop_of(mill))
    assert "own page" in str(refused.value)
    assert state(loop_of(mill).course) == "verified"


def test_a_report_is_not_waived_in_the_inbox_and_can_still_be_sent(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.open_day(CLOCK, None, DAY)
    with pytest.raises(Conflict):
        loops.waive(overseer, loop_of(mill), "不用报")
    Loop.objects.filter(unit=mill).update(waived_at=clock.now(), waived_by=overseer.who)
    services.accept(overseer, send(clerk, principal, mill))
    assert state(loop_of(mill).course) == "waived"
    assert queries.standing(clerk, mill, DAY).state is ReportState.ACCEPTED


def test_a_report_that_came_in_time_stays_so_when_the_hour_is_moved_afterwards(
    response: Response,
    group: Unit,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    send(clerk, principal, mill)
    afternoon.move_to(at(18))
    line = AmendmentLine(at(17), {"report.daily_cutoff_unit": "15:00"}, "集团通知", "提前")
    amend(OPERATOR, group, line)
    told = days.day_list(overseer, DAY)
    late = {each.unit.code: each.late for each in told.lines}
    assert late == {"M": False, "P": True}
    assert told.due == at(16)
    content = queries.live_content(overseer, DAY)
    assert {unit.code: unit.late for unit in content.units if unit.owes} == late


def test_a_day_on_which_the_clock_did_not_run_is_opened_afterwards(
    response: Response, mill: Unit, port: Unit, afternoon: Clock
) -> None:
    tick(clock.now())
    afternoon.move_to(at(9, 0).replace(month=2, day=3))
    tick(clock.now())
    rows = Loop.objects.filter(kind="daily_report", unit=mill)
    assert sorted(row.key[:10] for row in rows) == [
        *("2020-01-31", "2020-02-01", "2020-02-02", "2020-02-03"),
    ]
    late = rows.get(key__startswith="2020-02-01")
    assert late.due is not None
    assert late.due < clock.now()
    tick(clock.now())
    assert Loop.objects.filter(kind="daily_report").count() == 8


def test_the_inbox_leads_whoever_verifies_to_the_report_itself(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    services.open_day(CLOCK, None, DAY)
    send(clerk, principal, mill)
    loop = loop_of(mill)
    page = sign_in(overseer, "en").get(reverse("loops:loop", args=[loop.pk])).content.decode()
    assert "Look at it and decide" in page
    assert reverse("reports:page", args=[DAY, mill.code]) in page
    assert f"{timezone.localtime(loop.assigned_at):%m%d}-" in page
    own = sign_in(clerk, "en").get(reverse("loops:loop", args=[loop.pk])).content.decode()
    assert "Look at it and decide" not in own
