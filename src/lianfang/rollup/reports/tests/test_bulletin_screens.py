from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

from django.urls import reverse
from docx import Document
from pypdfium2 import PdfDocument
from time_machine import Traveller as Clock

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.contract import bulletin_out
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, queries_of, send, typed
from lianfang.rollup.reports.tests.issuing import issue

PAGE = reverse("reports:bulletin", args=[DAY])


def step(name: str) -> str:
    return reverse(f"reports:bulletin_{name}", args=[DAY])


def test_the_bulletin_is_drafted_checked_and_released_on_its_page(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    sign_in: SignIn,
) -> None:
    typed(clerk, mill, "close_contacts", 1)
    send(clerk, principal, mill)
    office = sign_in(overseer)
    before = office.get(PAGE).content.decode()
    assert "not drafted yet" in before
    assert "1 unit is missing" in before
    assert office.post(step("draft"), {"remark": "keep warm"}).headers["Location"] == PAGE
    drafted = office.get(PAGE).content.decode()
    assert "keep warm" in drafted
    assert "(draft)" in drafted
    assert "Checked" in drafted
    seen = {"digest": Bulletin.objects.get().digest}
    assert seen["digest"] in sign_in(checker).get(PAGE).content.decode()
    assert sign_in(checker).post(step("check")).status_code == 409
    sign_in(checker).post(step("check"), seen)
    assert office.post(step("release"), seen).status_code == 409
    sign_in(leader).post(step("release"), seen)
    found = Bulletin.objects.get()
    assert found.released_by_name == "leader"
    released = office.get(PAGE).content.decode()
    assert "Issued and frozen" in released
    assert "(draft)" not in released
    assert "Text for the chat group" in released


def test_a_remark_with_a_telephone_number_stays_in_its_field(
    response: Response, overseer: Actor, sign_in: SignIn
) -> None:
    page = sign_in(overseer).post(step("draft"), {"remark": "电话 13800138000"})
    assert page.status_code == 200
    assert "13800138000" in page.content.decode()
    assert not Bulletin.objects.exists()


def test_the_page_says_when_reports_came_in_since_the_draft(
    response: Response,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    services.draft_bulletin(overseer, group, DAY)
    office = sign_in(overseer)
    assert "have come in since" not in office.get(PAGE).content.decode()
    report = send(clerk, principal, mill)
    assert "have come in since" in office.get(PAGE).content.decode()
    services.draft_bulletin(overseer, group, DAY)
    assert "have come in since" not in office.get(PAGE).content.decode()
    services.give_back(overseer, report, "masks are wrong")
    assert "have come in since" in office.get(PAGE).content.decode()


def test_a_second_version_corrects_the_released_one_by_number_and_says_why(
    response: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    sign_in: SignIn,
    afternoon: Clock,
) -> None:
    typed(clerk, mill, "close_contacts", 1)
    send(clerk, principal, mill)
    issue(overseer, checker, leader, group)
    afternoon.move_to(at(18))
    typed(clerk, mill, "close_contacts", 3)
    send(clerk, principal, mill)
    client = sign_in(overseer, "zh-hans")
    asked = client.get(PAGE, {"again": "1"}).content.decode()
    assert "更正第 1 号：密切接触者原报 1，现为 3" in asked
    refused = client.post(step("draft"), {"remark": "多报了一家"})
    assert "已签发的数字有变动，请写明原因" in refused.content.decode()
    assert "多报了一家" in refused.content.decode()
    assert Bulletin.objects.count() == 1
    client.post(step("draft"), {"remark": "", "why_close_contacts": "一家晚间补报"})
    second = queries.bulletin_of(overseer, DAY)
    assert second is not None
    content = queries.bulletin_content(overseer, second)
    assert [(e.number, e.code, e.was, e.now) for e in content.errata] == [
        (1, "close_contacts", 1, 3)
    ]
    said = queries.draft_paper(content, "zh-hans").sections[-1].paragraphs
    assert said == [
        (
            "更正第 1 号：密切接触者原报 1，更正为 3。"
            f"原因：一家晚间补报。（{second.drafted_by_name}，1-31 18:00）"
        )
    ]
    assert said[0] in client.get(PAGE).content.decode()
    printed = PdfDocument(client.get(step("pdf")).content)
    whole = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "更正第 1 号" in whole.replace("\r\n", "")
    (told,) = bulletin_out(overseer, DAY).errata
    assert (told.number, told.reason, told.by) == (1, "一家晚间补报", second.drafted_by_name)


def test_the_word_document_comes_under_the_name_of_its_day(
    response: Response, mill: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    for language, name in (("en", "daily-situation"), ("zh-hans", "每日情况")):
        found = sign_in(overseer, language).get(step("docx"))
        assert f"{name}-2020-01-31.docx" in unquote(found.headers["Content-Disposition"])
        assert "江海面粉" in [
            row.cells[0].text for row in Document(BytesIO(found.content)).tables[0].rows
        ]


def test_the_bulletins_are_listed_the_newest_first(
    response: Response, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    office, url = sign_in(overseer), reverse("reports:bulletins")
    assert "No daily situation has been drafted yet" in office.get(url).content.decode()
    for days in (0, 1):
        services.draft_bulletin(overseer, group, DAY - timedelta(days=days))
    page = office.get(url).content.decode()
    assert page.index("31 Jan 2020") < page.index("30 Jan 2020")
    assert queries_of(office, url) <= 20


def test_the_bulletin_page_stays_within_its_queries(
    response: Response,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    send(clerk, principal, mill)
    assert queries_of(sign_in(overseer), PAGE) <= 80
    services.draft_bulletin(overseer, group, DAY)
    assert queries_of(sign_in(overseer), PAGE) <= 48


def test_a_clerk_finds_no_bulletin_and_makes_none(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    assert client.get(PAGE).status_code == 404
    assert client.get(step("docx")).status_code == 404
    assert client.get(reverse("reports:bulletins")).status_code == 404
    for name in ("draft", "check", "release"):
        assert client.post(step(name)).status_code == 404
    assert not Bulletin.objects.exists()


def test_nothing_is_checked_or_released_before_it_is_drafted(
    response: Response, group: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    office = sign_in(overseer)
    assert office.post(step("check")).status_code == 404
    services.draft_bulletin(overseer, group, DAY)
    seen = {"digest": Bulletin.objects.get().digest}
    assert office.post(step("release"), seen).status_code == 409
    assert Bulletin.objects.get().released_at is None


def test_the_draft_warns_of_what_is_known_and_not_reported(
    response: Response,
    mill: Unit,
    port: Unit,
    clerk: Actor,
    principal: Actor,
    stranger: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    send(clerk, principal, mill)
    office = sign_in(overseer)
    assert "Known but not reported" not in office.get(PAGE).content.decode()
    typed(stranger, port, "close_contacts", 1)
    page = office.get(PAGE).content.decode()
    assert "Known but not reported" in page
    assert "1 (江海港务 1)" in page
    assert "has no numbers of yesterday either" in page
