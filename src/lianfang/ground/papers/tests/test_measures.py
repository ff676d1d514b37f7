"""Papers laid on the table and measured in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from lianfang.ground.papers import official
from lianfang.ground.papers.layout import layout
from lianfang.ground.papers.official import Official, Table
from lianfang.ground.papers.setting import of_sheet, pdf, picture
from lianfang.ground.papers.sheet import Paragraph, Sheet, leveled
from lianfang.ground.papers.word_sheets import sheet as word

MILLIMETRE = 72 / 25.4
AT = datetime(2020, 1, 31, 9, tzinfo=UTC)
LINE = "各单位要严格落实疫情防控各项措施，做好人员排查和信息报送工作。"
BLOCK = (28, 210 - 26, 37, 297 - 35)
PITCH = 225 / 22
NAMES = ("企业", "日报", *(f"指标{n}" for n in range(10)))


@dataclass(frozen=True)
class Letter:
    """A letter on a page: its edges from the left and upper edge of the sheet."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def pages(made: bytes) -> list[list[Letter]]:
    document = pypdfium2.PdfDocument(made)
    return [_letters(page) for page in document]


def _letters(page: pypdfium2.PdfPage) -> list[Letter]:
    words, (_, height) = page.get_textpage(), page.get_size()
    found = []
    for at in range(words.count_chars()):
        text = words.get_text_range(at, 1).strip()
        if text:
            left, low, right, high = words.get_charbox(at)
            edges = (left, right, height - high, height - low)
            found.append(Letter(text, *(edge / MILLIMETRE for edge in edges)))
    return found


def baselines(page: list[Letter], text: str) -> list[float]:
    """Return where the lines stand that consist of Chinese letters of the text's size."""
    return sorted({round(each.bottom, 1) for each in page if each.text == text})


def strokes(made: bytes, page: int = 0) -> list[tuple[float, float, float]]:
    """Return the horizontal lines of a page: where, how long, from which edge."""
    sheet = pypdfium2.PdfDocument(made)[page]
    height = sheet.get_size()[1]
    found = []
    for each in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, low, right, high = each.get_bounds()
        if right - left > 100 * MILLIMETRE and high - low < 5:
            middle = height - (low + high) / 2
            told = (middle, right - left, left)
            found.append(tuple(part / MILLIMETRE for part in told))
    return sorted((at, long, left) for at, long, left in found)


def notice(**changed: object) -> Official:
    told = Official(
        mark="江海集团文件",
        number="江海防控办〔2020〕5号",
        title="关于做好疫情防控工作的通知",
        to="各企业",
        body=[LINE * 12, "一、加强领导", "（一）落实责任。各单位主要负责人负总责。"],
        issuer="江海集团",
        date="2020年1月31日",
        copies="市国资委",
        printed_by="江海集团办公室",
        printed_on="2020年1月31日",
    )
    return replace(told, **changed)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_an_official_paper_lies_in_the_text_block_of_the_standard(folder: Path) -> None:
    made = official.pdf(notice(body=[LINE * 40]), folder, AT)
    left, right, top, bottom = BLOCK
    for at, page in enumerate(pages(made)):
        size = pypdfium2.PdfDocument(made)[at].get_size()
        assert [round(side / MILLIMETRE) for side in size] == [210, 297]
        text = [each for each in page if each.bottom < bottom]
        assert min(each.left for each in text) >= left - 0.3
        assert max(each.right for each in text) <= right + 0.3
        assert min(each.top for each in text) >= top - 0.3


def test_a_page_holds_twenty_two_lines_of_twenty_eight_letters(folder: Path) -> None:
    made = official.pdf(notice(body=["防" * 28 * 80]), folder, AT)
    second = pages(made)[1]
    lines = baselines(second, "防")
    assert len(lines) == 22
    gaps = [after - before for before, after in pairwise(lines)]
    assert all(abs(gap - PITCH) < 0.15 for gap in gaps)
    row = [each for each in second if abs(each.bottom - lines[3]) < 0.2]
    assert len(row) == 28
    first = lines[0]
    assert 37 + PITCH / 2 < first < 37 + PITCH


