"""Tables of Word papers: heads repeated on every page, rows in one piece, letters as in print."""

from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell, _Row

from lianfang.ground.papers import word
from lianfang.ground.papers.layout import Role, layout
from lianfang.ground.papers.sheet import Fit, Table

AIR_TWIPS = "57"  # 1 mm, as in print


def table(made: Word, told: Table) -> None:
    """Add a table: on a page of its own, on its long side where it is too wide."""
    fit, text = told.fit(), layout().text
    if fit.turned:
        word.turned(made)
    heading = word.line(made)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.page_break_before = told.fresh and not fit.turned
    word.run(heading, told.heading, Role.HEAD)
    _grid(made, told, fit)
    if told.note:
        note = word.line(made, pitch=text.narrow_pt * 1.4, before=4)
        word.run(note, told.note, size=text.narrow_pt)
    if fit.turned:
        word.upright(made)


def _grid(made: Word, told: Table, fit: Fit) -> None:
    page, text = layout().page, layout().text
    grid = made.add_table(rows=1 + len(told.rows), cols=len(told.heads))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _narrow(grid)
    room = page.turned_mm if fit.turned else page.block_mm
    widths = [Mm(share * room) for share in fit.shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for at, (row, texts) in enumerate(zip(grid.rows, [told.heads, *told.rows], strict=True)):
        row.height = Mm(text.row_mm if at else text.head_row_mm)
        _say_of(row, "w:cantSplit")
        strong = at == 0 or (told.sums and at == len(told.rows))
        # `row.cells` looks through the whole table each time; the row knows its own.
        cells = [_Cell(each, grid) for each in row._tr.tc_lst]  # noqa: SLF001 - no public way
        for place, (cell, value) in enumerate(zip(cells, texts, strict=True)):
            cell.width = widths[place]
            left = place == 0 and at > 0
            _cell(cell, value, fit.size_pt, Role.HEAD if strong else Role.BODY, left=left)
    _say_of(grid.rows[0], "w:tblHeader")


def _cell(cell: _Cell, text: str, size: float, role: Role, *, left: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_after, form.line_spacing = Pt(0), 1.0
    form.alignment = word.Align.LEFT if left else word.Align.CENTER
    word.run(paragraph, text, role, size)


def _narrow(grid: Grid) -> None:
    """Keep the numbers a little off the rules, and no more."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), AIR_TWIPS)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no public way to it


def _say_of(row: _Row, name: str) -> None:
    told = OxmlElement(name)
    told.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(told)  # noqa: SLF001 - it has no public name
