from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from conftest import Post
from lianfang.ground.command import queries
from lianfang.ground.command.figures import count, rows
from lianfang.ground.command.models import Undertaking
from lianfang.ground.command.rules.notice import Content
from lianfang.ground.command.services import (
    SignedLine,
    appoint,
    ask,
    end,
    issue_letter,
    issue_paper,
    phone,
    sign_letter,
)
from lianfang.ground.command.tests.conftest import NOW, TODAY, line
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import Level
from lianfang.ground.response.services import Beginning, begin
from lianfang.ground.response.services import end as end_response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def lacks(actor: Actor, unit: Unit, day: date = TODAY) -> list[str]:
    return [weak.key for weak in queries.structure(actor, unit, day).weak]


def test_the_letter_is_signed_in_its_newest_version_and_corrected(
    response: Response, group: Unit, mill: Unit, overseer: Actor, clerk: Actor
) -> None:
    first = issue_letter(overseer, group, "主体责任书", "一、落实主体责任。")
    assert "letter_unsigned:1" in lacks(clerk, mill)
    signed = sign_letter(clerk, mill, first, SignedLine(name="顾长青", signed_on=TODAY))
    assert "letter_unsigned:1" not in lacks(clerk, mill)
    again = sign_letter(clerk, mill, first, SignedLine(name="林伯涛", signed_on=TODAY))
    assert again.replaces == signed
    second = issue_letter(overseer, group, "主体责任书", "一、落实主体责任。二、日报。")
    assert second.version == first.version + 1
    assert "letter_unsigned:2" in lacks(clerk, mill)
    with pytest.raises(Conflict, match="newer version"):
        sign_letter(clerk, mill, first, SignedLine(name="顾长青", signed_on=TODAY))
    for told, wrong in (
        (SignedLine(name=" ", signed_on=TODAY), "who has signed"),
        (SignedLine(name="顾长青", signed_on=TOMORROW), "future"),
        (SignedLine(name="顾长青", signed_on=YESTERDAY), "issued on"),
    ):
        with pytest.raises(BadInput, match=wrong):
            sign_letter(clerk, mill, second, told)
    assert Undertaking.objects.count() == len((signed, again))


def test_a_letter_of_a_former_response_is_not_signed_in_the_present_one(
    response: Response, group: Unit, mill: Unit, overseer: Actor, clerk: Actor
) -> None:
    former = issue_letter(overseer, group, "主体责任书", "一、落实主体责任。")
    end_response(OPERATOR, group, NOW)
    told = Beginning("again", "再次应对", "covid19-2020-01", NOW, Level.I)
    begin(OPERATOR, group, told)
    with pytest.raises(Conflict, match="a response that has ended"):
        sign_letter(clerk, mill, former, SignedLine(name="顾长青", signed_on=TODAY))
    assert not Undertaking.objects.exists()


def test_a_letter_without_title_or_text_or_of_a_company_is_not_issued(
    response: Response, group: Unit, mill: Unit
) -> None:
    with pytest.raises(BadInput, match="title"):
        issue_letter(OPERATOR, group, " ", "一、")
    with pytest.raises(BadInput, match="undertaken"):
        issue_letter(OPERATOR, group, "主体责任书", " ")
    with pytest.raises(BadInput, match="whole group"):
        issue_letter(OPERATOR, mill, "主体责任书", "一、")


def test_a_weak_point_becomes_a_loop_in_one_tap_and_once(
    response: Response, group: Unit, mill: Unit, overseer: Actor
) -> None:
    loop = ask(overseer, mill, "no_group")
    assert (loop.unit, loop.owner_role, loop.verifier_role) == (
        mill,
        Role.PRINCIPAL,
        Role.GROUP_OFFICE,
    )
    assert loop.due == NOW + timedelta(hours=24)
    assert ask(overseer, mill, "no_group") == loop
    weak = {each.key: each for each in queries.structure(overseer, mill, TODAY).weak}
    assert weak["no_group"].loop == loop.pk
    assert not weak["no_group"].may_ask
    assert weak["no_liaison"].may_ask
    assert ask(overseer, mill, "no_liaison").unit == group
    with pytest.raises(Conflict, match="no weak point"):
        ask(overseer, mill, "no_head")
    assert Loop.objects.count() == len(("no_group", "no_liaison"))


