"""What goes out comes back: filled with another program, every value arrives as it was written."""

from datetime import time
from decimal import Decimal

import time_machine

from conftest import Post
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.figures.models import Typed
from lianfang.ground.orgs.models import Stall, Unit
from lianfang.ground.signing.models import Decision
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.models import BookReturn, Daybook
from lianfang.rollup.daybooks.rules.settling import Outcome
from lianfang.rollup.daybooks.services import HandedOut, Wish
from lianfang.rollup.daybooks.tests.conftest import (
    Book,
    at,
    brought,
    newcomer,
    news,
    number,
    opened,
    person,
    put,
    row_of,
    signed,
)
from lianfang.rollup.reports.models import DailyReport, Narrative


def filled(out: HandedOut) -> Book:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量部位="额温", 症状="无", 在本地="是", 谁说的="电话")
    person(
        book,
        "林海",
        测量时间=time(8, 15),
        体温="36.9℃",
        测量部位="腋温",
        症状="干咳、乏力",
        在本地="否",
        现在哪里="武汉市",
        同住人有症状="是",
        接触过病例="否",
        谁说的="家属",
        备注="明天再问",
    )
    newcomer(book, 1, 姓名="赵新", 类别="临时", 体温="365", 测量部位="额温", 测量时间="9点半")
    put(book, "摊位", row_of(book, "摊位", "A1", 3), {"今日状态": "停业", "帮工人数": "帮工3"})
    number(book, "masks_used", 今日="120", 数据来源="仓库数")
    number(book, "disinfect_done", 没有数的原因="不清楚")
    news(book, "新情况新问题", "二厂一名员工发热，已送医")
    news(book, "需上级协调解决", "缺 200 只口罩")
    signed(book, "填报人", "陈会计", "14:50")
    signed(book, "审核人", "钱科长")
    signed(book, "负责人", "周总")
    return book


def test_a_filled_workbook_comes_back_with_every_value(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller, chen: Person, lin: Person
) -> None:
    clock.move_to(at(15, 30))
    back = brought(clerk, filled(out))
    done = services.settle(clerk, back, Wish())
    first, second, third = CheckIn.objects.order_by("happened_at")
    assert (second.person.name, second.temperature, second.method) == (
        "赵新",
        Decimal("36.5"),
        "forehead",
    )
    assert (first.person, first.temperature, first.happened_at) == (lin, Decimal("36.9"), at(8, 15))
    assert (first.method, first.symptoms, first.in_town) == (
        "axillary",
        ["cough", "fatigue"],
        False,
    )
    assert (first.region, first.household_symptoms, first.contact_case) == ("420100", True, False)
    assert (first.contact_risk_area, first.how) == (None, "by_relative")
    assert (third.person, third.temperature, third.happened_at) == (
        chen,
        Decimal("36.4"),
        at(14, 50),
    )
    assert {row.via for row in (first, second, third)} == {f"daybook:{out.book.pk}"}
    assert {row.by for row in (first, second, third)} == {clerk.who}
    assert done.outcome.wrongs == []


def test_numbers_texts_names_and_stalls_come_back_too(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller, mill: Unit
) -> None:
    clock.move_to(at(15, 30))
    services.settle(clerk, brought(clerk, filled(out)), Wish())
    masks = Typed.objects.get(code="masks_used")
    assert (masks.value, masks.source, masks.state) == (Decimal(120), "仓库数", "number")
    assert Typed.objects.get(code="disinfect_done").state == "unknown"
    text = Narrative.objects.get()
    assert text.new_issues == "二厂一名员工发热，已送医"
    assert text.help_needed == "缺 200 只口罩"
    names = {row.step: (row.by_name, row.recorder) for row in Decision.objects.all()}
    assert names["principal"] == ("周总", clerk.who)
    assert set(names) == {"principal"}  # the two others hold no post here: names on the book only
    assert BookReturn.objects.get().filled_by == "陈会计"
    stall = Stall.objects.get()
    assert (stall.state, stall.helpers_declared) == ("closed", 3)


def counted(outcome: Outcome) -> dict[str, tuple[int, ...]]:
    return {s.sheet: (s.rows, s.taken, s.unchanged, s.rejected, s.blank) for s in outcome.sheets}


def test_the_preview_gives_the_numbers_of_the_settling_and_changes_nothing(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(15, 30))
    back = brought(clerk, filled(out))
    seen = services.look(clerk, back)
    assert not CheckIn.objects.exists()
    assert not Typed.objects.exists()
    assert not Decision.objects.exists()
    assert not Person.objects.filter(name="赵新").exists()
    done = services.settle(clerk, back, Wish())
    assert counted(seen) == counted(done.outcome)
    assert counted(seen)["人员"] == (23, 3, 0, 0, 20)
    assert counted(seen)["摊位"] == (1, 1, 0, 0, 0)
    assert counted(seen)["签字"] == (3, 3, 0, 0, 0)


def test_a_complete_report_is_sent_in_the_same_step(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(15, 30))
    back = brought(clerk, filled(out))
    assert services.look(clerk, back).complete
    done = services.settle(clerk, back, Wish(send=True))
    report = DailyReport.objects.get()
    assert (report.version, done.outcome.version) == (1, 1)
    assert report.new_issues == "二厂一名员工发热，已送医"


def test_giving_out_and_taking_in_are_on_record_with_the_people(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller, chen: Person
) -> None:
    given = Entry.objects.get(act="daybooks.give")
    assert given.arguments["told.reason"] == "no_network"
    assert given.arguments["told.digest"] == Daybook.objects.get().digest
    assert Subject.objects.filter(entry=given, subject=chen.pk).exists()
    clock.move_to(at(15, 30))
    services.settle(clerk, brought(clerk, filled(out)), Wish())
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"daybooks.bring", "daybooks.settle", "checkins.record", "figures.type"} <= acts
    assert BookReturn.objects.get().filled_by == "陈会计"


def test_the_duty_officer_brings_it_too_and_cannot_send_the_report(
    out: HandedOut, mill: Unit, post: Post, clock: time_machine.Traveller
) -> None:
    duty = post("duty", mill)
    clock.move_to(at(15, 30))
    back = brought(duty, filled(out))
    assert not services.look(duty, back).may_send
    services.settle(duty, back, Wish())
    assert CheckIn.objects.filter(by=duty.who).count() == 3
    assert Typed.objects.filter(by=duty.who).count() == 2
