from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from conftest import Post
from lianfang.ground.audit.models import Seal
from lianfang.ground.doors.models import Entry
from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Escalation, Loop, Pulse
from lianfang.ground.loops.registry import KINDS, Job, Kind, declare_job
from lianfang.ground.loops.rules import ClockWentBack
from lianfang.ground.loops.services.reminding import candidates
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.rules import NoticeKind
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.queries import pack_at
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, Actor

Open = Callable[..., Loop]
Declare = Callable[[Job], None]
Screen = Callable[[Actor], Client]
MINUTE = timedelta(minutes=1)


def pass_time(moment: time_machine.Traveller, hours: float, every: float = 0.5) -> None:
    """Let the clock tick as it does, half an hour at a time."""
    for _ in range(int(hours / every)):
        moment.shift(timedelta(hours=every))
        services.tick(clock.now())


def calls() -> list[tuple[str, str]]:
    return list(Escalation.objects.values_list("call", "to_role"))


@pytest.fixture(autouse=True)
def begun(response: Response, kind: Kind) -> None:
    """A response with its pack: half an hour before, at the time, 2 and 24 hours after."""


def test_the_ladder_is_climbed_step_by_step_and_each_step_once(
    opened: Open, moment: time_machine.Traveller, principal: Actor, liaison: Actor
) -> None:
    loop = opened(owner_role=Role.CLERK)
    services.acknowledge(principal, loop)
    pass_time(moment, 32)
    assert calls() == [
        ("remind", "clerk"),
        ("chase", "clerk"),
        ("escalate", "principal"),
        ("escalate", "liaison_leader"),
    ]
    kinds = Notice.objects.exclude(kind=NoticeKind.TASK).values_list("kind", flat=True)
    assert sorted(kinds) == ["escalation", "escalation", "reminder", "reminder"]
    assert Loop.objects.get().reached == 1440


def test_a_second_tick_at_the_same_moment_does_nothing(
    opened: Open, moment: time_machine.Traveller
) -> None:
    opened()
    moment.shift(timedelta(hours=6))
    first = services.tick(clock.now())
    notices = Notice.objects.count()
    second = services.tick(clock.now())
    assert (first.reminded, second.reminded) == (1, 0)
    assert Notice.objects.count() == notices


def test_nobody_is_chased_for_what_is_done_or_waived(
    opened: Open, moment: time_machine.Traveller, principal: Actor, overseer: Actor
) -> None:
    services.done(principal, opened("南门"))
    services.waive(overseer, opened("北门"), "场所已关闭")
    pass_time(moment, 10)
    assert calls() == []


def test_what_was_returned_with_a_new_time_is_called_for_again(
    opened: Open, moment: time_machine.Traveller, principal: Actor, overseer: Actor
) -> None:
    loop = opened()
    services.acknowledge(principal, loop)
    pass_time(moment, 7)
    assert len(calls()) == 2
    services.done(principal, loop)
    services.give_back(overseer, loop, "重做", clock.now() + timedelta(hours=2))
    pass_time(moment, 3)
    assert len(calls()) == 4


def test_a_vacant_post_passes_the_call_on_to_the_group_office(
    opened: Open, moment: time_machine.Traveller, group: Unit, clerk: Actor
) -> None:
    services.acknowledge(clerk, opened())
    pass_time(moment, 9)
    last = Escalation.objects.last()
    assert last is not None
    assert (last.call, last.to_role, last.to_unit) == ("escalate", Role.GROUP_OFFICE, group)


def test_the_liaison_leader_of_a_unit_above_is_found(
    opened: Open, moment: time_machine.Traveller, mill_branch: Unit, post: Post, mill: Unit
) -> None:
    post(Role.LIAISON_LEADER, mill)
    services.acknowledge(post(Role.PRINCIPAL, mill_branch), opened(unit=mill_branch))
    pass_time(moment, 32)
    assert Escalation.objects.filter(to_role=Role.LIAISON_LEADER, to_unit=mill).count() == 1


def test_silence_is_chased_once(opened: Open, moment: time_machine.Traveller) -> None:
    opened(due=None)
    pass_time(moment, 8)
    assert calls() == [("acknowledge", "principal")]


def test_whoever_has_to_verify_is_reminded_once_a_time_it_is_done(
    opened: Open, moment: time_machine.Traveller, principal: Actor, overseer: Actor
) -> None:
    loop = opened(due=None)
    services.done(principal, loop)
    pass_time(moment, 30, 6)
    assert calls() == [("verify", "group_office")]
    services.give_back(overseer, loop, "重做")
    services.done(principal, loop)
    pass_time(moment, 30, 6)
    assert calls() == [("verify", "group_office")] * 2


