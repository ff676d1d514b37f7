"""What each kind of column takes, and what it complains of."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel.identities import BadValue
from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.cells import Cell, guarded, plain, text_of, told, unguarded
from lianfang.kernel.spreadsheets.tables import Kind, heading
from tests.kernel.sheets import wide

COLOURS = kinds.choice({"dark_red": "红|大红", "blue": "蓝"})
IDENTITY = "330302198501069973"


@dataclass
class Cells:
    """The other cells of a row."""

    today: date = date(2020, 1, 31)
    others: dict[str, Cell] = field(default_factory=dict)

    def cell(self, column: str) -> Cell:
        return self.others.get(column)


def code_of(kind: Kind, cell: Cell, **others: Cell) -> str:
    with pytest.raises(BadValue) as raised:
        kind(cell, Cells(others=others))
    return raised.value.code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("  瓯江　", "瓯江"),
        (wide("OJB05"), "OJB05"),
        ("\u202a13800000000\u202c", "13800000000"),
        (1001.0, "1001"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (date(2020, 1, 31), "2020-01-31"),
        (datetime.fromisoformat("2020-01-31T08:30"), "2020-01-31 08:30:00"),
        ("＝SUM(A1)", "＝SUM(A1)"),
        ("＋\u0338", "＋\u0338"),
        ("＝\u0338", "≠"),
        ("张\n三", "张\n三"),
    ],
)
def test_text_is_plain_and_trimmed(cell: Cell, value: str) -> None:
    assert kinds.text(cell, Cells()) == value


def test_a_number_that_has_lost_digits_is_no_text() -> None:
    assert code_of(kinds.text, 3.6010419790208e17) == "bad_number"


def test_a_character_that_cannot_be_kept_is_refused() -> None:
    assert code_of(kinds.text, "a\0b") == "bad_character"


@given(st.text())
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    try:
        once = kinds.text(text, Cells())
    except BadValue:
        return
    assert kinds.text(once, Cells()) == once


@given(st.text("'=+-@\t\r＝＋－a1 " + wide("@"), max_size=6) | st.text())
def test_the_guarding_apostrophe_is_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r＝＋－" + wide("@"))


@pytest.mark.parametrize(
    "cell",
    [
        date(2020, 1, 31),
        datetime.fromisoformat("2020-01-31T08:30"),
        "2020-01-31",
        "2020/1/31",
        "2020.1.31",
        "20200131",
        "2020年1月31日",
        wide("2020.1.31"),
        20200131.0,
    ],
)
def test_a_date_may_be_written_in_many_ways(cell: Cell) -> None:
    assert kinds.day(cell, Cells()) == date(2020, 1, 31)


@pytest.mark.parametrize(
    "cell",
    ["2020-02-30", "年初三", "2020-1/31", "31.1.2020", "202001", 43861.0, True, "0020-01-31", "1"],
)
def test_what_may_be_another_day_is_no_date(cell: Cell) -> None:
    assert code_of(kinds.day, cell) == "bad_date"


@pytest.mark.parametrize("cell", ["是", "有", "Y", "y", "TRUE", "True", "1", 1.0, True])
def test_yes_has_many_words(cell: Cell) -> None:
    assert kinds.boolean(cell, Cells()) is True


@pytest.mark.parametrize("cell", ["否", "无", "N", "FALSE", "0", 0.0, False])
def test_no_has_as_many(cell: Cell) -> None:
    assert kinds.boolean(cell, Cells()) is False


def test_yes_or_no_is_not_guessed() -> None:
    assert code_of(kinds.boolean, "大概") == "unknown_choice"


@pytest.mark.parametrize("cell", ["红", "大 红", "dark_red", "Dark red", "DARK-RED"])
def test_a_choice_is_made_in_chinese_or_english(cell: str) -> None:
    assert COLOURS(cell, Cells()) == "dark_red"


def test_an_unknown_word_names_the_words_that_there_are() -> None:
    with pytest.raises(BadValue, match="红、蓝"):
        COLOURS("绿", Cells())


def test_an_identity_number_stored_as_a_figure_is_never_repaired() -> None:
    number = kinds.DocumentNumber("证件类型")
    assert number(IDENTITY, Cells()) == IDENTITY
    for lost in (3.3030219850106997e17, 12345678.0, "3.30302E+17"):
        assert code_of(number, lost) == "id_as_number"


def test_the_sort_of_document_says_how_its_number_looks() -> None:
    number = kinds.DocumentNumber("证件类型")
    assert number("e1234567", Cells(others={"证件类型": "护照"})) == "E1234567"
    assert code_of(number, "E1234567", 证件类型="居民身份证") == "id_format"
    assert number("whatever", Cells(others={"证件类型": "工作证"})) == "whatever"


def test_telephones_and_regions_may_be_stored_as_figures() -> None:
    assert kinds.mobile(19900000058.0, Cells()) == "19900000058"
    assert kinds.region(330302.0, Cells()) == "330302"
    assert code_of(kinds.mobile, 1.23456789012345e18) == "bad_phone"
    assert code_of(kinds.phone, "没有") == "bad_phone"


def test_a_home_may_be_a_region_or_words() -> None:
    assert kinds.region_or_words("330302", Cells()) == "330302"
    assert kinds.region_or_words("江西上饶", Cells()) == "江西上饶"
    assert code_of(kinds.region_or_words, "330399") == "bad_region"


def test_a_credit_code_is_checked() -> None:
    assert kinds.credit_code("91330302MA9000011F", Cells()) == "91330302MA9000011F"
    assert code_of(kinds.credit_code, "91330302MA9000011G") == "uscc_check_character"
    assert code_of(kinds.credit_code, 9.1330302e17) == "id_as_number"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12800.5", "12800.5"),
        (12800.5, "12800.5"),
        ("1,234", "1234"),
        (wide("885"), "885"),
        (0, "0"),
    ],
)
def test_an_amount_is_exact(cell: Cell, value: str) -> None:
    assert kinds.Amount(2)(cell, Cells()) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-1.0, "negative"),
        ("-0.5", "negative"),
        ("约三百", "bad_number"),
        ("1.234", "bad_number"),
        ("1,2", "bad_number"),
        ("1e3", "bad_number"),
        (True, "bad_number"),
        (date(2020, 1, 1), "bad_number"),
        (1e13, "bad_number"),
    ],
)
def test_what_is_no_amount_is_refused(cell: Cell, code: str) -> None:
    assert code_of(kinds.Amount(2), cell) == code


def test_helpers_may_be_counted_in_words() -> None:
    helpers = kinds.Count(in_words=True)
    assert [helpers(cell, Cells()) for cell in ("帮工2", "3人", 4.0, "5")] == [2, 3, 4, 5]
    for unsure in ("帮工", "2男1女", "2.5人"):
        assert code_of(helpers, unsure) == "bad_number"
    assert code_of(helpers, "-2") == "negative"
    assert code_of(kinds.Count(), "帮工2") == "bad_number"
    assert code_of(kinds.Count(), 2.5) == "bad_number"


def test_gates_are_separated_by_a_stop() -> None:
    gates = kinds.Names(6)
    assert gates("东门、 南门、、货运北门", Cells()) == ("东门", "南门", "货运北门")
    assert code_of(gates, "东门、这是一个太长的门名") == "too_long"


@pytest.mark.parametrize(
    "header",
    ["姓名", "姓 名*", "＊姓名（必填）", "姓名【真实】", "姓\n名", " 姓名[1]", "姓名 (同身份证)"],
)
def test_a_header_is_known_by_its_bare_words(header: str) -> None:
    assert heading(header) == "姓名"


def test_values_are_told_again_as_text() -> None:
    told_again = [told(value) for value in (None, ("东门", "南门"), Decimal("1E+2"), 5)]
    assert told_again == ["", "东门、南门", "100", "5"]
    assert text_of(None) == ""
    assert kinds.text(str(time(8, 30)), Cells()) == "08:30:00"
