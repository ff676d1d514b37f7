"""A second return of the same workbook: what it adds is taken, what differs is shown masked."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine

from lianfang.ground.doors.models import Entry
from lianfang.ground.figures.models import Typed
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor, Grant
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.models import BookReturn
from lianfang.rollup.daybooks.rules.settling import Sort
from lianfang.rollup.daybooks.services import HandedOut, Wish
from lianfang.rollup.daybooks.services.running import hand
from lianfang.rollup.daybooks.tests.conftest import (
    DAY,
    Book,
    SignIn,
    at,
    brought,
    enter_one,
    newcomer,
    news,
    number,
    opened,
    person,
    refused_at,
    row_of,
    signed,
)

IDENTITY, MOBILE = "11010519491231002X", "13800138000"


@pytest.fixture(autouse=True)
def afternoon(clock: time_machine.Traveller, out: HandedOut) -> None:
    """The workbook went out in the morning and comes back at half past three."""
    clock.move_to(at(15, 30))


def once_settled(clerk: Actor, out: HandedOut) -> Book:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量部位="额温", 测量时间="8:30", 备注="嗓子有点干")
    told = {"姓名": "赵新", "类别": "临时", "证件号码": IDENTITY, "手机": MOBILE}
    newcomer(book, 1, **told, 体温=36.6, 测量部位="额温", 测量时间="9:00")
    number(book, "masks_used", 今日=120, 数据来源="仓库数")
    news(book, "新情况新问题", "二厂一名员工发热")
    signed(book, "负责人", "周总")
    services.settle(clerk, brought(clerk, book), Wish())
    return book


def test_an_empty_cell_of_symptoms_was_not_asked(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量部位="额温", 测量时间="8:30")
    person(book, "林海", 体温=36.4, 测量部位="额温", 测量时间="8:30", 症状="无")
    services.settle(clerk, brought(clerk, book), Wish())
    known = dict(CheckIn.objects.values_list("person__name", "symptoms_known"))
    assert known == {"陈小满": False, "林海": True}


@pytest.mark.parametrize(
    ("told", "column", "stored"),
    [
        ({"接触过病例": "是"}, "contact_case", True),
        ({"谁说的": "家属"}, "how", "by_relative"),
        ({"症状": "无"}, "symptoms_known", True),
    ],
)
def test_whatever_a_second_return_adds_to_a_reading_is_taken(
    out: HandedOut, clerk: Actor, chen: Person, told: dict[str, str], column: str, stored: object
) -> None:
    book = once_settled(clerk, out)
    person(book, "陈小满", **told)
    back = brought(clerk, book)
    assert services.look(clerk, back).count("taken") == 1
    services.settle(clerk, back, Wish())
    assert CheckIn.objects.filter(person=chen, **{column: stored}).count() == 1
    assert CheckIn.objects.filter(person=chen).count() == 2


def test_what_differs_is_shown_without_names_numbers_and_remarks(
    out: HandedOut, clerk: Actor, sign_in: SignIn
) -> None:
    book = once_settled(clerk, out)
    person(book, "陈小满", 体温=36.8, 备注="家里有人咳嗽")
    newcomer(book, 1, 手机="13900139000")
    signed(book, "负责人", "吴总经理")
    back = brought(clerk, book)
    seen = services.look(clerk, back)
    assert ("人员 1", "体温 36.4", "体温 36.8、备注 改了") in seen.differs
    page = sign_in(clerk).get(f"/daybooks/returned/{back.pk}/").content.decode()
    assert "36.8" in page
    for canary in (IDENTITY, MOBILE, "13900139000", "嗓子有点干", "家里有人咳嗽", "吴总经理"):
        assert canary not in page


def test_what_the_first_return_brought_is_nothing_that_came_meanwhile(
    out: HandedOut, clerk: Actor
) -> None:
    book = once_settled(clerk, out)
    person(book, "陈小满", 体温=36.8, 测量时间="9:30")
    number(book, "masks_used", 今日=130)
    news(book, "新情况新问题", "二厂两名员工发热")
    signed(book, "负责人", "吴总")
    seen = services.look(clerk, brought(clerk, book))
    assert seen.met == ()
    assert seen.count("taken") >= 3


def test_a_newcomer_who_has_moved_since_is_refused_in_his_row(
    out: HandedOut, clerk: Actor, port: Unit
) -> None:
    book = once_settled(clerk, out)
    Person.objects.filter(name="赵新").update(unit=port)
    newcomer(book, 1, 体温=36.9)
    seen = services.look(clerk, brought(clerk, book))
    assert refused_at(seen) == [("人员", row_of(book, "人员", "N1"), "序号", "gone")]


def test_a_newcomer_whom_somebody_entered_meanwhile_is_not_entered_twice(
    out: HandedOut, clerk: Actor, mill: Unit
) -> None:
    enter_one(mill, "赵新")
    book = opened(out.content)
    newcomer(book, 1, 姓名="赵新", 类别="临时")
    seen = services.look(clerk, brought(clerk, book))
    assert refused_at(seen) == [("人员", row_of(book, "人员", "N1"), "姓名", "same_name")]
    assert [(each.sort, each.label) for each in seen.met] == [(Sort.PERSON, "赵新")]


def test_a_source_alone_is_corrected_and_needs_its_number(out: HandedOut, clerk: Actor) -> None:
    book = once_settled(clerk, out)
    number(book, "masks_used", 数据来源="盘点")
    number(book, "disinfect_done", 数据来源="台账")
    back = brought(clerk, book)
    wrong = ("手填数", row_of(book, "手填数", "disinfect_done"), "今日", "missing")
    assert refused_at(services.look(clerk, back)) == [wrong]
    services.settle(clerk, back, Wish(partial=True))
    last = Typed.objects.filter(code="masks_used").order_by("recorded_at", "id").last()
    assert last is not None
    assert (last.value, last.source) == (Decimal(120), "盘点")


@pytest.mark.parametrize("told", [8.3, 8.5, "8.3"])
def test_a_number_is_no_time_of_day(out: HandedOut, clerk: Actor, told: object) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量部位="额温", 测量时间=told)
    seen = services.look(clerk, brought(clerk, book))
    row = row_of(book, "人员", "陈小满", 2)
    assert refused_at(seen) == [("人员", row, "测量时间", "bad_time")]


def test_a_deputy_takes_a_workbook_in_in_the_stead_of_whose_post_it_is(
    out: HandedOut, principal: Actor, clerk: Actor
) -> None:
    held = [Grant(g.acts, g.reach, g.role, UUID(principal.id)) for g in clerk.grants]
    acting = replace(clerk, grants=tuple(held))
    mine = hand(acting, out.book, sends=True)
    for act in ("checkins.record", "figures.type", "reports.submit"):
        assert mine.in_stead(act) == (UUID(principal.id),)
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量部位="额温", 测量时间="8:30")
    services.settle(acting, brought(acting, book), Wish())
    entry = Entry.objects.get(act="checkins.record")
    assert entry.arguments["in_stead_of"] == [str(UUID(principal.id))]


def test_a_figure_that_another_one_typed_still_asks(
    out: HandedOut, clerk: Actor, mill: Unit
) -> None:
    book = once_settled(clerk, out)
    type_in(clerk, mill, DAY, Line("masks_used", "90"))
    number(book, "masks_used", 今日=130)
    seen = services.look(clerk, brought(clerk, book))
    assert [each.about for each in seen.asks] == ["figure-masks_used"]
    assert BookReturn.objects.count() == 2
