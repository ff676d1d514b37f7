"""What clerks do to cells: each wrong one is named, and the right ones are taken or none is."""

from datetime import datetime, time
from decimal import Decimal

import pytest
import time_machine

from lianfang.ground.figures.models import Typed
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.services import HandedOut, Wish
from lianfang.rollup.daybooks.tests.conftest import (
    at,
    brought,
    heads,
    newcomer,
    news,
    number,
    opened,
    person,
    refused_at,
    row_of,
    signed,
)
from lianfang.rollup.reports.models import Narrative


@pytest.fixture(autouse=True)
def afternoon(clock: time_machine.Traveller, out: HandedOut) -> None:
    """The workbook went out in the morning and comes back at half past three."""
    clock.move_to(at(15, 30))


def test_each_wrong_cell_is_named_and_nothing_is_taken_unless_asked(
    out: HandedOut, clerk: Actor
) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温="三十六度", 测量时间="8:30")
    person(book, "林海", 体温=36.5, 测量时间="25:00", 症状="头晕")
    person(book, "王芳", 在本地="是", 测量时间="8:30")
    number(book, "masks_used", 今日="1.5")
    number(book, "disinfect_done", 今日=-3)
    number(book, "disinfect_due", 今日="=1+1")
    news(book, "新情况新问题", "电话 13800138000 的员工")
    news(book, "零报告", "有两人")
    back = brought(clerk, book)
    seen = services.look(clerk, back)
    people = {name: row_of(book, "人员", name, 2) for name in ("陈小满", "林海", "王芳")}
    numbers = {
        code: row_of(book, "手填数", code)
        for code in ("masks_used", "disinfect_done", "disinfect_due")
    }
    assert set(refused_at(seen)) >= {
        ("人员", people["陈小满"], "体温", "bad_number"),
        ("人员", people["林海"], "测量时间", "bad_time"),
        ("人员", people["林海"], "症状", "unknown_choice"),
        ("人员", people["王芳"], "体温", "missing"),
        ("手填数", numbers["masks_used"], "今日", "refused"),
        ("手填数", numbers["disinfect_done"], "今日", "refused"),
        ("手填数", numbers["disinfect_due"], "今日", "formula_without_value"),
        ("新情况", row_of(book, "新情况", "新情况新问题"), "内容", "refused"),
        ("新情况", row_of(book, "新情况", "零报告"), "内容", "unknown_choice"),
    }
    with pytest.raises(Conflict):
        services.settle(clerk, back, Wish())
    assert not CheckIn.objects.exists()
    assert not Narrative.objects.exists()


def test_what_the_single_acts_refuse_is_refused_here_at_its_cell(
    out: HandedOut, clerk: Actor
) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=52, 测量时间="8:30")
    person(book, "林海", 体温=36.5, 测量时间="23:30")
    person(book, "王芳", 体温=36.5, 测量时间="8:30", 在本地="否", 现在哪里="温州")
    seen = services.look(clerk, brought(clerk, book))
    rows = [row_of(book, "人员", name, 2) for name in ("陈小满", "林海", "王芳")]
    assert set(refused_at(seen)) == {
        ("人员", rows[0], "体温", "refused"),
        ("人员", rows[1], "测量时间", "refused"),
        ("人员", rows[2], "现在哪里", "refused"),
    }


