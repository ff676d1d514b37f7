"""A clerk's file is read whole: every row accepted, rejected with its reasons, or blank."""

from datetime import date, datetime
from pathlib import Path

import pytest

from lianfang.kernel.identities import Document
from lianfang.kernel.spreadsheets import workbook
from lianfang.kernel.spreadsheets.outcome import CountsDiffer, Outcome
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.spreadsheets.reading import read
from tests.kernel.sheets import (
    HEADERS,
    MAIN,
    PEOPLE,
    TODAY,
    book,
    codes,
    csv_file,
    filled,
    line,
    people,
    raw,
    worksheet,
)

ID_A, ID_B = "330302198501069973", "330303198203289966"


def refusal(path: Path, name: str = "") -> FileRefused:
    with pytest.raises(FileRefused) as raised:
        people(path, name=name)
    return raised.value


def test_a_grown_file_is_read_as_it_is(tmp_path: Path) -> None:
    headers = ["序号", "员工编号*", "姓 名", "身份证号（18位）*", "手机", "离开日期", "群"]
    rows: list[list[object]] = [
        [1, "W1", " 林婉兰 ", ID_A, 19900000001, datetime.fromisoformat("2020-01-17"), "群1"],
        [None, "  ", None, None, None, None, None],
        [2, "W2", "池盛铭", ID_B, "+86 199 0000 0002", "2020年1月18日", ""],
    ]
    reading = people(book(tmp_path / "a.xlsx", rows, headers, above=2))
    assert (reading.sheet, reading.header_row, reading.rows, reading.blank) == ("人员", 3, 3, 1)
    assert list(reading.ignored_columns) == ["序号", "群"]
    first, second = reading.lines
    assert (first.number, second.number) == (4, 6)
    assert first.values == {
        "工号": "W1",
        "姓名": "林婉兰",
        "证件号码": ID_A,
        "手机号": "19900000001",
        "离开日期": date(2020, 1, 17),
    }
    assert second["离开日期"] == date(2020, 1, 18)
    assert second["备注"] is None
    assert reading.headers["证件号码"] == "身份证号（18位）*"


def test_what_is_wrong_is_said_by_row_and_column(tmp_path: Path) -> None:
    rows = [
        filled(工号="W1", 姓名="甲"),
        filled(工号="W2", 证件号码="33030219850106998", 手机号="1234567890"),
        filled(工号="W-2345678901", 姓名="乙", 党员="大概", 区划="330399"),
        filled(姓名="丙", 证件号码=330302198501069973, 单位编码="OJ99", 离开日期="年初三"),
    ]
    reading = people(book(tmp_path / "a.xlsx", rows), {"单位编码": {"OJ"}})
    assert codes(reading) == [
        (3, "姓名", "missing"),
        (3, "证件号码", "id_format"),
        (3, "手机号", "bad_phone"),
        (4, "工号", "too_long"),
        (4, "党员", "unknown_choice"),
        (4, "区划", "bad_region"),
        (5, "工号", "missing"),
        (5, "证件号码", "id_as_number"),
        (5, "单位编码", "unknown_unit"),
        (5, "离开日期", "bad_date"),
    ]
    assert [line.number for line in reading.lines] == [2]
    assert reading.lines[0]["证件类型"] is Document.IDENTITY_CARD
    shown = {problem.column: problem.value for problem in reading.problems}
    assert shown["手机号"] == "123***7890"
    assert "330302" not in shown["证件号码"]
    assert shown["单位编码"] == "OJ99"


def test_two_rows_with_one_key_are_both_rejected_and_name_each_other(tmp_path: Path) -> None:
    rows = [
        filled(工号="W1", 姓名="甲", 证件号码=ID_A),
        filled(工号="W2", 姓名="乙", 证件号码=ID_B),
        filled(工号="W1", 姓名="丙", 证件号码=ID_A),
        filled(工号="W4", 姓名="丁", 证件号码=ID_B),
        filled(工号="W5", 姓名="戊"),
        filled(工号="W6", 姓名="己"),
        filled(工号="W1", 姓名="庚"),
    ]
    reading = people(book(tmp_path / "a.xlsx", rows))
    assert [(p.row, p.column, p.names_row) for p in reading.problems] == [
        (2, "工号", 4),
        (3, "证件号码", 5),
        (4, "工号", 2),
        (5, "证件号码", 3),
        (8, "工号", 2),
    ]
    assert "Row 4" in reading.problems[0].sentence()
    assert [line["工号"] for line in reading.lines] == ["W5", "W6"]


