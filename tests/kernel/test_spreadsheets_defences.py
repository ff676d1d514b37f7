"""Files that nobody should make: refused with a reason, quickly, and never read by half."""

import struct
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from lianfang.kernel.spreadsheets import child, sandbox
from lianfang.kernel.spreadsheets.problems import FileRefused
from tests.kernel.sheets import PEOPLE, codes, csv_file, line, people, raw, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = line(1, "工号", "姓名") + line(2, "W1", "甲")
MEGABYTE = 1 << 20
NIL = bytes(MEGABYTE)
IN_STRINGS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


def request(path: Path, **more: object) -> dict[str, object]:
    told = {"path": str(path), "name": path.name, "headings": dict(PEOPLE.headings())}
    return told | {"compulsory": PEOPLE.compulsory} | more


def refusal(path: Path) -> str:
    """Return the code that the reading process would refuse a file with."""
    *_rows, last = child.answer(request(path))
    assert isinstance(last, dict)
    return str(last["refused"][0]) if "refused" in last else ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "not_a_spreadsheet"),
        (b"PK\x03\x04 and nothing more", "not_a_spreadsheet"),
        (OLE + bytes(600), "not_a_spreadsheet"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"<html><table><tr><td>", "not_a_spreadsheet"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.xlsx", {"word/document.xml": b"<d/>"})) == (
        "not_a_spreadsheet"
    )


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "external_links"),
        ({"xl/media/bomb.bin": NIL * 20}, "too_large"),
        ({f"xl/media/{n}.bin": NIL for n in range(100)}, "too_large"),
        ({f"xl/media/{n}": b"" for n in range(2_000)}, "too_large"),
        ({"../outside.xml": b"<x/>"}, "not_a_spreadsheet"),
        ({"XL/Workbook.xml": b"<x/>"}, "not_a_spreadsheet"),
    ],
)
def test_a_directory_that_promises_harm_is_refused(
    tmp_path: Path, extra: Mapping[str, bytes], code: str
) -> None:
    assert refusal(raw(tmp_path / "a.xlsx", TABLE, extra=extra)) == code


