"""The daily situation as a Word document: a numbers paper with a head of its own, no 公文."""

from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lianfang.rollup.reports.rules.table import Grid, widths
from lianfang.rollup.reports.rules.wording import Paper

RED = RGBColor(0xC0, 0x1A, 0x1A)
#: The text block of official papers (GB/T 9704-2012, 5.2.1): 156 by 225 mm, 22 lines a page.
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
WIDTH_MM = 210 - MARGINS["left_margin"] - MARGINS["right_margin"]
TITLE, HEADING, BODY, KAI = "方正小标宋简体", "黑体", "仿宋", "楷体"
LATIN, PAGE_NUMBER = "Times New Roman", "宋体"
#: Sizes in points: the text is size three (三号), a line 10.23 mm high, indented by two characters.
TEXT_PT, PITCH_PT, TABLE_PT, NOTE_PT = 16, 29, 10.5, 12
INDENT = Pt(2 * TEXT_PT)


def document(paper: Paper, grid: Grid, signatures: str, state: str) -> bytes:
    """Write the paper as a .docx; `state` stands in the head of one that is not released."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, millimetres in MARGINS.items():
        setattr(section, side, Mm(millimetres))
    _normal(made)
    _head(made, paper, state)
    for text in paper.opening:
        _body(made, text)
    for part in paper.sections:
        _level(made, part.heading)
        for text in part.paragraphs:
            _body(made, text)
    _table(made, grid)
    _foot(made, paper, signatures)
    _page_numbers(section)
    made.core_properties.title = f"{paper.title} {paper.date}"
    made.core_properties.author = paper.office
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _normal(made: Word) -> None:
    style = made.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(TEXT_PT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)


def _run(
    paragraph: Paragraph, text: str, font: str, size: float, colour: RGBColor | None = None
) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), LATIN
    told = run._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no public way to it
    told.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _line(made: Word, text: str, font: str, size: float, *, before: float = 0) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, text, font, size)
    return paragraph


def _level(made: Word, text: str) -> Paragraph:
    """Write a head of the first level: 一、 in 黑体, indented, on one page with what follows it.

    It is bold too: telephones and other systems have neither 黑体 nor 仿宋 to tell heads by.
    """
    paragraph = _text(made, text, HEADING)
    paragraph.runs[0].font.bold = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _head(made: Word, paper: Paper, state: str) -> None:
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(8)
    _run(title, paper.title, TITLE, 24, RED)
    issue = made.add_paragraph()
    issue.alignment = WD_ALIGN_PARAGRAPH.CENTER
    issue.paragraph_format.space_after = Pt(10)
    _run(issue, f"{paper.issue}{state}", KAI, 14)
    line = made.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    line.paragraph_format.space_after = Pt(12)
    _run(line, f"{paper.office}\t{paper.date}", BODY, 14)
    _rule(line, "C01A1A", 12)


def _body(made: Word, text: str) -> None:
    _text(made, text, BODY).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _text(made: Word, text: str, font: str) -> Paragraph:
    """Write a paragraph of the text: its first line indented, every line as high as the next."""
    paragraph = made.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = INDENT, Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH_PT)
    _run(paragraph, text, font, TEXT_PT)
    return paragraph


def _table(made: Word, grid: Grid) -> None:
    _level(made, grid.heading).paragraph_format.first_line_indent = Pt(0)
    table = made.add_table(rows=1, cols=len(grid.heads))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow(table)
    columns = [Mm(share * WIDTH_MM) for share in widths(grid)]
    for told, width in zip(table.columns, columns, strict=True):
        told.width = width
    for row, texts in enumerate([grid.heads, *grid.rows]):
        line = table.rows[0] if row == 0 else table.add_row()
        line.height = Mm(7 if row else 9)
        _whole(line)
        for column, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            cell.width = columns[column]
            _cell(cell, text, left=column == 0 and row > 0, head=row == 0)
    _repeat(table.rows[0])
    if grid.note:
        _line(made, grid.note, BODY, TABLE_PT, before=4)


def _narrow(table: Table) -> None:
    """Keep the numbers a little off the rules, and no more."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no public way to it


def _cell(cell: _Cell, text: str, *, left: bool, head: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, HEADING if head else BODY, TABLE_PT)


def _repeat(row: _Row) -> None:
    """Repeat the column heads on every page."""
    _say_of(row, "w:tblHeader")


def _whole(row: _Row) -> None:
    """Keep a row in one piece."""
    _say_of(row, "w:cantSplit")


def _say_of(row: _Row, name: str) -> None:
    told = OxmlElement(name)
    told.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(told)  # noqa: SLF001 - it has no public name


def _foot(made: Word, paper: Paper, signatures: str) -> None:
    names = _line(made, signatures, KAI, NOTE_PT, before=12)
    names.paragraph_format.keep_with_next = True
    _rule(names, "000000", 6)
    _line(made, paper.foot, BODY, NOTE_PT)


def _rule(paragraph: Paragraph, colour: str, eighths: int) -> None:
    """Draw a line under a paragraph."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    told = {"val": "single", "sz": str(eighths), "space": "4", "color": colour}
    for key, value in told.items():
        bottom.set(qn(f"w:{key}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - no public way


def _page_numbers(section: Section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", PAGE_NUMBER, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", PAGE_NUMBER, 14)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run.element.append(mark)
    _run(paragraph, " —", PAGE_NUMBER, 14)
