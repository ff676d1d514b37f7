"""What Word reads in the order of its schema stands in that order."""

from docx.oxml.ns import qn

from lianfang.ground.papers import word
from lianfang.ground.papers.layout import layout

ORDER = ("w:rFonts", "w:b", "w:color", "w:spacing", "w:sz")


def test_the_pitch_of_letters_stands_before_their_size() -> None:
    made = word.run(
        word.line(word.begun("题目", "集团")), "正文", size=layout().text.size_pt, colour="C00000"
    )
    tags = [each.tag for each in made._r.get_or_add_rPr()]  # noqa: SLF001 - python-docx has no public way to it
    found = [name for name in ORDER if qn(name) in tags]
    assert [tags.index(qn(name)) for name in found] == sorted(tags.index(qn(n)) for n in found)
    assert {"w:spacing", "w:sz"} <= set(found)
