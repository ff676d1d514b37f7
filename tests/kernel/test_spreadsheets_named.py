"""A workbook of which each sheet has its own table: found by name, hidden ones too."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.spreadsheets.reading import read
from lianfang.kernel.spreadsheets.tables import Column, Table

TODAY = date(2020, 1, 31)
TABLE = Table((Column("键", kinds.text, ("key",), expected=True), Column("值", kinds.text)))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two visible sheets with the same columns, and one that nobody sees."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, value in (("甲", "one"), ("乙", "two"), ("暗", "three")):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["键", "值"])
            sheet.write_row(1, 0, ["a", value])
        made.get_worksheet_by_name("暗").very_hidden()
        made.get_worksheet_by_name("乙").merge_range(1, 0, 3, 0, "a")
    return path


def test_a_sheet_is_read_by_its_name_also_a_hidden_one(book: Path) -> None:
    for names, value in ((("乙", "B"), "two"), (("暗",), "three"), ((), "one")):
        reading = read(book, TABLE, TODAY, named=names)
        assert [line["值"] for line in reading.lines] == [value]


def test_a_sheet_that_is_not_there_is_named(book: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read(book, TABLE, TODAY, named=("丙", "C"))
    assert (refused.value.code, refused.value.values) == ("missing_sheet", {"sheet": "丙"})


def test_an_expected_column_may_be_empty_but_not_gone(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("甲").write_row(0, 0, ["别的", "值"])
    with pytest.raises(FileRefused) as refused:
        read(path, TABLE, TODAY, named=("甲",))
    assert refused.value.code in {"missing_column", "no_header"}


def test_merged_cells_are_told(book: Path) -> None:
    assert read(book, TABLE, TODAY, named=("乙",)).merged == ["A2:A4"]
    assert not read(book, TABLE, TODAY, named=("甲",)).merged