def test_the_same_number_of_two_sorts_of_documents_is_no_duplicate(tmp_path: Path) -> None:
    rows = [
        filled(工号="W1", 姓名="甲", 证件类型="台胞证", 证件号码="12345678"),
        filled(工号="W2", 姓名="乙", 证件类型="护照", 证件号码="12345678"),
    ]
    assert not people(book(tmp_path / "a.xlsx", rows)).problems


def test_formulas_are_read_by_their_value_and_rejected_without_one(tmp_path: Path) -> None:
    header = line(1, *HEADERS)
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>W{n}</v></c><c r="B{n}" t="str"><v>甲</v></c>{last}'
        f'<c r="Z{n}"><f>1+1</f></c></row>'
        for n, last in enumerate(
            (
                '<c r="J2" t="str"><f>A2</f><v>好</v></c>',
                '<c r="J3"><f>A3</f></c>',
                '<c r="J4"><f>A4</f><v></v></c>',
                '<c r="J5" t="str"><f>""</f><v></v></c>',
                '<c r="J6" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            ),
            2,
        )
    )
    below = '<row r="8"><c r="B8"><f>A8</f></c></row><row r="9"><c r="Z9"><f>A8</f></c></row>'
    reading = people(raw(tmp_path / "a.xlsx", header + rows + below))
    assert codes(reading) == [
        (3, "备注", "formula_without_value"),
        (4, "备注", "formula_without_value"),
        (6, "备注", "formula_error"),
        (8, "工号", "missing"),
        (8, "姓名", "formula_without_value"),
    ]
    assert [line["备注"] for line in reading.lines] == ["好", None]
    assert (reading.rows, reading.blank, reading.rejected) == (7, 1, 4)


def test_the_first_visible_sheet_with_a_header_is_read(tmp_path: Path) -> None:
    sheets = '<sheet name="旧" sheetId="1" state="hidden" r:id="rId1"/>'
    sheets += '<sheet name="新" sheetId="2" r:id="rId2"/>'
    old = line(1, "工号", "姓名") + line(2, "W0", "旧人")
    new = worksheet(line(1, "工号", "姓名") + line(2, "W1", "新人")).encode()
    path = raw(tmp_path / "a.xlsx", old, sheets=sheets, extra={"xl/worksheets/sheet2.xml": new})
    reading = people(path)
    assert (reading.sheet, reading.lines[0]["姓名"]) == ("新", "新人")


def test_hidden_rows_count(tmp_path: Path) -> None:
    rows = line(1, "工号", "姓名") + line(2, "W1", "甲").replace("<row ", '<row hidden="1" ')
    assert len(people(raw(tmp_path / "a.xlsx", rows)).lines) == 1


@pytest.mark.parametrize(("system", "serial"), [("", 43861), ('<workbookPr date1904="1"/>', 42399)])
def test_dates_of_both_systems_are_the_same_day(tmp_path: Path, system: str, serial: int) -> None:
    rows = line(1, "工号", "姓名", "离开日期")
    rows += line(2, "W1", "甲").replace("</row>", f'<c r="C2" s="1"><v>{serial}</v></c></row>')
    reading = people(raw(tmp_path / "a.xlsx", rows, workbook=system))
    assert reading.lines[0]["离开日期"] == date(2020, 1, 31)


def test_a_false_dimension_hides_nothing(tmp_path: Path) -> None:
    rows = line(1, "工号", "姓名") + "".join(line(n, f"W{n}", "甲") for n in range(2, 52))
    data = f'<dimension ref="A1:B3"/><sheetData>{rows}</sheetData>'
    assert people(raw(tmp_path / "a.xlsx", data)).rows == 50


