"""A unit's daily report as text for a chat group, as Word, PDF and picture."""

from io import BytesIO
from urllib.parse import unquote

import pypdfium2
from django.urls import reverse
from docx import Document

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.queries.unit_papers import unit_chat
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, send, typed


def address(name: str, unit: Unit) -> str:
    return reverse(f"reports:{name}", args=[DAY, unit.code])


def test_a_report_is_copied_into_the_chat_as_text(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, sign_in: SignIn
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    services.write(clerk, mill, DAY, "一名职工由疾控认定为密接", "请协调口罩", zero=False)
    draft = unit_chat(clerk, queries.standing(clerk, mill, DAY), "zh-hans")
    assert "（草稿，尚未报送）" in draft.splitlines()[0]
    send(clerk, principal, mill)
    told = unit_chat(clerk, queries.standing(clerk, mill, DAY), "zh-hans")
    assert told.splitlines()[0] == "【江海面粉日报】2020 年 1 月 31 日，数据截至 15:20（已报送）"
    assert "密接 2" in told
    assert "新情况：一名职工由疾控认定为密接" in told
    assert "需协调：请协调口罩" in told
    last = told.splitlines()[-1]
    assert last.startswith("填报人：")
    assert "负责人：" in last
    page = sign_in(clerk, "zh-hans").get(address("chat", mill)).content.decode()
    assert "复制文字" in page
    assert "下载图片" in page
    assert "密接 2" in page


def test_a_number_that_moved_after_sending_is_said(
    response: Response, mill: Unit, clerk: Actor, principal: Actor
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    send(clerk, principal, mill)
    typed(clerk, mill, "close_contacts", 3)
    told = unit_chat(clerk, queries.standing(clerk, mill, DAY), "zh-hans")
    assert "报送后数字有变动" in told.splitlines()[0]


def test_word_print_and_picture_carry_figures_and_signatures(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, sign_in: SignIn
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    send(clerk, principal, mill)
    client = sign_in(clerk, "zh-hans")
    answer = client.get(address("unit_pdf", mill))
    assert "日报-江海面粉-2020-01-31.pdf" in unquote(answer.headers["Content-Disposition"])
    pages = pypdfium2.PdfDocument(answer.content)
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    made = Document(BytesIO(client.get(address("unit_docx", mill)).content))
    written = "\n".join(
        [each.text for each in made.paragraphs]
        + [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    )
    for told in (
        "江海面粉疫情防控日报",
        "第 1 版（已报送）",
        "密切接触者",
        "填报人：",
        "审核人：",
        "负责人：",
    ):
        assert told in printed.replace("\r\n", "")
        assert told in written
    assert client.get(address("unit_png", mill)).content[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_stranger_is_handed_none(
    response: Response, mill: Unit, stranger: Actor, sign_in: SignIn
) -> None:
    client = sign_in(stranger)
    for name in ("chat", "unit_docx", "unit_pdf", "unit_png"):
        assert client.get(address(name, mill)).status_code == 404
