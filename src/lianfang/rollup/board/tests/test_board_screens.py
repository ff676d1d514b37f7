from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import Traveller as Clock

from conftest import Post
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, create_user, enter_unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import take
from lianfang.people.register.services.taking import Taken
from lianfang.rollup.board import queries
from lianfang.rollup.board.queries.numbers import numbers
from lianfang.rollup.board.queries.table import By, Row
from lianfang.rollup.board.rules.columns import Population
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, send, typed

BOARD = reverse("board:today")
HTMX = {"HX-Request": "true"}


def board(actor: Actor, by: By = By.SECTOR, of: Population = Population.STAFF) -> queries.Page:
    found = queries.page(actor, queries.Asked(DAY, by, of), queries.stamp())
    assert found is not None
    return found


def rows(page: queries.Page) -> list[Row]:
    return [row for section in page.table.sections for row in section.rows]


def enter(unit: Unit, name: str, *, in_town: bool = True) -> None:
    line = PersonLine(name=name, employment=Employment.REGULAR, person_no=f"N{uuid4().hex[:8]}")
    where = Whereabouts(in_town=in_town, region="330302" if in_town else "420100")
    take(OPERATOR, unit, Taken(line, where=where))


def test_a_liaison_leader_sees_the_companies_that_are_his(
    response: Response, mill: Unit, port: Unit, liaison: Actor
) -> None:
    page = board(liaison)
    assert [row.unit.code for row in rows(page)] == ["M"]
    assert not page.numbers.whole
    assert page.table.house == ()
    assert not page.progress.sees_bulletin


def test_the_table_is_counted_once_for_each_version_of_the_house(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor, post: Post, group: Unit
) -> None:
    first = numbers(overseer, DAY, queries.stamp())
    other = post(Role.GROUP_OFFICE, group, "another")
    stamp = queries.stamp()
    assert numbers(overseer, DAY, stamp) is numbers(other, DAY, stamp)
    typed(clerk, mill, "close_contacts", 1)
    assert queries.stamp() != stamp
    assert numbers(overseer, DAY, queries.stamp()) is not first


def test_the_pulse_is_quiet_until_somebody_does_something(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor, sign_in: SignIn, afternoon: Clock
) -> None:
    client, live = sign_in(overseer), reverse("board:live")
    have = str(board(overseer).numbers.stamp)
    assert client.get(live, {"have": have}, headers=HTMX).status_code == 204
    afternoon.shift(3)
    typed(clerk, mill, "close_contacts", 1)
    fresh = client.get(live, {"have": have}, headers=HTMX)
    assert fresh.status_code == 200
    assert 'id="lf-board"' in fresh.content.decode()
    assert "<html" not in fresh.content.decode()


def test_a_busy_house_does_not_make_every_pulse_count_anew(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor, sign_in: SignIn, afternoon: Clock
) -> None:
    client, live = sign_in(overseer), reverse("board:live")
    have = str(board(overseer).numbers.stamp)
    typed(clerk, mill, "close_contacts", 1)
    assert client.get(live, {"have": have}, headers=HTMX).status_code == 204
    afternoon.shift(3)
    assert client.get(live, {"have": have}, headers=HTMX).status_code == 200


def test_the_pulse_costs_a_handful_of_queries(
    response: Response, overseer: Actor, sign_in: SignIn
) -> None:
    client, live = sign_in(overseer), reverse("board:live")
    have = {"have": str(board(overseer).numbers.stamp)}
    with CaptureQueriesContext(connection) as captured:
        assert client.get(live, have).status_code == 204
    assert len(captured) <= 5


