import openpyxl
import pytest

from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.people.register import services
from lianfang.people.register.models import Person
from lianfang.people.register.tests.conftest import Sheet, codes, counts, identity, person_row

BAD_ROWS = [
    ({"姓名": None}, "姓名", "missing"),
    ({"证件号码": identity(7)[:-1]}, "证件号码", "id_format"),
    (
        {"证件号码": identity(7)[:-1] + ("1" if identity(7)[-1] != "1" else "2")},
        "证件号码",
        "id_check_character",
    ),
    ({"证件号码": "330302197013019990"}, "证件号码", "id_birth_date"),
    ({"证件号码": identity(7, "990302")}, "证件号码", "id_region"),
    ({"证件号码": 330302197001019990}, "证件号码", "id_as_number"),
    ({"单位编码": "NIRGENDS"}, "单位编码", "unknown_unit"),
    ({"用工性质": "老板"}, "用工性质", "unknown_choice"),
    ({"离开日期": "2020-02-30"}, "离开日期", "bad_date"),
    ({"手机号": "1990000"}, "手机号", "bad_phone"),
    ({"姓名": "长" * 51}, "姓名", "too_long"),
    ({"当前所在地区划代码": "330399"}, "当前所在地区划代码", "bad_region"),
]


@pytest.mark.parametrize(("told", "column", "code"), BAD_ROWS, ids=[row[2] for row in BAD_ROWS])
def test_a_row_with_a_problem_keeps_the_whole_file_out(
    clerk: Actor,
    mill: Unit,
    sheet: Sheet,
    response: object,
    told: dict[str, object],
    column: str,
    code: str,
) -> None:
    path = sheet(person_row(1), person_row(7, **told))
    outcome = services.import_people(clerk, path)
    assert codes(outcome) == [(3, column, code)]
    assert counts(outcome) == (1, 0, 0, 1)
    assert not Person.objects.exists()
    partial = services.import_people(clerk, path, partial=True)
    assert counts(partial) == (1, 0, 0, 1)
    assert Person.objects.get().person_no == "W0001"


def test_cells_of_formulas_without_a_value_or_with_an_error_are_problems(
    clerk: Actor, mill: Unit, sheet: Sheet, response: object
) -> None:
    path = sheet(person_row(1), person_row(2))
    book = openpyxl.load_workbook(path)
    book.active["B2"], book.active["B3"] = '="王"&"芳"', "#REF!"
    book.active["B3"].data_type = "e"
    book.save(path)
    outcome = services.import_people(clerk, path)
    assert codes(outcome) == [
        (2, "姓名", "formula_without_value"),
        (3, "姓名", "formula_error"),
    ]


def test_two_rows_of_one_person_or_number_name_each_other(
    clerk: Actor, mill: Unit, sheet: Sheet, response: object
) -> None:
    path = sheet(
        person_row(1),
        person_row(2, 证件号码=identity(1)),
        person_row(3),
        person_row(4, 工号="W0003"),
    )
    outcome = services.import_people(clerk, path)
    assert codes(outcome) == [
        (2, "证件号码", "duplicate_in_file"),
        (3, "证件号码", "duplicate_in_file"),
        (4, "工号", "duplicate_in_file"),
        (5, "工号", "duplicate_in_file"),
    ]
    assert [problem.names_row for problem in outcome.problems] == [3, 2, 5, 4]


def test_somebody_of_a_foreign_unit_is_registered_elsewhere_and_no_more(
    clerk: Actor, zhou: Person, sheet: Sheet, mill: Unit
) -> None:
    path = sheet(person_row(3, 工号=zhou.person_no), person_row(4, 工号=zhou.person_no + "x"))
    outcome = services.import_people(clerk, path)
    assert codes(outcome) == [(2, "证件号码", "registered_elsewhere")]
    assert outcome.problems[0].value == "330***********" + identity(3)[-4:]
    assert "周帆" not in str(outcome.as_json())


def test_a_number_of_somebody_else_is_taken(
    clerk: Actor, chen: Person, zhou: Person, sheet: Sheet
) -> None:
    path = sheet(person_row(8, 工号="N0001"), person_row(9, 工号="N0003"))
    assert codes(services.import_people(clerk, path)) == [
        (2, "工号", "person_no_taken"),
        (3, "工号", "person_no_taken"),
    ]


def test_a_file_never_makes_somebody_else_of_a_registered_person(
    clerk: Actor, chen: Person, sheet: Sheet, mill: Unit
) -> None:
    path = sheet(person_row(1, "M", "王芳", 工号=chen.person_no), person_row(8))
    outcome = services.import_people(clerk, path, partial=True)
    assert codes(outcome) == [(2, "姓名", "other_name")]
    assert "陈**" in outcome.problems[0].sentence()
    assert "陈小满" not in str(outcome.as_json())
    chen.refresh_from_db()
    assert chen.name == "陈小满"


def test_a_space_within_a_name_makes_nobody_else_of_him(
    clerk: Actor, chen: Person, sheet: Sheet, mill: Unit
) -> None:
    path = sheet(person_row(1, "M", "陈 小满", 工号=chen.person_no))
    assert codes(services.import_people(clerk, path)) == []


def test_a_unit_narrows_the_importers_reach(
    overseer: Actor, mill: Unit, port: Unit, chen: Person, zhou: Person, sheet: Sheet
) -> None:
    path = sheet(person_row(20, "P"), person_row(21, "M"), person_row(3, "M", 工号="N0003"))
    outcome = services.import_people(overseer, path, unit=mill)
    assert codes(outcome) == [
        (2, "单位编码", "unknown_unit"),
        (4, "证件号码", "registered_elsewhere"),
    ]