def test_times_and_numbers_are_taken_as_people_write_them(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    in_1904 = datetime(1904, 1, 1, 8, 30)  # noqa: DTZ001 - a cell knows no zone
    person(book, "陈小满", 体温="365", 测量时间=in_1904)
    person(book, "林海", 体温="\uff13\uff16\uff0e\uff18", 测量时间=0.375)
    person(book, "王芳", 体温="Lo", 测量时间=time(9, 15))
    number(book, "masks_used", 今日="\uff11\uff12\uff10")
    services.settle(clerk, brought(clerk, book), Wish())
    found = {row.person.name: (row.happened_at, row.temperature) for row in CheckIn.objects.all()}
    assert found == {
        "陈小满": (at(8, 30), Decimal("36.5")),
        "林海": (at(9), Decimal("36.8")),
        "王芳": (at(9, 15), None),
    }
    assert Typed.objects.get().value == 120


def test_sorted_rows_and_added_columns_do_no_harm(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.1, 测量时间="8:30")
    person(book, "林海", 体温=36.2, 测量时间="8:30")
    sheet, places = book["人员"], heads(book, "人员")
    first, second = row_of(book, "人员", "陈小满", 2), row_of(book, "人员", "林海", 2)
    for column in range(1, max(places.values()) + 1):
        one, two = sheet.cell(first, column), sheet.cell(second, column)
        one.value, two.value = two.value, one.value
    sheet.cell(3, max(places.values()) + 1).value = "车间自用"
    sheet.cell(4, max(places.values()) + 1).value = "夜班"
    done = services.settle(clerk, brought(clerk, book), Wish())
    found = {row.person.name: row.temperature for row in CheckIn.objects.all()}
    assert found == {"陈小满": Decimal("36.1"), "林海": Decimal("36.2")}
    assert done.outcome.sheets[0].ignored == ("车间自用",)


def test_a_name_moved_to_another_number_is_not_taken_for_him(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    row = row_of(book, "人员", "陈小满", 2)
    book["人员"].cell(row, 2).value = "李四"
    person(book, "李四", 体温=36.5, 测量时间="8:30")
    seen = services.look(clerk, brought(clerk, book))
    assert refused_at(seen) == [("人员", row, "姓名", "other_name")]


def test_merged_cells_are_split_first(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.5, 测量时间="8:30")
    place = heads(book, "人员")["体温"]
    book["人员"].merge_cells(start_row=4, end_row=5, start_column=place, end_column=place)
    seen = services.look(clerk, brought(clerk, book))
    assert [row[1:] for row in refused_at(seen)] == [
        (4, "序号", "merged"),
        (5, "序号", "merged"),
    ]


def test_newcomers_are_entered_by_the_rules_of_the_register(out: HandedOut, clerk: Actor) -> None:
    book = opened(out.content)
    newcomer(book, 1, 姓名="赵新", 类别="临时")
    newcomer(book, 2, 姓名="陈小满", 类别="正式")
    newcomer(book, 3, 姓名="孙", 类别="经营户", 证件号码="110105194912310021")
    newcomer(book, 4, 姓名="周")
    back = brought(clerk, book)
    seen = services.look(clerk, back)
    rows = {number: row_of(book, "人员", f"N{number}") for number in (2, 3, 4)}
    assert set(refused_at(seen)) == {
        ("人员", rows[2], "姓名", "same_name"),
        ("人员", rows[3], "证件号码", "id_check_character"),
        ("人员", rows[4], "类别", "missing"),
    }
    services.settle(clerk, back, Wish(partial=True))
    assert Person.objects.filter(name="赵新").count() == 1
    assert Person.objects.count() == 4


def test_the_right_rows_go_in_and_the_others_come_with_a_second_return(
    out: HandedOut, clerk: Actor
) -> None:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量时间="8:30")
    person(book, "林海", 体温=99, 测量时间="8:30")
    newcomer(book, 1, 姓名="赵新", 类别="临时", 体温=36.6, 测量部位="额温", 测量时间="9:00")
    signed(book, "负责人", "周总")
    services.settle(clerk, brought(clerk, book), Wish(partial=True))
    assert CheckIn.objects.count() == 2
    person(book, "林海", 体温=36.9)
    person(book, "陈小满", 体温=36.8, 测量时间="9:30")
    again = brought(clerk, book)
    seen = services.look(clerk, again)
    assert seen.again
    assert [place for place, *_ in seen.differs] == ["人员 1"]
    assert (seen.count("taken"), seen.count("unchanged")) == (2, 2)
    services.settle(clerk, again, Wish())
    assert CheckIn.objects.count() == 4
    assert Person.objects.filter(name="赵新").count() == 1
    last = services.look(clerk, brought(clerk, book))
    assert (last.news, last.rejected) == (0, 0)
