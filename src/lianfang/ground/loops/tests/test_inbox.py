from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override

from conftest import Post
from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries import Filter, Tab
from lianfang.ground.loops.registry import KINDS, Kind
from lianfang.ground.loops.rules import State, state
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.actor import Kind as ActorKind
from lianfang.kernel.refusals import Conflict

Open = Callable[..., Loop]
pytestmark = pytest.mark.usefixtures("response")


def counts(actor: Actor) -> dict[str, int]:
    return {tab.code: tab.count for tab in queries.inbox(actor, Tab.MINE, Filter()).tabs}


def stands(loop: Loop) -> str:
    return state(Loop.objects.get(pk=loop.pk).course)


def test_each_finds_in_his_lists_what_waits_for_him(
    opened: Open, principal: Actor, overseer: Actor, clerk: Actor, mill: Unit
) -> None:
    services.done(principal, opened("南门"))
    opened("北门")
    assert counts(overseer) == {"mine": 0, "verify": 1, "issued": 2, "closed": 0, "all": 2}
    assert counts(principal) == {"mine": 1, "verify": 0, "issued": 0, "closed": 0, "all": 2}
    assert counts(clerk)["mine"] == 0
    assert queries.landing(overseer) is Tab.VERIFY
    assert queries.landing(principal) is Tab.MINE
    assert queries.open_count(overseer) == 2


def test_the_leading_group_may_verify_for_the_office(
    opened: Open, principal: Actor, group: Unit, post: Post
) -> None:
    leader = post(Role.LEADING_GROUP, group)
    services.done(principal, opened())
    assert counts(leader)["verify"] == 1
    services.verify(leader, queries.loop(leader, Loop.objects.get().pk, "loops.verify"))


def test_nobody_is_shown_his_own_work_to_verify(opened: Open, mill: Unit, principal: Actor) -> None:
    loop = opened(owner_role=Role.CLERK, verifier_role=Role.PRINCIPAL)
    services.done(principal, loop)
    assert counts(principal)["verify"] == 0
    sheet = queries.sheet(principal, loop)
    assert sheet.own_work
    assert sheet.may == {"waive"}


def test_a_list_is_grouped_by_when_somebody_has_to_act(
    opened: Open, overseer: Actor, moment: time_machine.Traveller
) -> None:
    now = clock.now()
    for key, hours in (("a", 1), ("b", 6), ("c", 30), ("d", 100)):
        opened(key, due=now + timedelta(hours=hours))
    opened("e", due=None)
    moment.shift(timedelta(hours=2))
    groups = queries.inbox(overseer, Tab.ISSUED, Filter()).groups
    assert [group.code for group in groups] == ["overdue", "today", "tomorrow", "later", "open_end"]
    [row] = groups[0].rows
    assert row.late
    assert row.pressing


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Filter(words="nanmen"), 1),
        (Filter(words="江海面粉 南门"), 1),
        (Filter(words="码头"), 0),
        (Filter(kind="task"), 0),
        (Filter(kind="rectification", unit="M"), 2),
        (Filter(unit="P"), 0),
        (Filter(late=True), 1),
    ],
)
def test_a_list_is_narrowed_by_words_kind_unit_and_lateness(
    opened: Open, overseer: Actor, told: Filter, found: int
) -> None:
    opened("北门", due=clock.now() - timedelta(minutes=1))
    opened("南门")
    with override("zh-hans"):
        groups = queries.inbox(overseer, Tab.ALL, told).groups
    assert sum(len(group.rows) for group in groups) == found


@pytest.mark.parametrize("wanted", list(State))
def test_every_state_can_be_asked_for(
    opened: Open, principal: Actor, overseer: Actor, wanted: State
) -> None:
    every = {name: opened(name) for name in State}
    services.acknowledge(principal, every[State.ACKNOWLEDGED])
    for name in (State.DONE, State.VERIFIED, State.RETURNED):
        services.done(principal, every[name])
    services.verify(overseer, every[State.VERIFIED])
    services.give_back(overseer, every[State.RETURNED], "重做")
    services.waive(overseer, every[State.WAIVED], "撤销")
    assert [row.key for row in queries.in_state(queries.loops(overseer), wanted)] == [wanted]
    assert stands(every[wanted]) == wanted


def test_a_kind_that_is_decided_elsewhere_offers_its_page(
    opened: Open, principal: Actor, overseer: Actor, kind: Kind
) -> None:
    elsewhere = Kind(
        code=kind.code,
        title=kind.title,
        owner_role=kind.owner_role,
        verifier_role=kind.verifier_role,
        url=lambda _loop: "/reports/",
        done_here=False,
    )
    KINDS[kind.code] = elsewhere
    loop = opened()
    assert queries.sheet(principal, loop).matter == "/reports/"
    with transaction.atomic():
        services.finish(loop, principal, clock.now())
    sheet = queries.sheet(overseer, loop)
    assert not sheet.may
    assert sheet.events[0].who == "principal-m"
    verify, give_back = services.verify.on(loop), services.give_back.on(loop, "重做")
    for pending in (verify, give_back, services.waive.on(loop, "不用了")):
        with pytest.raises(Conflict):
            pending.run(overseer)


def test_the_history_tells_of_calls_and_of_programs(
    opened: Open, overseer: Actor, mill: Unit, moment: time_machine.Traveller
) -> None:
    loop = opened(due=None)
    moment.shift(timedelta(hours=3))
    services.tick(clock.now())
    moment.shift(timedelta(minutes=1))
    program = replace(overseer, kind=ActorKind.TOKEN, human="token:1")
    services.comment(program, loop, "已发函")
    noted, called, assigned = queries.sheet(overseer, loop).events
    assert (noted.note, called.tone) == ("已发函", "call")
    assert "江海面粉" in called.what
    assert assigned.who != noted.who
