"""A paper is set from data, with the faces of the house, and says which characters it lacks."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from lianfang.ground.papers import faces as papers_faces
from lianfang.ground.papers.faces import NoFaces, faces
from lianfang.ground.papers.setting import Setting, pdf, picture

AT = datetime(2020, 1, 31, 9, tzinfo=UTC)
TEMPLATE = """
#let told = json(bytes(sys.inputs.told))
#set page(width: 100mm, height: 40mm, margin: 10mm)
#set text(font: "Noto Serif SC", size: 12pt)
#set smartquote(enabled: false)
#told.text
#told.missing.join(" ")
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    place = tmp_path / "paper.typ"
    place.write_text(TEMPLATE, encoding="utf-8")
    return place


def text_of(made: bytes) -> str:
    text = str(pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range())
    return text.replace("\r\n", "")


def test_a_rare_name_is_drawn(template: Path, tmp_path: Path) -> None:
    name = "张喆、王珺、李翀、赵堃、钱昇、孙㛃"
    setting = Setting(template, {"text": name}, tmp_path)
    assert setting.missing == []
    assert name in text_of(pdf(setting, AT))


def test_a_character_that_no_face_draws_is_named(template: Path, tmp_path: Path) -> None:
    setting = Setting(template, {"text": "王𪚥", "more": [{"deep": "𪚥"}]}, tmp_path)
    assert setting.missing == ["𪚥"]


def test_what_somebody_typed_is_no_program(template: Path, tmp_path: Path) -> None:
    typed = '#read("/etc/passwd") #panic() $x$ *bold* \\ // "quoted"'
    assert typed in text_of(pdf(Setting(template, {"text": typed}, tmp_path), AT))


def test_the_same_paper_is_the_same_file(template: Path, tmp_path: Path) -> None:
    setting = Setting(template, {"text": "同一份"}, tmp_path)
    assert pdf(setting, AT) == pdf(setting, AT)
    assert picture(setting)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_broken_face_of_ones_own_is_passed_over(template: Path, tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    (own / "broken.ttf").write_bytes(b"no font")
    (own / "read me.txt").write_text("no font either")
    assert text_of(pdf(Setting(template, {"text": "照样成文"}, own), AT)).startswith("照样成文")


def test_without_any_face_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(papers_faces, "HERE", tmp_path / "nowhere")
    with pytest.raises(NoFaces):
        faces(tmp_path)