def test_what_is_asked_reads_in_words(response: Response, mill: Unit, overseer: Actor) -> None:
    appoint(overseer, mill, line("member", "方宁", since=YESTERDAY))
    held = appoint(overseer, mill, line("head", "顾长青", since=YESTERDAY))
    end(overseer, held, TODAY, "工作调动")
    told = ask(overseer, mill, f"ended:{held.pk}")
    assert told.title.params["name"] == "顾长青"
    assert ask(overseer, mill, "no_department:duty").title.params["line"] == "值班信息"


def test_a_notice_is_issued_once_under_its_number_and_frozen(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    content = Content(
        issuer="江海面粉有限公司",
        number="江海面粉〔2020〕1号",
        heading="关于成立领导小组的通知",
        addressees="各部门",
        paragraphs=("一、组长：顾长青",),
        dated_on=TODAY,
    )
    made = issue_paper(clerk, mill, content, content.number)
    assert made.content["paragraphs"] == ["一、组长：顾长青"]
    with pytest.raises(BadInput, match="another paper"):
        issue_paper(clerk, mill, content, content.number)
    with pytest.raises(BadInput, match="number"):
        issue_paper(clerk, mill, content, " ")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(heading="别的")


def test_a_telephone_is_sealed_and_whoever_opens_it_is_in_the_trail(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    held = appoint(overseer, mill, line("head", "顾长青", phone="13800001234"))
    assert held.phone_mask == "138****1234"
    assert phone(overseer, held).phone == "13800001234"
    entry = Entry.objects.filter(act="command.phone").get()
    assert Subject.objects.filter(entry=entry, subject=held.pk).exists()
    assert "13800001234" not in str(Entry.objects.values_list("arguments", flat=True))
    bare = appoint(overseer, mill, line("deputy", "方宁"))
    with pytest.raises(Conflict, match="方宁"):
        phone(overseer, bare)


def test_figures_count_units_and_open_to_them(
    response: Response, group: Unit, mill: Unit, port: Unit, overseer: Actor, clerk: Actor
) -> None:
    appoint(clerk, mill, line("head", "顾长青"))
    found = count(overseer, TODAY, NOW)
    assert set(found["leading_groups"]) == {mill.pk}
    assert set(found["leading_groups_missing"]) == {group.pk, port.pk}
    for code, units in found.items():
        shown = rows(overseer, code, [group.pk, mill.pk, port.pk], TODAY, NOW)
        assert {unit.pk for unit in shown} == set(units)
    assert set(count(clerk, TODAY, NOW)["leading_groups"]) == {mill.pk}


def test_figures_of_a_moment_do_not_know_what_was_entered_later(
    response: Response, mill: Unit, overseer: Actor, moment: time_machine.Traveller
) -> None:
    before = NOW - timedelta(minutes=1)
    held = appoint(overseer, mill, line("head", "顾长青"))
    assert mill.pk in count(overseer, TODAY, before)["leading_groups_missing"]
    moment.shift(timedelta(hours=1))
    end(overseer, held, TODAY, "工作调动")
    assert mill.pk in count(overseer, TODAY, NOW)["leading_groups"]


def test_people_are_found_by_pinyin_and_the_list_narrows(
    response: Response, mill: Unit, port: Unit, overseer: Actor, post: Post
) -> None:
    appoint(overseer, mill, line("head", "顾长青"))
    assert [row.name for row in queries.found_people(overseer, "guchang", TODAY)] == ["顾长青"]
    assert queries.found_people(overseer, "", TODAY) == []
    page = queries.overview(overseer, TODAY, "no_group")
    assert "M" not in {each.unit.code for each in page.lines}
    assert page.led == 1
    page = queries.overview(overseer, TODAY, words="mianfen")
    assert [each.unit.code for each in page.lines] == ["M"]