def test_the_number_of_queries_does_not_grow_with_the_companies(
    response: Response, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    client = sign_in(overseer)
    few = counted(client)
    for number in range(6):
        line = UnitLine(f"C{number}", f"企业 {number} 有限公司", UnitKind.SUBSIDIARY)
        enter(enter_unit(OPERATOR, group, line), f"王{number}")
    assert counted(client) == few
    assert few[0] <= 70
    assert few[1] <= 26


def counted(client: Client) -> tuple[int, int]:
    """Count the SQL of the board after something has happened, and once more."""
    client.get(BOARD)
    create_user(OPERATOR, Unit.objects.get(code="G"), uuid4().hex, "Somebody", "")
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BOARD).status_code == 200
        found.append(len(captured))
    return found[0], found[1]


def test_the_board_is_not_there_for_a_clerk(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    assert client.get(BOARD).status_code == 404
    assert client.get(reverse("board:live")).status_code == 404
    url = reverse("board:drill", args=[DAY, "close_contacts", "M"])
    assert client.get(url).status_code == 404
    with pytest.raises(NotAllowed):
        board(clerk)


def test_before_a_response_the_board_says_what_to_do(
    group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    client = sign_in(overseer)
    page = client.get(BOARD).content.decode()
    assert "No epidemic response has begun yet" in page
    assert client.get("/").headers["Location"] == BOARD


def test_the_wall_names_nobody(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    enter(mill, "王建国", in_town=False)
    client = sign_in(overseer)
    assert "clerk-m" in client.get(BOARD).content.decode()
    wall = client.get(BOARD + "?projector").content.decode()
    assert "clerk-m" not in wall
    assert "lf-wall" in wall
    assert "/not_returned/M/?projector" in wall
    assert "/in_town/?projector" in wall
    url = reverse("board:drill", args=[DAY, "not_returned", "M"]) + "?projector"
    assert "王建国" not in client.get(url).content.decode()
    whole = client.get(reverse("board:drill_all", args=[DAY, "not_returned"]) + "?projector")
    assert "/not_returned/M/?projector" in whole.content.decode()


def test_the_wall_tells_that_there_is_something_new_and_no_words_of_it(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    reports.write(clerk, mill, DAY, "15:10 王建国发热", "", zero=False)
    client = sign_in(overseer)
    assert "王建国" not in client.get(BOARD).content.decode()
    send(clerk, principal, mill)
    assert "15:10 王建国发热" in client.get(BOARD).content.decode()
    wall = client.get(BOARD + "?projector").content.decode()
    assert "王建国" not in wall
    assert "new situation" in wall


def test_everybody_begins_where_his_work_is(
    response: Response,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    overseer: Actor,
    administrator: Actor,
    post: Post,
    sign_in: SignIn,
) -> None:
    page = reverse("reports:page", args=[DAY, "M"])
    for actor, expected in ((overseer, BOARD), (administrator, BOARD), (clerk, page)):
        assert sign_in(actor).get("/").headers["Location"] == expected
    both = post(Role.CLERK, group, "both")
    assert sign_in(both).get("/").headers["Location"] == reverse("reports:day", args=[DAY])


def test_an_employee_begins_with_the_check_in(
    response: Response, mill: Unit, post: Post, sign_in: SignIn
) -> None:
    enter(mill, "王建国")
    worker = post(Role.EMPLOYEE, mill, "worker")
    User.objects.filter(pk=worker.id).update(person=Person.objects.get().pk)
    assert sign_in(worker).get("/").headers["Location"] == reverse("checkins:me")


def test_whoever_has_no_work_here_yet_begins_with_the_rail(
    response: Response, mill: Unit, post: Post, sign_in: SignIn
) -> None:
    worker = post(Role.EMPLOYEE, mill, "worker")
    found = sign_in(worker).get("/")
    assert found.status_code == 302
    assert sign_in(worker).get(found.headers["Location"]).status_code == 200


def test_in_chinese_the_board_speaks_the_words_of_the_field(
    response: Response, mill: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    page = sign_in(overseer, "zh-hans").get(BOARD).content.decode()
    for word in ("总览", "企业 × 指标", "报送截止", "集团合计", "核对每日情况", "待报"):
        assert word in page
