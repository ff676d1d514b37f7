from datetime import date, timedelta
from decimal import Decimal
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
from lianfang.ground.response.services import CasesLine, start_campaign, type_cases
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
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
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed

BOARD = reverse("board:today")
HTMX = {"HX-Request": "true"}


def board(actor: Actor, by: By = By.SECTOR, of: Population = Population.STAFF) -> queries.Page:
    found = queries.page(actor, queries.Asked(DAY, by, of), queries.stamp())
    assert found is not None
    return found


def rows(page: queries.Page) -> list[Row]:
    return [row for section in page.table.sections for row in section.rows]


def texts(page: queries.Page, code: str) -> dict[str, str]:
    """Return what stands in the column of a figure, by company."""
    return {
        row.unit.code: cell.text
        for row in rows(page)
        for cell in row.cells
        if f"/{code}/" in cell.url
    }


def enter(unit: Unit, name: str, *, in_town: bool = True) -> None:
    line = PersonLine(name=name, employment=Employment.REGULAR, person_no=f"N{uuid4().hex[:8]}")
    where = Whereabouts(in_town=in_town, region="330302" if in_town else "420100")
    take(OPERATOR, unit, Taken(line, where=where))


def test_the_board_shows_live_facts_with_corrections_and_their_total(
    response: Response, mill: Unit, port: Unit, clerk: Actor, stranger: Actor, overseer: Actor
) -> None:
    typed(clerk, mill, "close_contacts", 1)
    typed(stranger, port, "close_contacts", 2)
    enter(mill, "王建国")
    reports.override(clerk, mill, DAY, "headcount_total", Decimal(3), "two are missing")
    page = board(overseer)
    assert texts(page, "close_contacts") == {"M": "1", "P": "2"}
    assert texts(page, "headcount_total") == {"M": "3", "P": "·"}
    total = {cell.label: cell.text for cell in page.table.total}
    assert (total["Contact"], total["Staff"]) == ("3", "3")
    signs = {cell.sign for row in rows(page) for cell in row.cells if "close_contacts" in cell.url}
    assert signs == {"bad"}