def test_the_red_head_stands_where_the_standard_puts_it(folder: Path) -> None:
    made = official.pdf(notice(), folder, AT)
    page = pages(made)[0]
    mark = [each for each in page if each.text in "江海集团文件" and each.bottom - each.top > 8]
    assert len(mark) == 6
    assert abs(min(each.top for each in mark) - 72) < 1  # 35 mm below the block's upper edge
    number = [each for each in page if each.text in "〔〕"]
    line, *_ = strokes(made)
    assert abs(line[1] - 156) < 1.3  # with what the stroke adds at either end
    assert abs(line[2] - 28) < 0.7
    gap = line[0] - max(each.bottom for each in number)
    assert 4 <= gap <= 7.5  # the line is 4 mm below the number's line of 10.2 mm


def test_the_date_stands_four_letters_from_the_right_and_the_name_over_its_middle(
    folder: Path,
) -> None:
    page = pages(official.pdf(notice(), folder, AT))[-1]
    dated = [each for each in page if each.text in "2020年1月31日" and each.bottom < 245]
    last = max(each.bottom for each in dated)
    row = [each for each in page if abs(each.bottom - last) < 1.2 and each.bottom < 245]
    edge = max(each.right for each in row)
    assert abs(184 - 4 * 16 / MILLIMETRE - edge) < 1.5
    above = [each for each in page if PITCH - 1.5 < last - each.bottom < PITCH + 1.5]
    middle = (min(each.left for each in row) + edge) / 2
    assert abs((min(e.left for e in above) + max(e.right for e in above)) / 2 - middle) < 2


def test_the_foot_closes_the_block_between_lines(folder: Path) -> None:
    made = official.pdf(notice(), folder, AT)
    last = len(pages(made)) - 1
    *_, upper, middle, lower = strokes(made, last)
    assert abs(lower[0] - 262) < 1
    assert upper[0] < middle[0] < lower[0]
    assert all(abs(line[1] - 156) < 1.3 for line in (upper, middle, lower))


def test_page_numbers_stand_seven_millimetres_below_odd_right_even_left(folder: Path) -> None:
    made = official.pdf(notice(body=[LINE * 60]), folder, AT)
    for at, page in enumerate(pages(made), start=1):
        dashes = [each for each in page if each.text == "—" and each.top > 262]
        assert len(dashes) == 2
        assert abs(dashes[0].top - 269) < 1.2
        if at % 2:
            assert abs(max(each.right for each in dashes) - (184 - 14 / MILLIMETRE)) < 1.5
        else:
            assert abs(min(each.left for each in dashes) - (28 + 14 / MILLIMETRE)) < 1.5


def test_papers_that_go_upwards_name_who_approved_them(folder: Path) -> None:
    made = official.pdf(notice(approver="王彧"), folder, AT)
    text = "".join(each.text for each in pages(made)[0])
    assert "签发人：王彧" in text
    number = [each for each in pages(made)[0] if each.text == "〔"]
    assert number[0].left < 90


