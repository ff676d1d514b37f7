"""Where the pack asks for a report only when something happens, nobody is red for silence."""

import pytest
import time_machine

from conftest import Post
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.tests.test_features import begin
from lianfang.kernel.actor import Actor
from lianfang.rollup.board.queries import caring
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.queries.days import day_list
from lianfang.rollup.reports.queries.leader import leader_page
from lianfang.rollup.reports.tests.conftest import DAY, at


@pytest.fixture
def on_event(group: Unit, mill: Unit, port: Unit, overseer: Actor) -> Response:
    """A response whose pack asks for a report when something happens."""
    return begin(overseer, group, "chikungunya-2025", at(0, day=29))


def test_nobody_is_asked_and_nobody_is_late_until_something_happens(
    on_event: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    overseer: Actor,
    leader: Actor,
    afternoon: time_machine.Traveller,
) -> None:
    def told() -> tuple[list[str], list[str], list[str], bool]:
        page = leader_page(leader)
        assert page.owing == len(page.behind)
        return (
            [line.unit.code for line in day_list(overseer, DAY).lines],
            [unit.code for unit in queries.live_content(overseer, DAY).units if unit.missing],
            [each.code for each in page.behind],
            queries.standing(overseer, mill, DAY).late,
        )

    afternoon.move_to(at(23))
    assert told() == ([], [], [], False)
    services.write(clerk, mill, DAY, "一名职工发热", "", zero=False)
    assert told() == ([mill.code], [mill.code], [mill.code], True)


def test_a_liaison_leader_sees_no_red_where_no_report_is_asked(
    on_event: Response,
    mill: Unit,
    clerk: Actor,
    post: Post,
    afternoon: time_machine.Traveller,
) -> None:
    leader = post(Role.LIAISON_LEADER, mill, "liaison-leader")
    afternoon.move_to(at(23))
    (told,) = caring(leader).units
    assert (told.late, told.care.report_late) == (False, False)
    services.write(clerk, mill, DAY, "一名职工发热", "", zero=False)
    (told,) = caring(leader).units
    assert told.care.report_late