def test_a_loop_that_was_opened_late_is_not_reminded_of_the_past(
    opened: Open, moment: time_machine.Traveller, principal: Actor
) -> None:
    services.acknowledge(principal, opened(due=clock.now() + 10 * MINUTE))
    services.tick(clock.now())
    assert calls() == []
    moment.shift(11 * MINUTE)
    services.tick(clock.now())
    assert calls() == [("chase", "principal")]


def test_a_clock_that_stood_still_bundles_what_it_has_to_say(
    opened: Open, moment: time_machine.Traveller, principal: Actor
) -> None:
    services.tick(clock.now())
    for at in range(40):
        services.acknowledge(principal, opened(f"第 {at} 处"))
    before = Notice.objects.count()
    moment.shift(timedelta(hours=7))
    services.tick(clock.now())
    assert Escalation.objects.count() == 80
    assert Notice.objects.count() == before + 1


def test_a_clock_that_went_back_is_refused(moment: time_machine.Traveller) -> None:
    services.tick(clock.now())
    before = clock.now()
    moment.shift(-10 * MINUTE)
    with pytest.raises(ClockWentBack):
        services.tick(clock.now())
    assert Pulse.objects.get().at == before


def test_a_slower_worker_does_not_set_the_pulse_back(moment: time_machine.Traveller) -> None:
    services.tick(clock.now())
    services.tick(clock.now() - MINUTE)
    assert Pulse.objects.get().at == clock.now()


def test_a_clock_that_ticks_no_more_is_taken_for_dead(
    moment: time_machine.Traveller, overseer: Actor
) -> None:
    assert queries.last_tick(overseer) is None
    services.tick(clock.now())
    last = queries.last_tick(overseer)
    assert last is not None
    assert not last.dead
    moment.shift(5 * MINUTE)
    last = queries.last_tick(overseer)
    assert last is not None
    assert last.dead


def test_a_job_that_fails_keeps_nobody_from_being_called(
    job: Declare, opened: Open, moment: time_machine.Traveller, overseer: Actor
) -> None:
    ran = []

    def broken(_clock: Actor, _now: object) -> None:
        raise ValueError("nothing works")

    job(Job("broken", broken))
    job(Job("sound", lambda actor, now: ran.append((actor, now))))
    opened()
    moment.shift(timedelta(hours=6))
    told = services.tick(clock.now())
    assert told.failed == ("broken",)
    assert "sound" in told.done
    assert ran == [(CLOCK, clock.now())]
    assert told.reminded == 1
    last = queries.last_tick(overseer)
    assert last is not None
    assert last.failed == ("broken",)


def test_a_job_is_declared_once(job: Declare) -> None:
    job(Job("daily", lambda _actor, _now: None))
    with pytest.raises(ValueError, match="twice"):
        declare_job(Job("daily", lambda _actor, _now: None))


def test_a_tick_seals_the_trail_and_enters_nothing_where_nothing_is_due(opened: Open) -> None:
    opened()
    services.tick(clock.now())
    assert Seal.objects.exists()
    before = Entry.objects.count()
    services.tick(clock.now() + MINUTE)
    assert Entry.objects.filter(act="loops.remind").count() == 0
    assert Entry.objects.count() <= before + 1


def test_a_kind_whose_ladder_the_pack_does_not_state_is_not_called_for(
    opened: Open, moment: time_machine.Traveller, kind: Kind, principal: Actor
) -> None:
    KINDS["rectification"] = replace(kind, ladder="nowhere.ladder")
    services.acknowledge(principal, opened())
    pass_time(moment, 8)
    assert calls() == []


def test_a_pack_that_sets_no_time_calls_for_nothing(
    opened: Open, principal: Actor, moment: time_machine.Traveller
) -> None:
    services.done(principal, opened("南门"))
    opened("北门", due=None)
    moment.shift(timedelta(days=3))
    pack = pack_at(CLOCK, clock.now())
    assert [rows.exists() for rows in candidates(pack, clock.now())] == [False, True, True]
    silent = replace(pack, leaves={})
    assert not any(rows.exists() for rows in candidates(silent, clock.now()))


def test_the_office_is_told_that_the_clock_stands_still(
    overseer: Actor, clerk: Actor, screen: Screen, moment: time_machine.Traveller
) -> None:
    services.tick(clock.now())
    assert "lf-tag-bad" not in screen(overseer).get("/loops/").content.decode()
    moment.shift(5 * MINUTE)
    page = screen(overseer).get("/loops/")
    assert "lf-tag-bad" in page.content.decode()
    assert "lf-tag-bad" not in screen(clerk).get("/loops/").content.decode()
