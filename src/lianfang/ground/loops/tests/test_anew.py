from datetime import timedelta

import pytest
from django.db import transaction
from time_machine import Traveller as Clock

from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Loop, LoopStep
from lianfang.ground.loops.registry import KINDS, Kind
from lianfang.ground.loops.rules import is_late, state
from lianfang.ground.loops.tests.conftest import Open
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict

pytestmark = pytest.mark.usefixtures("response")


def test_what_is_decided_elsewhere_is_neither_waived_nor_taken_back_in_the_inbox(
    opened: Open, principal: Actor, overseer: Actor, kind: Kind
) -> None:
    KINDS["rectification"] = elsewhere = Kind(
        code="rectification",
        title="Rectification",
        owner_role=Role.PRINCIPAL,
        verifier_role=Role.GROUP_OFFICE,
        done_here=False,
    )
    loop = opened(kind=elsewhere)
    with pytest.raises(Conflict) as refused:
        services.waive(overseer, loop, "不用了")
    assert refused.value.values == {"kind": "Rectification"}
    with transaction.atomic():
        services.finish(loop, principal, clock.now())
        services.confirm(loop, overseer, clock.now())
    assert queries.last_word(overseer, loop.pk) is None
    with pytest.raises(Conflict):
        services.undo(overseer, loop)
    assert state(Loop.objects.get().course) == "verified"
    other = opened("北门", kind=elsewhere)
    assert "waive" not in queries.sheet(overseer, other).may


def test_what_was_done_and_verified_is_reported_anew_and_nothing_of_it_is_lost(
    opened: Open, principal: Actor, overseer: Actor, moment: Clock
) -> None:
    loop = opened()
    with transaction.atomic():
        services.finish(loop, principal, clock.now())
        services.confirm(loop, overseer, clock.now())
    moment.shift(timedelta(hours=8))
    with transaction.atomic():
        services.finish_anew(loop, principal, clock.now(), "version 2")
    loop.refresh_from_db()
    assert state(loop.course) == "done"
    assert not is_late(loop.course, loop.due, clock.now())
    told = [(step.step, step.by_name) for step in LoopStep.objects.order_by("id")]
    assert [step for step, _ in told] == ["assign", "done", "verify", "reopen", "done"]
    assert told[2] == ("verify", "group_office-g")
    with transaction.atomic():
        services.confirm(loop, overseer, clock.now())
    assert state(loop.course) == "verified"


def test_what_was_returned_and_comes_after_its_time_is_late(
    opened: Open, principal: Actor, overseer: Actor, moment: Clock
) -> None:
    loop = opened()
    with transaction.atomic():
        services.finish(loop, principal, clock.now())
        services.send_back(loop, overseer, clock.now(), "缺签字")
    moment.shift(timedelta(hours=8))
    with transaction.atomic():
        services.finish_anew(loop, principal, clock.now())
    loop.refresh_from_db()
    assert is_late(loop.course, loop.due, clock.now())
