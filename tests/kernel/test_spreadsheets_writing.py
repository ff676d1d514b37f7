"""What is written comes back the same, and nothing that somebody typed becomes a formula."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.kernel.spreadsheets import delimited, workbook, writing
from lianfang.kernel.spreadsheets.cells import Cell, trimmed
from lianfang.kernel.spreadsheets.writing import TooBig
from tests.kernel.sheets import HEADERS, book, codes, csv_file, filled, people, wide

NASTY = [
    "=1+1", "+86", "-1", "@A1", "＝1＋1", "＋1", "－1", wide("@"), "'=1", "''=1", "'a", "=", "-",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "http://x.example", "mailto:a@b.example",
    "_x0041_", "_x000D_", "a\nb", "a\r\nb", "a\tb", "<b>&amp;\"'", "]]>", "0012", "1E5", "TRUE",
    "2020-01-31", "#N/A", "𠮷野家", "👩‍⚕️", "a,b;c", '"quoted"', "e\u0301", "{=1}", "%0A",
]  # fmt: skip
LEADS = "'=+-@\t\r\n＝＋－1a" + wide("@")
TEXTS = st.text(max_size=40) | st.sampled_from(NASTY) | st.text(LEADS, max_size=5)
SAME_FILE = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MORNING = datetime.fromisoformat("2020-01-31T08:30")
ID_A = "330302198501069973"


def values(path: Path) -> Sequence[Sequence[Cell]]:
    """Return the rows below the header, as the reading process sees them."""
    grids = delimited.grids(path, "a") if path.suffix == ".csv" else workbook.grids(path)
    return [cells for number, cells in next(grids).rows() if number > 1]


def xml_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@SAME_FILE
@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_texts_come_back_from_a_workbook_the_same(tmp_path: Path, texts: list[str]) -> None:
    content = writing.workbook(["序", "文"], [[1, text] for text in texts])
    assert "<f" not in xml_of(content)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [row[1] for row in values(path)] == [text if trimmed(text) else None for text in texts]


@SAME_FILE
@given(st.lists(TEXTS.filter(lambda text: "\0" not in text), min_size=1, max_size=30))
def test_texts_come_back_from_a_csv_the_same(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(writing.delimited(["序", "文"], [[1, text] for text in texts]))
    grid = next(delimited.grids(path, "a"))
    rows = [cells for number, cells in grid.rows() if number > 1]
    assert [row[1] for row in rows] == [text if trimmed(text) else None for text in texts]
    assert sum(grid.counts.values()) == 2 + sum(1 + bool(trimmed(text)) for text in texts)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_people_with_nasty_names_come_back_field_by_field(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write = writing.workbook if suffix == ".xlsx" else writing.delimited
    remarks = [*NASTY, "x" * 500]
    told = [filled(工号=f"W{n}", 姓名=r[:20], 备注=r) for n, r in enumerate(remarks)]
    path.write_bytes(write(HEADERS, told))
    first = people(path)
    assert not first.problems
    kept = [[line[name] for name in HEADERS] for line in first.lines]
    path.write_bytes(write(HEADERS, kept))
    assert [[line[name] for name in HEADERS] for line in people(path).lines] == kept
    assert [str(row[-1])[:1] for row in kept][:13] == [remark[:1] for remark in remarks][:13]


def test_values_are_written_as_what_they_are(tmp_path: Path) -> None:
    row = [True, 5, 2.5, Decimal("12.50"), date(2020, 1, 31), MORNING, None]
    long = [10**17, Decimal(10**16), date(1850, 1, 1), "", False, "a", 0]
    path = tmp_path / "a.xlsx"
    path.write_bytes(writing.workbook("ABCDEFG", [row, long], "一/二:三" * 20))
    assert values(path) == [
        [True, 5, 2.5, 12.5, date(2020, 1, 31), MORNING, None],
        ["100000000000000000", "10000000000000000", "1850-01-01", None, False, "a", 0],
    ]
    text = writing.delimited("ABCDEFG", [row, long]).decode("utf-8-sig").splitlines()
    assert text[1] == "TRUE,5,2.5,12.50,2020-01-31,2020-01-31 08:30:00,"
    assert text[2] == "100000000000000000,10000000000000000,1850-01-01,,FALSE,a,0"


def test_what_a_workbook_cannot_hold_is_not_left_out_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(TooBig):
        writing.workbook(["文"], [["x" * 32_768]])
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    assert writing.workbook(["文"], [["a"], ["b"]])
    with pytest.raises(TooBig):
        writing.workbook(["文"], [["a"], ["b"], ["c"]])


def test_rejected_rows_come_back_with_their_problems_beside_them(tmp_path: Path) -> None:
    headers = ["序号", "工号", "姓名*", "证件号码", "离开日期", "备注"]
    rows = [
        [1, "W1", "甲", ID_A, datetime.fromisoformat("2020-01-17"), "=1+1"],
        [2, "W2", None, 3.3030219850107e17, datetime.fromisoformat("2020-01-18"), "=1+1"],
        [3, "W3", "丙", "x", "年初三", None],
    ]
    path = book(tmp_path / "a.xlsx", rows, headers, {"strings_to_formulas": False}, above=1)
    reading = people(path)
    outcome = reading.outcome(created=1)
    back = tmp_path / "b.xlsx"
    back.write_bytes(writing.rejected(path, outcome, lambda sentence: f"译{sentence}"))
    first, second = values(back)
    assert first[0] == 4
    assert str(first[1]).startswith("姓名*: 译This must be filled in.\n证件号码: 译The number")
    assert list(first[2:]) == [2, "W2", None, 3.3030219850107e17, date(2020, 1, 18), "=1+1"]
    assert list(second[2:]) == [3, "W3", "丙", "x", "年初三", None]
    again = people(back)
    assert [line.number for line in again.lines] == []
    assert [code for _row, _column, code in codes(again)] == [
        "missing", "id_as_number", "id_format", "bad_date",
    ]  # fmt: skip
    assert list(again.ignored_columns) == ["译Row in the file", "译Problem", "序号"]


def test_rejected_rows_of_a_csv_come_back_too(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "工号,姓名,手机\nW1,甲,1\n\nW2,乙,19900000001\n")
    outcome = people(path).outcome(created=1)
    back = tmp_path / "b.xlsx"
    back.write_bytes(writing.rejected(path, outcome))
    assert [list(row[2:]) for row in values(back)] == [["W1", "甲", "1"]]
