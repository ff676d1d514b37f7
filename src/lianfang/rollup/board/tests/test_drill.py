from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from time_machine import Traveller as Clock

from conftest import Post
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.people.checkins.rules import Reading, Sheet
from lianfang.people.checkins.services import record
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import take
from lianfang.people.register.services.taking import Taken
from lianfang.rollup.board import queries
from lianfang.rollup.board.tests.test_board import enter
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed


def opened(actor: Actor, code: str, unit: str = "", *, named: bool = True) -> queries.Drill:
    return queries.drill(actor, code, unit, DAY, named=named)


def test_a_number_opens_to_its_people_and_how_it_came_from_yesterday(
    response: Response, mill: Unit, overseer: Actor, afternoon: Clock
) -> None:
    afternoon.move_to(at(12, day=30))
    enter(mill, "王建国", in_town=False)
    afternoon.move_to(at(15, 20))
    enter(mill, "李秀英", in_town=False)
    person = Person.objects.get(name="王建国")
    taken = Reading(taken_at=at(8), temperature=Decimal("36.4"), method="forehead")
    record(OPERATOR, person, Sheet(taken))
    found = opened(overseer, "not_returned", "M")
    assert found.text == "2"
    assert {(face.name, face.fresh) for face in found.faces} == {
        ("王建国", False),
        ("李秀英", True),
    }
    assert found.bridge is not None
    assert (found.bridge.yesterday, found.bridge.new, found.bridge.gone) == (1, 1, 0)
    told = next(face for face in found.faces if face.name == "王建国")
    assert next(each.text for each in told.records) == "Check-in 36.4 °C, no symptoms"
    assert told.url == reverse("register:person", args=(person.pk,))


