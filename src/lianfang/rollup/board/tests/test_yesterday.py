"""What the board compares with, and the days behind it."""

from datetime import timedelta

from django.urls import reverse
from time_machine import Traveller as Clock

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.board import queries
from lianfang.rollup.board.tests.test_board import BOARD, board, enter
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send


def test_there_is_no_change_where_there_was_no_yesterday(
    response: Response, mill: Unit, port: Unit, overseer: Actor, afternoon: Clock
) -> None:
    enter(mill, "王建国")
    lines = {line.code: line for line in board(overseer).people.lines}
    assert {line.change for line in lines.values()} == {None}
    assert lines["in_town"].value == 1
    afternoon.move_to(at(15, 20).replace(month=2, day=1))
    enter(port, "李秀英")
    later = queries.page(overseer, queries.Asked(DAY + timedelta(days=1)), queries.stamp())
    assert later is not None
    told = {line.code: (line.value, line.change, line.fresh) for line in later.people.lines}
    assert told["in_town"] == (2, 0, 1)


def test_who_still_comes_in_today_is_not_compared_to_a_full_day(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    enter(mill, "王建国")
    lines = {line.code: line.compared for line in board(overseer).people.lines}
    assert (lines["not_checked_in"], lines["in_town"]) == (False, True)


def test_a_day_that_was_never_issued_is_mentioned_with_its_link(
    response: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    afternoon: Clock,
    sign_in: SignIn,
) -> None:
    before = DAY - timedelta(days=1)
    afternoon.move_to(at(15, 30, day=30))
    send(clerk, principal, mill, before)
    afternoon.move_to(at(16, 20))
    told = board(overseer).progress
    assert told.unreleased == [before]
    assert (told.marked, told.absent) == (1, 1)
    page = sign_in(overseer).get(BOARD).content.decode()
    assert "The daily situation of 30 Jan was not issued" in page
    assert reverse("reports:bulletin", args=[before]) in page
    drafted = reports.draft_bulletin(overseer, group, before)
    reports.check_bulletin(checker, drafted, drafted.digest)
    reports.release_bulletin(leader, drafted, drafted.digest)
    assert not board(overseer).progress.unreleased