def test_a_partial_total_says_how_many_are_missing(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    typed(clerk, mill, "close_contacts", 1)
    page = board(overseer)
    assert texts(page, "close_contacts") == {"M": "1", "P": "?"}
    notes = {cell.label: cell.note for cell in page.table.total}
    assert notes["Contact"] == "1 missing"


def test_a_branch_is_in_the_numbers_of_its_company_and_the_house_has_a_row(
    response: Response, group: Unit, mill: Unit, mill_branch: Unit, overseer: Actor
) -> None:
    office = enter_unit(OPERATOR, group, UnitLine("D", "办公室", UnitKind.DEPARTMENT))
    for unit, name in ((mill, "甲"), (mill_branch, "乙"), (office, "丙")):
        enter(unit, f"王{name}")
    page = board(overseer)
    assert texts(page, "headcount_total")["M"] == "2"
    assert page.table.house[0].text == "1"
    assert page.table.total[0].text == "3"


def test_whereabouts_add_up_and_move_since_yesterday(
    response: Response, mill: Unit, overseer: Actor, afternoon: Clock
) -> None:
    afternoon.move_to(at(12, day=30))
    enter(mill, "王建国")
    afternoon.move_to(at(15, 20))
    enter(mill, "李秀英", in_town=False)
    people = board(overseer).people
    parts = {line.code: (line.value, line.change) for line in people.lines if line.part}
    assert parts == {"in_town": (1, 0), "not_returned": (1, 1), "whereabouts_unknown": (0, 0)}
    assert people.headcount == sum(value or 0 for value, _ in parts.values())
    assert [part.width for part in people.bar] == ["50.00%", "50.00%"]


def test_yesterday_is_what_was_sent_and_not_what_is_counted_since(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    before = DAY - timedelta(days=1)
    afternoon.move_to(at(15, 30, day=30))
    typed(clerk, mill, "close_contacts", 1, before)
    send(clerk, principal, mill, before)
    typed(clerk, mill, "close_contacts", 9, before)
    afternoon.move_to(at(15, 20))
    typed(clerk, mill, "close_contacts", 3)
    line = next(line for line in board(overseer).people.lines if line.code == "close_contacts")
    assert (line.value, line.change) == (3, 2)


def test_the_strip_tells_who_came_late_who_is_missing_and_whom_to_call(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    post: Post,
    afternoon: Clock,
) -> None:
    strip = board(overseer).progress
    assert (strip.came, strip.owing, strip.late, strip.over) == (0, 2, 0, False)
    afternoon.move_to(at(16, 20))
    send(clerk, principal, mill)
    told = board(overseer).progress
    assert (told.came, told.late, told.in_time, told.out) == (1, 2, 0, 1)
    assert [(each.unit.code, each.filling, each.clerk) for each in told.missing] == [
        ("P", False, "")
    ]
    assert told.may_chase
    assert told.release == at(17)
    assert {mark.late for mark in told.line.marks} == {True}


def test_companies_stand_by_sector_by_risk_and_by_report(
    response: Response,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    principal: Actor,
    stranger: Actor,
    overseer: Actor,
) -> None:
    typed(stranger, port, "close_contacts", 1)
    send(clerk, principal, mill)
    assert [section.label for section in board(overseer).table.sections] == ["Food", "Log"]
    assert [row.unit.code for row in rows(board(overseer, By.RISK))] == ["P", "M"]
    assert [row.unit.code for row in rows(board(overseer, By.REPORT))] == ["P", "M"]


def test_people_on_site_are_a_table_of_their_own(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    assert not board(overseer).table.on_site
    line = PersonLine(name="周国平", employment=Employment.TENANT)
    take(OPERATOR, mill, Taken(line, where=Whereabouts(in_town=True, region="330302")))
    page = board(overseer, of=Population.ON_SITE)
    assert page.table.on_site
    assert texts(page, "onsite_total") == {"M": "1", "P": "·"}
    assert page.people.headcount == 0
    assert page.people.on_site[0].value == 1


def test_open_loops_stand_by_kind_and_by_company(
    response: Response, mill: Unit, overseer: Actor, afternoon: Clock
) -> None:
    reports.open_day(CLOCK, None, DAY)
    afternoon.move_to(at(16, 30))
    page = board(overseer)
    assert (page.loops.count, page.loops.total.late) == (2, 2)
    assert page.loops.kinds[0].word == "Daily report"
    assert {row.unit.code: (row.loops.count, row.loops.late) for row in rows(page)} == {
        "M": (1, 1),
        "P": (1, 1),
    }
    assert (page.table.loops.count, page.table.loops.late) == (2, 2)


def test_the_campaign_counts_down_and_the_curve_states_its_method(
    response: Response, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    start_campaign(OPERATOR, group, "奋战十天", date(2020, 1, 30), 10)
    for number in range(3):
        told = CasesLine(date(2020, 1, 28 + number), "瓯江市", 5 + number, "市卫生健康委")
        type_cases(OPERATOR, group, told)
    course = board(overseer).course
    assert course is not None
    assert course.campaign is not None
    assert (course.campaign.count.day, course.campaign.count.left) == (2, 8)
    assert course.curve is not None
    assert course.curve.bars[-1].day == date(2020, 2, 8)
    page = sign_in(overseer).get(BOARD).content.decode()
    assert "A turning point is stated only when" in page


def test_new_situations_of_the_day_are_read_the_latest_first(
    response: Response,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    stranger: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    reports.write(clerk, mill, DAY, "15:10 南门 1 人发热", "", zero=False)
    afternoon.move_to(at(15, 40))
    reports.write(stranger, port, DAY, "15:30 码头停工", "", zero=False)
    page = board(overseer)
    assert [each.unit for each in page.news] == ["江海港务", "江海面粉"]
    assert page.news_in_all == 2


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
    assert len(captured) <= 4


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
    assert "projector" in wall
    url = reverse("board:drill", args=[DAY, "not_returned", "M"]) + "?projector"
    assert "王建国" not in client.get(url).content.decode()


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


def test_in_chinese_the_board_speaks_the_words_of_the_field(
    response: Response, mill: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    page = sign_in(overseer, "zh-hans").get(BOARD).content.decode()
    for word in ("总览", "企业 × 指标", "报送截止", "集团合计", "核对每日情况", "未报"):
        assert word in page