def test_the_whole_opens_to_the_companies_and_names_those_that_are_unknown(
    response: Response, mill: Unit, port: Unit, clerk: Actor, overseer: Actor
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    found = opened(overseer, "close_contacts")
    assert [(each.name, each.value) for each in found.companies] == [("江海面粉", "2")]
    assert found.unknown == ["江海港务"]
    assert found.bridge is None
    assert not found.typed


def test_a_typed_number_opens_to_who_typed_it(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    line = opened(overseer, "close_contacts", "M").typed[0]
    assert (line.unit, line.value, line.who, line.source) == ("江海面粉", "2", "clerk-m", "counted")


def test_a_correction_and_what_was_reported_stand_beside_the_live_number(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    afternoon: Clock,
) -> None:
    afternoon.move_to(at(12, day=30))
    enter(mill, "李秀英", in_town=False)
    afternoon.move_to(at(15, 20))
    reports.override(clerk, mill, DAY, "in_town", Decimal(0), "counted twice")
    send(clerk, principal, mill)
    reports.withdraw_override(clerk, mill, DAY, "in_town")
    enter(mill, "王建国")
    found = opened(overseer, "in_town", "M")
    assert (found.text, found.sent, found.override) == ("1", 0, None)
    reports.override(clerk, mill, DAY, "in_town", Decimal(4), "three are not entered yet")
    corrected = opened(overseer, "in_town", "M")
    assert (corrected.text, corrected.was) == ("4", 1)
    assert corrected.override is not None
    assert corrected.bridge is not None
    assert corrected.bridge.correction == 3


def test_observation_balances_by_what_was_typed(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor, afternoon: Clock
) -> None:
    afternoon.move_to(at(15, 30, day=30))
    typed(clerk, mill, "home_isolation", 5, DAY - timedelta(days=1))
    afternoon.move_to(at(15, 30))
    for code, value in (("home_isolation", 6), ("isolation_new", 2), ("isolation_released", 1)):
        typed(clerk, mill, code, value)
    found = opened(overseer, "home_isolation", "M").bridge
    assert found is not None
    assert (found.yesterday, found.new, found.gone, found.today) == (5, 2, 1, 6)
    typed(clerk, mill, "central_isolation", 1)
    assert opened(overseer, "home_isolation", "M").bridge is None


def test_the_days_of_cover_open_to_stock_and_use(
    response: Response, mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    typed(clerk, mill, "masks_balance", 28)
    typed(clerk, mill, "masks_used", 20)
    whole, here = opened(overseer, "masks_cover"), opened(overseer, "masks_cover", "M")
    assert (whole.text, here.text) == ("1.4", "1.4")
    assert [(each.name, each.value) for each in whole.companies] == [("江海面粉", "1.4")]
    assert {(line.what, line.value) for line in here.typed} == {
        ("Masks in stock", "28"),
        ("Masks used today", "20"),
    }


def test_a_record_without_a_temperature_and_a_planned_return_are_told(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    line = PersonLine(name="王建国", employment=Employment.REGULAR, person_no="0183", job="工人")
    away = Whereabouts(in_town=False, region="420100", planned_return=date(2020, 2, 9))
    person = Person.objects.get(pk=take(OPERATOR, mill, Taken(line, where=away)))
    told = Reading(taken_at=at(8), temperature=None, method="", symptoms=("cough",))
    record(OPERATOR, person, Sheet(told))
    face = opened(overseer, "not_returned", "M").faces[0]
    texts = " | ".join(each.text for each in face.records)
    assert "Check-in, symptoms told" in texts
    assert "plans to return on 9 Feb" in texts
    assert face.work == "工人"


def test_stalls_open_by_their_numbers(
    response: Response, mill: Unit, market: Site, overseer: Actor
) -> None:
    Stall.objects.create(unit=mill, site=market, number="A-12")
    found = opened(overseer, "stalls_total", "M")
    assert [row.label for row in found.rows] == ["江海粮油市场 A-12"]
    assert not found.empty


def test_the_groups_own_house_opens_too(
    response: Response, group: Unit, mill: Unit, overseer: Actor, liaison: Actor
) -> None:
    enter(group, "王建国")
    found = opened(overseer, "headcount_total", "G")
    assert (found.text, found.house, [face.name for face in found.faces]) == ("1", True, ["王建国"])
    with pytest.raises(NotAllowed):
        opened(liaison, "headcount_total", "G")


def test_names_are_shown_only_to_those_who_may_read_people(
    response: Response, mill: Unit, overseer: Actor, auditor: Actor, sign_in: SignIn
) -> None:
    enter(mill, "王建国", in_town=False)
    hidden = opened(auditor, "not_returned", "M")
    assert (hidden.text, hidden.faces, hidden.bridge) == ("1", [], None)
    assert hidden.hidden
    wall = opened(overseer, "not_returned", "M", named=False)
    assert wall.faces == []
    url = reverse("board:drill", args=[DAY, "not_returned", "M"])
    page = sign_in(auditor).get(url).content.decode()
    assert "王建国" not in page
    assert "Only the number is open to your post" in page
    assert "王建国" in sign_in(overseer).get(url).content.decode()


def test_a_foreign_company_and_a_figure_that_is_not_there_are_not_found(
    response: Response, mill: Unit, port: Unit, liaison: Actor, overseer: Actor
) -> None:
    with pytest.raises(NotAllowed):
        opened(liaison, "in_town", "P")
    with pytest.raises(NotAllowed):
        opened(overseer, "nonsense")
    with pytest.raises(NotAllowed):
        opened(overseer, "duty_leader")


def test_a_drawer_takes_the_part_and_an_address_the_page(
    response: Response, mill: Unit, overseer: Actor, sign_in: SignIn, post: Post
) -> None:
    client, url = sign_in(overseer), reverse("board:drill_all", args=[DAY, "in_town"])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "lf-drawer-head" in part
    page = client.get(url).content.decode()
    assert "<html" in page
    assert "To the board" in page


def test_a_number_without_a_yesterday_has_no_bridge_and_nobody_is_new_in_it(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    enter(mill, "王建国")
    found = opened(overseer, "in_town", "M")
    assert (found.text, found.yesterday, found.bridge) == ("1", "", None)
    assert [face.fresh for face in found.faces] == [False]
