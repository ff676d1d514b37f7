"""The parts of which our Word papers are put together, by the same measures as print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lianfang.ground.papers.lacking import written
from lianfang.ground.papers.layout import Role, layout
from lianfang.ground.papers.sheet import Paragraph as Told

LATIN = "Times New Roman"
EIGHTHS, TWIPS = 8, 20
#: What stands between the text and a foot that begins with names.
FOOT_GAP_PT = 8
Align = WD_ALIGN_PARAGRAPH
RIGHT_TAB = WD_TAB_ALIGNMENT.RIGHT


def begun(title: str, author: str) -> Word:
    """Begin a paper: A4, the text block, and the letters of the text."""
    made = Document()
    _paper(made.sections[0])
    text = layout().text
    style = made.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(text.size_pt)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), layout().faces[Role.BODY].word)
    style.element.rPr.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    made.core_properties.title, made.core_properties.author = written(title), written(author)
    return made


def ended(made: Word) -> bytes:
    """Return the paper as a file."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def run(
    paragraph: Paragraph,
    text: str,
    role: Role = Role.BODY,
    size: float | None = None,
    colour: str = "",
) -> Run:
    """Add a piece of text in the face of a role."""
    size = size or layout().text.size_pt
    added = paragraph.add_run(written(text))
    added.font.size, added.font.name = Pt(size), LATIN
    told = added._r.get_or_add_rPr()  # noqa: SLF001 - python-docx has no public way to it
    told.get_or_add_rFonts().set(qn("w:eastAsia"), layout().faces[role].word)
    if size == layout().text.size_pt:
        spacing = element("w:spacing", val=round(layout().text.tracking_pt * TWIPS))
        told.find(qn("w:sz")).addprevious(spacing)
    if colour:
        added.font.color.rgb = RGBColor.from_string(colour)
    # Telephones and other systems have neither 小标宋 nor 黑体 to tell titles and heads by.
    added.font.bold = role in {Role.TITLE, Role.HEAD} or None
    return added


def line(
    made: Word, *, align: Align | None = None, pitch: float | None = None, before: float = 0
) -> Paragraph:
    """Add an empty paragraph whose lines are exactly as high as told, by default as the text's."""
    paragraph = made.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.alignment = Pt(before), Pt(0), align
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(pitch or layout().text.pitch_pt)
    return paragraph


def body(made: Word, told: Told) -> Paragraph:
    """Add a paragraph of the text: indented, its head in the face of its level."""
    text = layout().text
    paragraph = line(made, align=Align.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Pt(2 * (text.size_pt + text.tracking_pt))
    if told.head:
        run(paragraph, told.head, Role.HEAD if told.level == 1 else Role.KAI)
    if told.rest:
        run(paragraph, told.rest)
    elif told.level:
        paragraph.alignment = Align.LEFT
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def rule(paragraph: Paragraph, points: float, colour: str, space: float) -> None:
    """Draw a line under a paragraph, so many points below it."""
    told = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way
    borders = told.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        told.insert_element_before(borders, *AFTER_BORDERS)
    borders.append(
        element(
            "w:bottom",
            val="single",
            sz=round(points * EIGHTHS),
            space=round(space),
            color=colour,
        )
    )


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line at the foot of a paper, with what is ruled over and under it, in points."""

    text: str
    size: float
    role: Role = Role.BODY
    over: float = 0
    under: float = 0
    right: bool = False


def at_foot(made: Word, lines: Sequence[FootLine], pitch: float) -> None:
    """Let lines stand at the foot of the text block, on the page where the text ends."""
    if not lines:
        return
    grid = made.add_table(rows=len(lines), cols=1)
    grid.autofit = False
    told_of = grid._tbl.tblPr  # noqa: SLF001 - python-docx has no public way to it
    told_of.insert(
        1 if told_of.find(qn("w:tblStyle")) is not None else 0,
        element("w:tblpPr", vertAnchor="margin", horzAnchor="margin", tblpX=1, tblpYSpec="bottom"),
    )
    for row, told in zip(grid.rows, lines, strict=True):
        cell = row.cells[0]
        cell.width = Mm(layout().page.block_mm)
        _ruled(cell, told)
        paragraph = cell.paragraphs[0]
        form = paragraph.paragraph_format
        form.space_after, form.line_spacing = Pt(0), Pt(pitch)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.alignment = Align.RIGHT if told.right else None
        form.keep_with_next = told is not lines[-1]
        form.space_before = Pt(FOOT_GAP_PT if told is lines[0] and not told.over else 0)
        form.tab_stops.add_tab_stop(Mm(layout().page.block_mm) - Pt(2 * told.size), RIGHT_TAB)
        run(paragraph, told.text, told.role, told.size)
    line(made, pitch=1)


def _ruled(cell: _Cell, told: FootLine) -> None:
    borders = OxmlElement("w:tcBorders")
    for side, points in (("top", told.over), ("bottom", told.under)):
        if points:
            stroke = round(points * EIGHTHS)
            borders.append(element(f"w:{side}", val="single", sz=stroke, color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - no public way


def numbered(made: Word, *, sides: bool) -> None:
    """Give pages numbers: in the middle, or odd ones at the right and even ones at the left."""
    section = made.sections[0]
    drop, page = layout().told["page_number"]["drop_mm"], layout().page
    small = layout().text.small_pt
    section.footer_distance = Mm(page.bottom_mm - drop) - Pt(small)
    made.settings.odd_and_even_pages_header_footer = sides
    _number(section.footer.paragraphs[0], Align.RIGHT if sides else Align.CENTER)
    if sides:
        _number(section.even_page_footer.paragraphs[0], Align.LEFT)


def turned(made: Word) -> Section:
    """Begin a page that lies on its long side."""
    section: Section = made.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    page = layout().page
    section.page_width, section.page_height = Mm(page.height_mm), Mm(page.width_mm)
    section.left_margin, section.right_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.top_margin, section.bottom_margin = Mm(page.left_mm), Mm(page.right_mm)
    return section


def upright(made: Word) -> Section:
    """Go on with upright pages."""
    section: Section = made.add_section()
    section.orientation = WD_ORIENT.PORTRAIT
    _paper(section)
    return section


def _paper(section: Section) -> None:
    page = layout().page
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)


def _number(paragraph: Paragraph, align: Align) -> None:
    small = layout().text.small_pt
    form = paragraph.paragraph_format
    form.alignment = align
    if align is not Align.CENTER:
        form.left_indent = form.right_indent = Pt(small)
    run(paragraph, "— ", Role.SONG, small)
    for kind in ("begin", "", "end"):
        field = run(paragraph, "", Role.SONG, small)
        mark = element("w:fldChar", fldCharType=kind) if kind else OxmlElement("w:instrText")
        if not kind:
            mark.text = "PAGE"
        field.element.append(mark)
    run(paragraph, " —", Role.SONG, small)


def element(name: str, **told: object) -> BaseOxmlElement:
    """Make a piece of the file that python-docx has no name for."""
    made: BaseOxmlElement = OxmlElement(name)
    values: Mapping[str, object] = told
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


#: What comes after borders in the order of a paragraph's properties.
AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
