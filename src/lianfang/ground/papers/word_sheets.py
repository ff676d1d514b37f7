"""Whole papers as Word documents: those with a head of their own, and official papers."""

from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from lianfang.ground.papers import word
from lianfang.ground.papers.layout import POINTS_A_MM, Role, layout
from lianfang.ground.papers.sheet import Official, Sheet, leveled
from lianfang.ground.papers.word import Align, FootLine, line, rule, run
from lianfang.ground.papers.word_tables import table

GAP = "　　"


def sheet(told: Sheet) -> bytes:
    """Write a paper with a head of its own as a .docx."""
    made = word.begun(f"{told.title} {told.date}", told.issuer)
    _own_head(made, told)
    for each in told.body:
        word.body(made, each)
    if told.table is not None:
        table(made, told.table)
    _own_foot(made, told)
    word.numbered(made, sides=False)
    return word.ended(made)


def official(told: Official) -> bytes:
    """Write an official paper (GB/T 9704-2012) as a .docx."""
    made = word.begun(told.title, told.issuer or told.mark)
    _official_head(made, told)
    if told.to:
        run(line(made), f"{told.to}：")
    for text in told.body:
        word.body(made, leveled(text))
    _attachments(made, told)
    _signed(made, told)
    if told.note:
        word.body(made, leveled(f"（{told.note}）"))
    if told.table is not None:
        table(made, told.table)
    _official_foot(made, told)
    word.numbered(made, sides=True)
    return word.ended(made)


def _own_head(made: Word, told: Sheet) -> None:
    own, text = layout().own, layout().text
    size = layout().mark_pt("own", told.title)
    run(
        line(made, align=Align.CENTER, pitch=size * 1.25),
        told.title,
        Role.TITLE,
        size,
        layout().red,
    )
    if told.issue:
        run(line(made, align=Align.CENTER, before=8), told.issue, Role.KAI)
    beside = line(made, before=4)
    _at_right_edge(beside)
    run(beside, f"{told.issuer}\t{told.date}", size=text.small_pt)
    beside.paragraph_format.space_after = Pt(10)
    rule(beside, own["line_pt"], layout().red, 1)
    if told.heading:
        heading = line(made, align=Align.CENTER, pitch=33, before=10)
        heading.paragraph_format.space_after = Pt(12)
        run(heading, told.heading, Role.TITLE, text.title_pt)


def _own_foot(made: Word, told: Sheet) -> None:
    own, thick, small = layout().own, layout().official["thick_pt"], layout().text.small_pt
    lines = []
    lines += [FootLine(text, own["signed_pt"], Role.KAI) for text in _packed(told.signed)]
    last = len(told.sent) - 1
    for at, text in enumerate(told.sent):
        over, under = (thick if at == 0 else 0), (thick if at == last else 0)
        lines.append(FootLine(f"　{text}", small, over=over, under=under))
    if told.printed:
        lines.append(FootLine(told.printed, small, right=True))
    word.at_foot(made, lines, own["foot_pitch_pt"])


def _packed(items: Sequence[str]) -> Sequence[str]:
    """Put as many names on a line as it holds whole; none is torn."""
    room = layout().page.block_mm * POINTS_A_MM / layout().own["signed_pt"] - 1
    lines: list[str] = []
    for item in items:
        joined = f"{lines[-1]}{GAP}{item}" if lines else item
        if lines and _wide(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(item)
    return lines


def _official_head(made: Word, told: Official) -> None:
    off, text = layout().official, layout().text
    above = [each for each in (told.secrecy, told.urgency) if each]
    for each in above:
        run(line(made, align=Align.LEFT), each, Role.HEAD)
    size = layout().mark_pt("official", told.mark)
    drop = off["mark_drop_mm"] * POINTS_A_MM - len(above) * text.pitch_pt
    # Word lets a paragraph at the head of a page have no room before it: an empty line has it.
    line(made, pitch=drop)
    run(
        line(made, align=Align.CENTER, pitch=size * 1.15), told.mark, Role.TITLE, size, layout().red
    )
    for _ in range(int(off["mark_gap_lines"])):
        line(made)
    number = line(made, align=None if told.approver else Align.CENTER)
    run(number, f"　{told.number}" if told.approver else told.number)
    if told.approver:
        _at_right_edge(number, text.size_pt)
        run(number, "\t签发人：")
        run(number, told.approver, Role.KAI)
    rule(number, off["line_pt"], layout().red, off["line_drop_mm"] * POINTS_A_MM - 6)
    for _ in range(2):
        line(made)
    for part in told.title.splitlines():
        run(line(made, align=Align.CENTER, pitch=34), part, Role.TITLE, text.title_pt)
    line(made)


def _attachments(made: Word, told: Official) -> None:
    if not told.attachments:
        return
    size = layout().text.size_pt
    line(made)
    many = len(told.attachments) > 1
    for at, each in enumerate(told.attachments):
        paragraph = line(made)
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Pt(5 * size), Pt(-3 * size if at == 0 else 0)
        name = f"{at + 1}.{each}" if many else each
        run(paragraph, f"附件：{name}" if at == 0 else name)


def _signed(made: Word, told: Official) -> None:
    """Close the text: the date four characters from the right, the issuer centred over it."""
    if not told.issuer and not told.date:
        return
    size = layout().text.size_pt
    name, day = len(told.issuer) * size, _wide(told.date) * size
    inset = max(4 * size, 2 * size + (name - day) / 2)
    line(made)
    line(made)
    for text, right in ((told.issuer, max(inset + day / 2 - name / 2, 0)), (told.date, inset)):
        paragraph = line(made, align=Align.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(right)
        paragraph.paragraph_format.keep_with_next = text == told.issuer
        run(paragraph, text)


def _official_foot(made: Word, told: Official) -> None:
    thick, thin = layout().official["thick_pt"], layout().official["thin_pt"]
    small = layout().text.small_pt
    lines = []
    if told.copies:
        under = thin if told.printed_by else thick
        lines.append(FootLine(f"　抄送：{told.copies}。", small, over=thick, under=under))
    if told.printed_by:
        text = f"　{told.printed_by}\t{told.printed_on}印发"
        over = 0 if told.copies else thick
        lines.append(FootLine(text, small, over=over, under=thick))
    word.at_foot(made, lines, 24)


def _at_right_edge(paragraph: Paragraph, off: float = 0) -> None:
    edge = Mm(layout().page.block_mm) - Pt(off)
    paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)


def _wide(text: str) -> float:
    """Return how many characters wide a text is; digits and Latin are halves."""
    return sum(0.5 if one.isascii() else 1 for one in text)