def test_word_has_the_same_block_pitch_and_size() -> None:
    made = Document(BytesIO(official.docx(notice())))
    section, page = made.sections[0], layout().page
    assert section.page_width is not None
    measured = [
        round(side.mm, 1)
        for side in (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        if side is not None
    ]
    assert measured == [page.top_mm, page.bottom_mm, page.left_mm, page.right_mm]
    body = next(each for each in made.paragraphs if each.text.startswith(LINE))
    spacing = body.paragraph_format.line_spacing
    assert spacing is not None
    assert round(getattr(spacing, "pt", 0), 2) == layout().text.pitch_pt
    assert body.runs[0].font.size is not None
    assert body.runs[0].font.size.pt == layout().text.size_pt
    assert made.settings.odd_and_even_pages_header_footer
    foot = made.tables[-1]
    assert [row.cells[0].text for row in foot.rows] == [
        "　抄送：市国资委。",
        "　江海集团办公室\t2020年1月31日印发",
    ]


def situation(rows: int, name: str = "江海面粉", remark: str = "") -> Sheet:
    table = Table(
        "附表：各企业主要指标",
        NAMES,
        [[name, "已收", *("1,234" for _ in range(10))] for _ in range(rows)]
        + [["集团合计", "", *("12,345" for _ in range(10))]],
        fresh=rows > 12,
    )
    return Sheet(
        title="江海集团疫情防控每日情况",
        issue="第 8 期",
        issuer="集团防控办",
        date="2020 年 1 月 31 日",
        body=[leveled("一、人员底数"), Paragraph(LINE), Paragraph(remark)],
        table=table,
        signed=["拟稿：周岚", "核稿：李㛃", "审签：王彧（代录：陈越）", "签发：孙喆"],
        sent=["报：集团防控工作领导小组", "送：各联系领导", "发：各企业"],
    )


def inside(made: bytes) -> None:
    for at, page in enumerate(pages(made)):
        width, height = (side / MILLIMETRE for side in pypdfium2.PdfDocument(made)[at].get_size())
        edges = (28, 26) if width < height else (37, 35)
        assert min(each.left for each in page) >= edges[0] - 0.3
        assert max(each.right for each in page) <= width - edges[1] + 0.3
        assert max(each.bottom for each in page) <= height - 15


def test_twenty_four_companies_fill_one_page_with_the_foot_under_them(folder: Path) -> None:
    made = pdf(of_sheet(situation(24), folder), AT)
    inside(made)
    assert len(pages(made)) == 2
    last = "".join(each.text for each in pages(made)[1])
    for told in ("集团合计", "签发：孙喆", "报：集团防控工作领导小组", "发：各企业"):
        assert told in last
    assert abs(strokes(made, 1)[-1][0] - 262) < 2


@pytest.mark.parametrize("rows", [0, 60])
def test_no_company_and_sixty_companies_stay_in_the_block(folder: Path, rows: int) -> None:
    made = pdf(of_sheet(situation(rows), folder), AT)
    inside(made)
    heads = ["".join(each.text for each in page).count("企业日报") for page in pages(made)]
    assert sum(heads) == (3 if rows else 1) or sum(heads) == 2
    assert len(Document(BytesIO(word(situation(rows)))).tables[0].rows) == rows + 2
    assert picture(of_sheet(situation(rows), folder, picture=True))


def test_a_long_name_breaks_in_its_column(folder: Path) -> None:
    name = "江海控股集团有限公司南方粮油食品批发市场管理分公司"
    made = pdf(of_sheet(situation(24, name), folder), AT)
    inside(made)
    fit = situation(24, name).table
    assert fit is not None
    assert not fit.fit().turned
    assert fit.fit().shares[0] < 0.35


def test_a_table_of_many_columns_lies_on_its_long_side(folder: Path) -> None:
    wide = Table("附表", [f"指标{n}" for n in range(20)], [["12,345"] * 20] * 3)
    told = replace(situation(1), table=wide)
    made = pdf(of_sheet(told, folder), AT)
    inside(made)
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(made)]
    assert any(width > height for width, height in sizes)
    turned = [each.orientation for each in Document(BytesIO(word(told))).sections]
    assert turned.count(WD_ORIENT.LANDSCAPE) == 1


def test_a_remark_of_five_thousand_letters_flows_over_its_pages(folder: Path) -> None:
    made = pdf(of_sheet(situation(24, remark="防控" * 2500), folder), AT)
    inside(made)
    text: Sequence[str] = [each.text for page in pages(made) for each in page]
    assert text.count("控") >= 2500
    assert len(pages(made)) >= 10


def test_the_text_of_own_papers_has_the_same_pitch_and_size(folder: Path) -> None:
    made = pdf(of_sheet(replace(situation(1), body=[Paragraph("防" * 28 * 6)]), folder), AT)
    lines = [at for at in baselines(pages(made)[0], "防") if 80 < at < 145]
    assert len(lines) == 6
    gaps = [after - before for before, after in pairwise(lines)]
    assert all(abs(gap - PITCH) < 0.15 for gap in gaps)
    title = [each for each in pages(made)[0] if each.bottom - each.top > 7]
    assert abs(min(each.top for each in title) - 37) < 1
