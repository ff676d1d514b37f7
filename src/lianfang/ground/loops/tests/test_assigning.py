from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries import Seat
from lianfang.ground.loops.rules import state
from lianfang.ground.notices.models import Notice
from lianfang.ground.notices.queries import say
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.queries import bearer
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import make_token, new_secret
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict

Open = Callable[..., Loop]
pytestmark = pytest.mark.usefixtures("response")


def assigned(actor: Actor, unit: Unit, issuer: Unit, key: UUID | None = None) -> Loop:
    task = services.Task(
        title="核对测温记录",
        issuer=Seat(issuer, Role.GROUP_OFFICE),
        owner_role=Role.PRINCIPAL,
        due=clock.now() + timedelta(hours=4),
        lines=("今天的", "昨天的"),
    )
    return services.assign(actor, unit, task, key or ids.new())


def test_nobody_asks_himself(group: Unit, overseer: Actor) -> None:
    seat = Seat(group, Role.GROUP_OFFICE)
    task = services.Task(title="测温", issuer=seat, owner_role=Role.GROUP_OFFICE)
    with pytest.raises(BadInput):
        services.assign(overseer, group, task, ids.new())


def test_the_last_word_can_be_taken_back_within_seconds(
    principal: Actor,
    overseer: Actor,
    moment: time_machine.Traveller,
    mill: Unit,
    group: Unit,
) -> None:
    task = assigned(overseer, mill, group)
    services.done(principal, task)
    services.verify(overseer, task)
    assert queries.last_word(overseer, task.pk) is not None
    services.undo(overseer, task)
    assert state(Loop.objects.get(pk=task.pk).course) == "done"
    services.verify(overseer, task)
    moment.shift(timedelta(minutes=1))
    assert queries.last_word(overseer, task.pk) is None
    with pytest.raises(Conflict):
        services.undo(overseer, task)


def test_the_office_assigns_a_task_by_hand(
    mill: Unit, group: Unit, overseer: Actor, principal: Actor
) -> None:
    loop = assigned(overseer, mill, group)
    assert (loop.unit, loop.owner_role, loop.lines) == (mill, "principal", ["今天的", "昨天的"])
    assert say(loop.title) == "核对测温记录"
    [told] = [row for row in Notice.objects.all() if row.role == "principal"]
    assert "核对测温记录" in say(told.sentence)


def test_the_same_form_sent_twice_asks_once(mill: Unit, group: Unit, overseer: Actor) -> None:
    key = ids.new()
    assert assigned(overseer, mill, group, key).pk == assigned(overseer, mill, group, key).pk
    assert Loop.objects.count() == 1


def test_what_a_token_did_bears_the_name_of_who_made_it(
    mill: Unit, group: Unit, overseer: Actor, principal: Actor
) -> None:
    task, secret = assigned(overseer, mill, group), new_secret()
    maker = User.objects.get(pk=principal.id)
    make_token(OPERATOR, mill, Role.PRINCIPAL, secret, user=maker)
    token = bearer(secret)
    assert token is not None
    services.acknowledge(token, task)
    assert Loop.objects.get(pk=task.pk).acknowledged_by_name == maker.name


def test_a_clerk_asks_in_the_name_of_the_head_of_the_unit(mill: Unit, clerk: Actor) -> None:
    [seat] = queries.issuing(clerk)
    assert (seat.unit, seat.role) == (mill, Role.PRINCIPAL)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"due": "past"}, "due"),
        ({"issuer": "mill"}, "issuer"),
    ],
)
def test_a_task_that_cannot_be_is_refused(
    mill: Unit, group: Unit, overseer: Actor, more: dict[str, object], field: str
) -> None:
    told: dict[str, object] = {
        "title": "测温",
        "issuer": Seat(group, Role.GROUP_OFFICE),
        "owner_role": Role.CLERK,
    } | more
    if "due" in more:
        told["due"] = clock.now() - timedelta(minutes=1)
    if "issuer" in more:
        told["issuer"] = Seat(mill, Role.PRINCIPAL)
    with pytest.raises(BadInput) as refused:
        services.assign(overseer, mill, services.Task(**told), ids.new())  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Loop.objects.exists()