def test_a_password_on_the_zip_is_seen(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.xlsx", TABLE)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            flags = struct.unpack_from("<H", content, at + offset)[0]
            struct.pack_into("<H", content, at + offset, flags | 1)
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    assert refusal(path) == "encrypted"


def test_a_cell_at_the_far_corner_exhausts_nothing(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    began = time.monotonic()
    with pytest.raises(FileRefused, match="row 1048576 and column 16384") as raised:
        people(raw(tmp_path / "a.xlsx", TABLE + far))
    assert raised.value.code == "too_large"
    assert time.monotonic() - began < 5


def test_a_far_cell_that_is_only_coloured_harms_nobody(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert people(raw(tmp_path / "a.xlsx", TABLE + far)).rows == 1


@pytest.mark.parametrize(
    "rows",
    [
        TABLE + line(2, "W2", "乙"),
        line(2, "W1", "甲") + line(1, "工号", "姓名"),
        TABLE.replace('r="B2"', 'r="A2"'),
        TABLE.replace('r="B2"', 'r="B7"'),
        TABLE + '<row r="x"/>',
        TABLE + '<row r="3"><c r="A3" t="s"><v>5</v></c></row>',
        TABLE[:-6],
    ],
)
def test_rows_that_could_hide_one_another_are_refused(tmp_path: Path, rows: str) -> None:
    assert refusal(raw(tmp_path / "a.xlsx", rows)) == "not_a_spreadsheet"


@pytest.mark.parametrize(
    "data",
    [
        f"<sheetData>{TABLE}</sheetData><sheetData>{line(3, 'W2', '乙')}</sheetData>",
        f'<sheetData>{TABLE}<row r="3"><c r="A3"><v><![CDATA[7]]></v></c></row></sheetData>',
    ],
)
def test_what_two_ways_of_counting_see_differently_is_not_taken(tmp_path: Path, data: str) -> None:
    with pytest.raises(FileRefused, match="Counted in two ways"):
        people(raw(tmp_path / "a.xlsx", data))


def test_entities_are_not_unpacked(tmp_path: Path) -> None:
    lol = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    part = f"{lol}<worksheet><sheetData>{TABLE}</sheetData></worksheet>".encode()
    sheets = '<sheet name="人员" sheetId="1" r:id="rId2"/>'
    path = raw(tmp_path / "a.xlsx", "", sheets=sheets, extra={"xl/worksheets/sheet2.xml": part})
    assert refusal(path) == "not_a_spreadsheet"
    with pytest.raises(FileRefused):
        people(path)


def test_shared_strings_of_white_space_are_blank(tmp_path: Path) -> None:
    row = '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}" t="s"><v>{2}</v></c></row>'
    rows = IN_STRINGS + "".join(row.format(*cells) for cells in ((2, 4, 5), (3, 2, 3), (4, 6, 3)))
    strings = [
        "<t>工号</t>",
        "<r><t>姓</t></r><r><t>名</t></r><rPh><t>xìngmíng</t></rPh>",
        "<t>W1</t>",
        "<r><t> </t></r><r><t>甲</t></r>",
        '<t xml:space="preserve"> \u3000</t>',
        "<rPh><t>nothing</t></rPh>",
        "<t/>",
    ]
    path = raw(tmp_path / "a.xlsx", rows, strings=strings)
    assert refusal(path) == ""
    reading = people(path)
    assert (reading.rows, reading.blank, reading.lines[0]["姓名"]) == (3, 1, "甲")
    assert codes(reading) == [(4, "工号", "missing")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_text_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    assert refusal(csv_file(tmp_path / "a.csv", "工号,姓名\nW1,甲\n", encoding)) == "bad_encoding"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x80 \x81")
    assert refusal(path) == "bad_encoding"
    path.write_bytes(b"")
    assert refusal(path) == "empty"


def test_more_rows_than_an_old_workbook_holds_are_all_read(tmp_path: Path) -> None:
    last = 65_600
    rows = line(1, "工号", "姓名") + "".join(line(n, f"W{n}", "甲") for n in range(2, last + 1))
    reading = people(raw(tmp_path / "a.xlsx", rows))
    assert (reading.rows, len(reading.lines), reading.blank) == (last - 1, last - 1, 0)


def test_strings_beyond_all_memory_end_the_reading_process_only(tmp_path: Path) -> None:
    text = "<t>" + "永" * 30_000 + "</t>"
    rows = IN_STRINGS + "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>2</v></c>' for c in "ABCDEF") + "</row>"
        for n in range(2, 3000)
    )
    path = raw(tmp_path / "a.xlsx", rows, strings=["<t>工号</t>", "<t>姓名</t>", text])
    with pytest.raises(FileRefused) as raised:
        people(path)
    assert raised.value.code == "too_large"


def test_an_installation_without_its_reader_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "COMMAND", ("-c", ""))
    with pytest.raises(sandbox.NotStarted):
        next(sandbox.ask({}))


def test_the_reading_process_answers_line_by_line(tmp_path: Path) -> None:
    path = raw(
        tmp_path / "a.xlsx", TABLE + line(4, "W2", "乙") + '<row r="5"><c r="A5" t="e"/></row>'
    )
    top, *rows, end = child.answer(request(path))
    assert top == {
        "sheet": "人员",
        "header_row": 1,
        "columns": {"工号": "工号", "姓名": "姓名"},
        "ignored": [],
    }
    assert (rows, end) == ([[2, "W1", "甲"], [4, "W2", "乙"]], {"last": 4, "sent": 2})
    again = list(child.answer(request(path, sheet="人员", header_row=1, only=[4])))
    assert again == [[1, "工号", "姓名"], [4, "W2", "乙"], {"last": 4, "sent": 2}]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "工号,姓名\nW1,甲\n", ""),
        ("a.csv", "工号,手机\nW1,1\n", "missing_column"),
        ("a.csv", "填表说明\n", "no_header"),
        ("a.csv", "工号,姓名\n", "empty"),
        ("a.csv", "", "empty"),
        ("a.csv", '工号,姓名\nW1,"甲\nW2,乙\n', "not_a_spreadsheet"),
        ("a.csv", "工号,姓名\n" + "长" * 200_000, "not_a_spreadsheet"),
        ("a.doc", "工号,姓名\n", "not_a_spreadsheet"),
        ("a.xlsx", "PK\x03\x04", "not_a_spreadsheet"),
    ],
)
def test_the_reading_process_ends_in_its_refusal(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    assert refusal(csv_file(tmp_path / name, content)) == code
