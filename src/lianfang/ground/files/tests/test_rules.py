import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.files import rules
from lianfang.ground.files.rules import checked, clean_name
from lianfang.ground.files.tests.conftest import PDF, office
from lianfang.kernel.refusals import BadInput

MOST = 1
DOCX, XLSX = "word/document.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("invoice\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "invoicefdp.exe"),
        ("  解除告知单.pdf ", "解除告知单.pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("/", "file"),
    ],
)
def test_a_name_keeps_what_can_be_read_and_nothing_that_leads_elsewhere(
    told: str, kept: str
) -> None:
    assert clean_name(told) == kept


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    kept = clean_name("长" * 300 + ".pdf")
    assert len(kept) == rules.NAME_LENGTH
    assert kept.endswith("长.pdf")


@given(st.text(max_size=400))
def test_a_clean_name_is_short_and_stays_clean(told: str) -> None:
    kept = clean_name(told)
    assert 0 < len(kept) <= rules.NAME_LENGTH
    assert not {"/", "\\", "\x00"} & set(kept)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("通知.PDF", PDF, "application/pdf"),
        ("名单.csv", "工号,姓名\n1,甲\n".encode("gb18030"), "text/csv"),
        ("名单.csv", "\ufeff工号,姓名\n".encode(), "text/csv"),
        ("报告.docx", office(DOCX), rules.KINDS[".docx"][0]),
        ("表.xlsx", office(XLSX), rules.KINDS[".xlsx"][0]),
    ],
)
def test_papers_are_kept(name: str, content: bytes, media_type: str) -> None:
    assert checked(name, content, MOST).media_type == media_type


def linked() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", DOCX):
            archive.writestr(name, "<x/>")
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def locked() -> bytes:
    content = bytearray(office(XLSX))
    at = content.index(b"PK\x01\x02") + 8
    content[at] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<script>", rules.NOT_KEPT),
        ("nothing", b"x", rules.NOT_KEPT),
        ("empty.pdf", b"", rules.EMPTY),
        ("large.pdf", PDF + b"x" * rules.MEGABYTE, rules.TOO_LARGE),
        ("program.pdf", b"MZ\x90", rules.NOT_WHAT_IT_SAYS),
        ("program.csv", b"MZ\x00\x01\x02", rules.NOT_WHAT_IT_SAYS),
        ("odd.csv", b"\xff\xff\xff", rules.NOT_WHAT_IT_SAYS),
        ("paper.docx", office(XLSX), rules.NOT_WHAT_IT_SAYS),
        ("paper.docx", b"PK\x03\x04 broken", rules.NOT_WHAT_IT_SAYS),
        ("paper.docx", linked(), rules.NOT_WHAT_IT_SAYS),
        ("slip.xlsx", office(XLSX, **{"../../x": b"x"}), rules.NOT_WHAT_IT_SAYS),
        ("slip.xlsx", office(XLSX, **{"/x": b"x"}), rules.NOT_WHAT_IT_SAYS),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), rules.ENCRYPTED),
        ("old.xlsx", b"\xd0\xcf\x11\xe0 old", rules.NOT_WHAT_IT_SAYS),
        ("locked.xlsx", locked(), rules.ENCRYPTED),
        ("macro.xlsx", office(XLSX, **{"xl/vbaProject.bin": b"x"}), rules.MACROS_IN),
        ("link.xlsx", office(XLSX, **{"xl/externalLinks/e.xml": b"x"}), rules.MACROS_IN),
        ("nest.docx", office(DOCX, **{"word/more.zip": b"x"}), rules.MACROS_IN),
        ("bomb.xlsx", office(XLSX, **{"xl/a": b"0" * 20_000_000}), rules.BLOWN_UP),
    ],
)
def test_what_is_no_paper_or_does_harm_is_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as no:
        checked(name, content, MOST)
    assert no.value.sentence == sentence
    assert no.value.field == "file"


@given(st.binary(max_size=300), st.sampled_from([*rules.KINDS, ".png", ""]))
def test_no_content_makes_the_check_fail(content: bytes, end: str) -> None:
    try:
        checked(f"file{end}", content, MOST)
    except BadInput:
        return
