"""A paper is set from data, with the faces of the house, and says which characters it lacks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from lianfang.ground.papers import faces as papers_faces
from lianfang.ground.papers.faces import NoFaces, faces
from lianfang.ground.papers.layout import Role
from lianfang.ground.papers.setting import of_sample, of_sheet, pdf, picture
from lianfang.ground.papers.sheet import Paragraph, Sheet, Table
from lianfang.ground.papers.word_sheets import sheet as word

AT = datetime(2020, 1, 31, 9, tzinfo=UTC)
RARE = "张喆、王珺、李翀、赵堃、钱昇、孙㛃、周䶮、吴彧、阿不都·热合曼、García"
FORBIDDEN = 2  # OS/2 fsType: restricted licence embedding
UNDRAWN = "𠮷𨭎😀"


def paper(*texts: str, table: Table | None = None) -> Sheet:
    return Sheet(
        title="每日情况", body=[Paragraph(text) for text in texts], table=table, lacking="缺字："
    )


def text_of(made: bytes) -> str:
    pages = pypdfium2.PdfDocument(made)
    text = "".join(str(page.get_textpage().get_text_range()) for page in pages)
    return text.replace("\r\n", "")


def face_file(name: str, letters: str, rights: int) -> bytes:
    """Draw a face that has nothing but some letters, each a box."""
    drawn = {".notdef": None, **{f"g{ord(one):x}": one for one in letters}}
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(list(drawn))
    made.setupCharacterMap({ord(one): glyph for glyph, one in drawn.items() if one})
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    made.setupGlyf(dict.fromkeys(drawn, pen.glyph()))
    made.setupHorizontalMetrics(dict.fromkeys(drawn, (1000, 100)))
    made.setupHorizontalHeader(ascent=880, descent=-120)
    names = {"familyName": name, "styleName": "Regular", "psName": name, "fullName": name}
    made.setupNameTable({**names, "licenseDescription": "bought"})
    made.setupOS2(sTypoAscender=880, fsType=rights)
    made.setupPost()
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def own_face(folder: Path, name: str, letters: str, rights: int = 0) -> Path:
    own = folder / "fonts"
    own.mkdir(exist_ok=True)
    (own / f"{name}.ttf").write_bytes(face_file(name, letters, rights))
    return own


def words_of(made: Sequence[object]) -> list[str]:
    return [str(getattr(each, "word", "")) for each in made]


def test_rare_names_are_drawn(tmp_path: Path) -> None:
    setting = of_sheet(paper(RARE), tmp_path)
    assert setting.missing == []
    assert RARE in text_of(pdf(setting, AT)).replace(" ", "")


def test_what_no_face_draws_is_marked_and_named_with_its_word(tmp_path: Path) -> None:
    setting = of_sheet(paper("到会：吉田𠮷、李𨭎华。", "好😀"), tmp_path)
    assert [(lack.letter, lack.code, lack.word) for lack in setting.missing] == [
        ("𠮷", "U+20BB7", "吉田𠮷"),
        ("𨭎", "U+28B4E", "李𨭎华"),
        ("😀", "U+1F600", "好😀"),
    ]
    printed = text_of(pdf(setting, AT))
    for told in (
        "到会：吉田〓、李〓华。",
        "缺字：吉田〓（〓 U+20BB7）",
        "李〓华（〓 U+28B4E）",
        "好〓",
    ):
        assert told in printed
    whole = "".join(each.text for each in Document(BytesIO(word(paper(UNDRAWN)))).paragraphs)
    assert UNDRAWN in whole  # the reader's own machine may well have them


def test_what_leaves_no_ink_is_no_lack(tmp_path: Path) -> None:
    joined = "葛\U000e0100城\ufe0f\u200d，\u0007完"
    setting = of_sheet(paper(joined), tmp_path)
    assert setting.missing == []
    assert "葛城，完" in text_of(pdf(setting, AT))
    assert word(paper(joined))


def test_what_somebody_typed_is_no_program(tmp_path: Path) -> None:
    typed = '#read("/etc/passwd") #panic() $x$ *bold* \\ // "quoted"'
    assert typed in text_of(pdf(of_sheet(paper(typed), tmp_path), AT))


def test_the_same_paper_is_the_same_file(tmp_path: Path) -> None:
    setting = of_sheet(paper("同一份"), tmp_path)
    assert pdf(setting, AT) == pdf(setting, AT)
    shown = of_sheet(paper("同一份"), tmp_path, picture=True)
    assert picture(shown)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_face_of_ones_own_serves_the_part_that_asks_for_it(tmp_path: Path) -> None:
    own = own_face(tmp_path, "FZXiaoBiaoSong-B05S", "每日情况")
    found = faces(own)
    title, text = found.chosen[Role.TITLE], found.chosen[Role.BODY]
    assert (title.own, title.family, title.file) == (
        True,
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05S.ttf",
    )
    assert title.licence == "bought"
    assert (text.own, text.family) == (False, "Noto Serif SC")
    assert picture(of_sample(Role.TITLE, "每日情况", own))


def test_a_face_that_must_not_be_laid_into_documents_serves_nothing(tmp_path: Path) -> None:
    own = own_face(tmp_path, "SimHei", "一", FORBIDDEN)
    found = faces(own)
    assert (list(found.forbidden), found.chosen[Role.HEAD].own) == (["SimHei.ttf"], False)
    assert text_of(pdf(of_sheet(paper("一"), own), AT))


def test_a_face_that_nothing_asks_for_draws_what_all_others_lack(tmp_path: Path) -> None:
    own = own_face(tmp_path, "Rare", "𠮷")
    assert list(faces(own).unused) == ["Rare.ttf"]
    setting = of_sheet(paper("吉田𠮷、李𨭎华"), own)
    assert words_of(setting.missing) == ["李𨭎华"]
    assert "吉田𠮷" in text_of(pdf(setting, AT))


def test_a_broken_face_of_ones_own_is_passed_over_and_named(tmp_path: Path) -> None:
    own = own_face(tmp_path, "SimHei", "一")
    whole = (own / "SimHei.ttf").read_bytes()
    (own / "broken.ttf").write_bytes(b"no font")
    (own / "half.ttf").write_bytes(whole[: len(whole) // 2])
    (own / "read me.txt").write_text("no font either")
    assert "照样成文" in text_of(pdf(of_sheet(paper("照样成文"), own), AT))
    assert list(faces(own).damaged) == ["broken.ttf", "half.ttf"]
    assert faces(own).chosen[Role.HEAD].own


def test_without_any_face_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(papers_faces, "HERE", tmp_path / "nowhere")
    with pytest.raises(NoFaces):
        faces(tmp_path)
