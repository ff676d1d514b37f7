"""The daily situation as PDF, workbook and long picture, measured as it lies on the table."""

from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import services
from lianfang.rollup.reports.tests.conftest import DAY, SignIn

MILLIMETRE = 72 / 25.4
LEFT, RIGHT, TOP = 28, 210 - 26, 297 - 37


def step(name: str) -> str:
    return reverse(f"reports:bulletin_{name}", args=[DAY])


@pytest.fixture
def made(response: Response, mill: Unit, group: Unit, overseer: Actor) -> Unit:
    services.draft_bulletin(overseer, group, DAY, "=1+1 王㛃 #panic()")
    return mill


def test_the_printed_page_lies_in_the_text_block(
    made: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    answer = sign_in(overseer, "zh-hans").get(step("pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert "每日情况-2020-01-31.pdf" in unquote(answer.headers["Content-Disposition"])
    document = pypdfium2.PdfDocument(answer.content)
    for page in document:
        assert [round(side / MILLIMETRE) for side in page.get_size()] == [210, 297]
        words = page.get_textpage()
        boxes = [
            [edge / MILLIMETRE for edge in words.get_charbox(at)]
            for at in range(words.count_chars())
            if words.get_text_range(at, 1).strip()
        ]
        assert min(box[0] for box in boxes) >= LEFT - 0.5
        assert max(box[2] for box in boxes) <= RIGHT + 0.5
        assert max(box[3] for box in boxes) <= TOP + 0.5
    first = document[0].get_textpage()
    assert first.count_chars()
    whole = "".join(page.get_textpage().get_text_range() for page in document)
    for told in ("疫情防控每日情况", "（草稿）", "江海面粉", "拟稿", "=1+1 王㛃 #panic()"):
        assert told in whole


def test_the_workbook_keeps_numbers_as_numbers_and_texts_as_texts(
    made: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    answer = sign_in(overseer, "en").get(step("xlsx"))
    book = openpyxl.load_workbook(BytesIO(answer.content))
    text, group, units = book.worksheets
    typed = [cell for (cell,) in text.iter_rows(max_col=1) if "=1+1" in str(cell.value)]
    assert [cell.data_type for cell in typed] == ["s"]
    heads = [cell.value for cell in group[1]]
    assert heads[2:] == ["Today", "Yesterday", "Change"]
    assert all(
        isinstance(value, int | float | None)
        for _, _, *values in group.iter_rows(min_row=2, values_only=True)
        for value in values
    )
    assert "江海面粉" in [row[0] for row in units.iter_rows(min_row=2, values_only=True)]


def test_the_long_picture_is_made_for_a_telephone(
    made: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    picture = sign_in(overseer, "zh-hans").get(step("png")).content
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert width == 1181
    assert height > width


def test_a_clerk_is_handed_none_of_them(response: Response, clerk: Actor, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    for kind in ("docx", "pdf", "xlsx", "png"):
        assert client.get(step(kind)).status_code == 404
