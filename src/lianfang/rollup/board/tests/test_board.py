from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.urls import reverse
from time_machine import Traveller as Clock

from conftest import Post
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import CasesLine, start_campaign, type_cases
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import take
from lianfang.people.register.services.taking import Taken
from lianfang.rollup.board import queries
from lianfang.rollup.board.queries.table import By, Row
from lianfang.rollup.board.rules.columns import Population
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed

BOARD = reverse("board:today")


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
    afternoon.move_to(at(9))
    assert board(overseer).progress.chase is None
    afternoon.move_to(at(15, 20))
    strip = board(overseer).progress
    assert (strip.came, strip.owing, strip.late, strip.over) == (0, 2, 0, False)
    afternoon.move_to(at(16, 20))
    send(clerk, principal, mill)
    told = board(overseer).progress
    assert (told.came, told.late, told.in_time, told.out) == (1, 2, 0, 1)
    assert [(each.unit.code, each.filling, each.clerk) for each in told.missing] == [
        ("P", False, "")
    ]
    assert told.chase is not None
    assert (told.chase.count, told.chase.last, told.chase.asks) == (1, None, False)
    assert (told.marked, told.absent, told.release_over) == (0, 1, False)
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
    post: Post,
) -> None:
    heads = (post("principal", mill), post("principal", port))
    reports.write(clerk, mill, DAY, "15:10 南门 1 人发热", "", zero=False)
    assert not board(overseer).news
    send(clerk, heads[0], mill)
    afternoon.move_to(at(15, 40))
    reports.write(stranger, port, DAY, "15:30 码头停工", "", zero=False)
    returned = send(stranger, heads[1], port)
    page = board(overseer)
    assert [each.unit for each in page.news] == ["江海港务", "江海面粉"]
    assert page.news[0].text == "15:30 码头停工"
    assert page.news_in_all == 2
    reports.give_back(overseer, returned, "写明原因")
    assert [each.unit for each in board(overseer).news] == ["江海面粉"]
