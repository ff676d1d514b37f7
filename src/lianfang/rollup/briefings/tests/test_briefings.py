"""A briefing is written, checked by another, issued under its own number, and quotes figures."""

from io import BytesIO
from urllib.parse import unquote

import pypdfium2
import pytest
from django.urls import reverse
from docx import Document

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.rollup.briefings import queries, services
from lianfang.rollup.briefings.models import Briefing
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries import bulletin_of
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, send, typed
from lianfang.rollup.reports.tests.issuing import issue

BODY = "一、总体情况\n全集团密切接触者 {密切接触者} 人。\n（一）江海面粉。已安排王㛃等 2 人观察。"


def text(body: str = BODY, title: str = "复工前排查情况") -> services.Draft:
    return services.Draft(
        day=DAY, title=title, body=body, report_to="领导小组", issue_to="各企业", copies=30
    )


@pytest.fixture
def issued(
    response: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
) -> Bulletin:
    """The daily situation of the day, with three close contacts."""
    typed(clerk, mill, "close_contacts", 3)
    send(clerk, principal, mill)
    issue(overseer, checker, leader, group)
    found = bulletin_of(overseer, DAY)
    assert found is not None
    return found


def release(row: Briefing, overseer: Actor, checker: Actor) -> Briefing:
    services.check(checker, row, row.digest)
    return services.release(overseer, row, row.digest)


def test_a_briefing_quotes_a_figure_frozen_with_its_source(
    issued: Bulletin, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    row = services.draft(overseer, group, text())
    page = queries.page(overseer, row)
    whole = "\n".join(each.text for each in page.sheet.body)
    assert "全集团密切接触者 3 人。" in whole
    assert "摘自《每日情况》第 1 期（2020 年 1 月 31 日" in whole
    assert [each.level for each in page.sheet.body] == [1, 0, 2, 0]
    assert page.chat.splitlines()[0].startswith("【")
    shown = sign_in(overseer, "zh-hans").get(reverse("briefings:page", args=[row.pk]))
    assert "全集团密切接触者 3 人。" in shown.content.decode()


def test_a_figure_that_does_not_exist_is_refused_at_the_text(
    issued: Bulletin, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    with pytest.raises(BadInput):
        services.draft(overseer, group, text("共 {没有的指标} 人"))
    told = {"title": "情况", "day": DAY.isoformat(), "body": "共 {没有的指标} 人"}
    shown = sign_in(overseer, "zh-hans").post(reverse("briefings:new"), told)
    assert "每日情况里没有“没有的指标”这个数字" in shown.content.decode()
    assert "共 {没有的指标} 人" in shown.content.decode()
    assert not Briefing.objects.exists()


def test_nothing_is_quoted_before_a_daily_situation_is_issued(
    response: Response, group: Unit, overseer: Actor
) -> None:
    with pytest.raises(BadInput):
        services.draft(overseer, group, text())
    assert services.draft(overseer, group, text("无数字可引。")).quoted == {"quotes": []}


def test_a_telephone_number_stays_out_of_a_briefing(
    response: Response, group: Unit, overseer: Actor
) -> None:
    with pytest.raises(BadInput):
        services.draft(overseer, group, text("联系 13812345678"))


def test_whoever_wrote_it_cannot_check_it_and_unchecked_it_is_not_issued(
    issued: Bulletin, group: Unit, overseer: Actor, checker: Actor
) -> None:
    row = services.draft(overseer, group, text())
    with pytest.raises(NotYourself):
        services.check(overseer, row, row.digest)
    with pytest.raises(Conflict):
        services.release(overseer, row, row.digest)
    with pytest.raises(Conflict):
        services.check(checker, row, "another text")
    row.refresh_from_db()
    assert (row.checked_at, row.number) == (None, None)


def test_a_change_after_the_check_is_checked_again(
    issued: Bulletin, group: Unit, overseer: Actor, checker: Actor
) -> None:
    row = services.draft(overseer, group, text())
    services.check(checker, row, row.digest)
    row = services.write(overseer, row, text("改过的正文。"), row.digest)
    with pytest.raises(Conflict):
        services.release(overseer, row, row.digest)
    assert row.checked_by_name == ""


def test_numbers_are_given_once_and_a_later_version_keeps_its_own(
    issued: Bulletin, group: Unit, overseer: Actor, checker: Actor
) -> None:
    first = release(services.draft(overseer, group, text()), overseer, checker)
    second = release(services.draft(overseer, group, text(title="第二篇")), overseer, checker)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(Conflict):
        services.write(overseer, first, text(), first.digest)
    later = services.again(overseer, first)
    with pytest.raises(Conflict):
        services.again(overseer, first)
    told = text("更正后的正文。")
    later = release(services.write(overseer, later, told, later.digest), overseer, checker)
    assert (later.number, later.version, later.again) == (1, 2, True)
    assert [row.pk for row in queries.listed(overseer)] == [later.pk, second.pk] or [
        row.pk for row in queries.listed(overseer)
    ] == [second.pk, later.pk]


def test_the_page_says_that_a_quoted_figure_was_corrected_since(
    issued: Bulletin,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
) -> None:
    row = release(services.draft(overseer, group, text()), overseer, checker)
    assert queries.page(overseer, row).moved == ()
    typed(clerk, mill, "close_contacts", 5)
    send(clerk, principal, mill)
    issue(overseer, checker, leader, group, why={"": "重复登记"})
    assert [quote.said for quote in queries.page(overseer, row).moved] == ["3"]


def test_it_is_found_by_a_word_of_its_text(
    issued: Bulletin, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    services.draft(overseer, group, text())
    client = sign_in(overseer, "zh-hans")
    assert (
        "复工前排查情况"
        in client.get(reverse("briefings:index"), {"q": "江海面粉"}).content.decode()
    )
    assert (
        "没有含这个词的简报"
        in client.get(reverse("briefings:index"), {"q": "口罩"}).content.decode()
    )


def test_word_print_and_picture_have_its_own_head_and_foot(
    issued: Bulletin, group: Unit, overseer: Actor, checker: Actor, sign_in: SignIn
) -> None:
    row = release(services.draft(overseer, group, text()), overseer, checker)
    client = sign_in(overseer, "zh-hans")

    def body(kind: str) -> bytes:
        answer = client.get(reverse(f"briefings:{kind}", args=[row.pk]))
        assert f"简报-第1期-2020-01-31.{kind}" in unquote(answer.headers["Content-Disposition"])
        return answer.content

    pages = pypdfium2.PdfDocument(body("pdf"))
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    made = Document(BytesIO(body("docx")))
    written = "\n".join(each.text for each in made.paragraphs)
    written += "\n".join(row.cells[0].text for row in made.tables[-1].rows)
    for told in (
        "疫情防控简报",
        "第 1 期",
        "复工前排查情况",
        "报：领导小组",
        "发：各企业",
        "共印 30 份",
    ):
        assert told in printed
        assert told in written
    assert "送：" not in printed
    assert "草稿" not in printed
    assert body("png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_clerk_writes_none_and_finds_none_of_the_group(
    issued: Bulletin, group: Unit, overseer: Actor, clerk: Actor, sign_in: SignIn
) -> None:
    row = services.draft(overseer, group, text())
    client = sign_in(clerk)
    for name in ("page", "write", "docx", "pdf", "png"):
        assert client.get(reverse(f"briefings:{name}", args=[row.pk])).status_code == 404
    assert client.get(reverse("briefings:new")).status_code == 404
    assert client.post(reverse("briefings:release", args=[row.pk])).status_code == 404
