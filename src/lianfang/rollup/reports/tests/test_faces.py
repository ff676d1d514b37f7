"""The screen of typefaces, and a paper whose names no typeface draws."""

from pathlib import Path

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument
from pytest_django import Settings

from lianfang.ground.orgs.models import Unit
from lianfang.ground.papers.tests.test_setting import own_face
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import services
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, send
from lianfang.rollup.reports.tests.test_commands import run


def test_the_office_sees_which_face_serves_which_part(
    overseer: Actor, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    own = own_face(tmp_path, "SimHei", "一")
    (own / "damaged.ttf").write_bytes(b"no font")
    own_face(tmp_path, "KaiTi", "一", 2)
    client = sign_in(overseer, "zh-hans")
    page = client.get(reverse("reports:faces")).content.decode()
    for told in (
        "SimHei.ttf",
        "免费字体代用",
        "damaged.ttf",
        "KaiTi.ttf",
        "bought",
        "方正小标宋简体",
    ):
        assert told in page
    sample = client.get(reverse("reports:face_head"))
    assert sample.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_clerk_has_no_business_there(clerk: Actor, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    assert client.get(reverse("reports:faces")).status_code == 404
    assert client.get(reverse("reports:face_head")).status_code == 404


def test_the_page_names_the_letter_that_no_face_has(
    response: Response, group: Unit, mill: Unit, overseer: Actor, sign_in: SignIn
) -> None:
    services.draft_bulletin(overseer, group, DAY, "王𪚥已返温。")
    address = reverse("reports:bulletin", args=[DAY])
    page = sign_in(overseer, "zh-hans").get(address).content.decode()
    assert "“王𪚥已返温”中的“𪚥”（U+2A6A5）" in page


def test_the_command_names_the_letter_and_writes_the_paper_all_the_same(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    services.write(clerk, mill, DAY, "吉田𠮷已联系上", "", zero=False)
    send(clerk, principal, mill)
    out = tmp_path / "day.pdf"
    assert run("bulletin", "--day", "2020-01-31", "--format", "pdf", "--out", str(out)) == 0
    said = capsys.readouterr().err
    assert (
        "𠮷 (U+20BB7) in “吉田𠮷已联系上”" in said or "“吉田𠮷已联系上”中的“𠮷”（U+20BB7）" in said
    )
    printed = "".join(page.get_textpage().get_text_range() for page in PdfDocument(out))
    assert "吉田〓已联系上" in printed