def test_the_canonical_name_goes_before_an_alias_and_the_other_is_ignored(tmp_path: Path) -> None:
    rows = [["W1", "甲", "0577-88888888", "19900000001"]]
    reading = people(book(tmp_path / "a.xlsx", rows, ["工号", "姓名", "联系电话", "手机号"]))
    assert reading.lines[0]["手机号"] == "19900000001"
    assert list(reading.ignored_columns) == ["联系电话"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    text = '台账\r\n工号,姓名,备注\r\nW1,林婉兰,"一行\r\n两行,""引号"""\r\n\r\nW2,池盛铭㐀\r\n'
    reading = people(csv_file(tmp_path / "人员.csv", text, encoding))
    assert (reading.sheet, reading.header_row, reading.rows, reading.blank) == ("人员", 2, 3, 1)
    assert reading.lines[0]["备注"] == '一行\r\n两行,"引号"'
    assert reading.lines[1]["姓名"] == "池盛铭㐀"


def test_a_quotation_that_never_ends_swallows_no_rows(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", '工号,姓名\nW1,"甲\nW2,乙\nW3,丙\n')
    refused = refusal(path)
    assert refused.code == "not_a_spreadsheet"
    assert "2 and" not in str(refused.values)
    assert refused.as_json("a.csv")["file"] == "a.csv"


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        ([["填表说明"], ["请如实填写"]], "no_header", "first ten"),
        ([["工号", "手机", "备注"], ["W1", "", ""]], "missing_column", "姓名"),
        ([["工号", "姓名"]], "empty", "no rows"),
        ([[None]], "empty", "no rows"),
    ],
)
def test_a_file_without_a_table_is_refused(
    tmp_path: Path, rows: list[list[object]], code: str, said: str
) -> None:
    refused = refusal(book(tmp_path / "a.xlsx", rows[1:], [str(c or "") for c in rows[0]]))
    assert refused.code == code
    assert said in str(refused)


def test_a_header_below_the_tenth_row_is_none(tmp_path: Path) -> None:
    rows = [filled(工号="W1", 姓名="甲")]
    assert refusal(book(tmp_path / "a.xlsx", rows, above=10)).code == "no_header"
    assert people(book(tmp_path / "b.xlsx", rows, above=9)).header_row == 10


def test_an_app_may_know_more_and_the_numbers_still_add_up(tmp_path: Path) -> None:
    rows = [filled(工号=f"W{n}", 姓名="甲", 证件号码=i) for n, i in enumerate((ID_A, ID_B, None))]
    reading = people(book(tmp_path / "a.xlsx", rows))
    elsewhere = reading.problem(reading.lines[1], "证件号码", "registered_elsewhere")
    after = reading.having([elsewhere])
    outcome = after.outcome(created=1, unchanged=1)
    assert outcome.as_json(str.upper) == {
        "file": "a.xlsx",
        "sheet": "人员",
        "header_row": 1,
        "rows": 3,
        "accepted": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 1,
        "rejected": 1,
        "blank": 0,
        "ignored_columns": [],
        "problems": [
            {
                "row": 3,
                "column": "证件号码",
                "header": "证件号码",
                "value": "330***********9966",
                "code": "registered_elsewhere",
                "message": "ALREADY REGISTERED ELSEWHERE.",
            }
        ],
    }
    with pytest.raises(CountsDiffer):
        after.outcome(created=1)


def test_an_outcome_that_loses_a_row_cannot_be_made() -> None:
    with pytest.raises(CountsDiffer):
        Outcome("a", "b", 1, 5, 1, 1, 1, 1, 0, (), ())


def test_a_stored_copy_goes_by_its_own_name(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "0f3a", "工号,姓名\nW1,甲\n")
    assert refusal(path).code == "not_a_spreadsheet"
    reading = read(path, PEOPLE, TODAY, name="人员.csv")
    assert (reading.file, reading.sheet) == ("人员.csv", "人员")


def test_another_maker_writes_prefixes_and_leaves_out_numbers(tmp_path: Path) -> None:
    text = '<x:c t="inlineStr"><x:is><x:t>{}</x:t><x:rPh><x:t>yin</x:t></x:rPh></x:is></x:c>'
    rows = "".join(
        f"<x:row>{''.join(map(text.format, texts))}</x:row>"
        for texts in (("工号", "姓名"), ("W1", "甲"), ("W2", "乙"))
    )
    data = f'<x:sheetData xmlns:x="{MAIN}">{rows}</x:sheetData>'
    path = raw(tmp_path / "a.xlsx", data)
    grid = next(workbook.grids(path))
    assert grid.counts == {1: 2, 2: 2, 3: 2}
    assert [line["姓名"] for line in people(path).lines] == ["甲", "乙"]
