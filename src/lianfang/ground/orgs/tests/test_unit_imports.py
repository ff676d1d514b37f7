from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Post, user_with
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Parentage, Unit, UnitName
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import UnitLine, import_units, move_unit
from lianfang.ground.orgs.services.unit_imports import look_at_units, plan_units
from lianfang.ground.orgs.tests.conftest import Sheet
from lianfang.kernel.actor import OPERATOR, STRANGER, Actor
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import FileRefused

HEAD = (
    "单位编码",
    "上级编码",
    "单位名称",
    "简称",
    "单位类型",
    "行业",
    "统一社会信用代码",
    "联系电话",
    "曾用名",
)
GROUP = ("G", "", "江海集团有限公司", "江海", "集团")
MILL = ("M", "G", "江海面粉有限公司", "面粉", "子公司", "food", "", "13900000001", "江海磨坊")
BRANCH = ("M1", "M", "江海面粉二厂", "二厂", "分公司")
PORT = ("P", "G", "江海港务有限公司", "港务", "子公司", "物流")


@pytest.fixture
def units(sheet: Sheet) -> Path:
    """Four units, in an order in which nobody would enter them."""
    return sheet(HEAD, [BRANCH, MILL, GROUP, PORT])


def wrong(outcome: Outcome) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in outcome.problems]


def counts(outcome: Outcome) -> Sequence[int]:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected


def test_a_file_makes_the_group_and_all_its_units_in_one_act(db: None, units: Path) -> None:
    assert counts(import_units(OPERATOR, units)) == (4, 0, 0, 0)
    mill = Unit.objects.get(code="M")
    assert (mill.sector, mill.phone, str(mill)) == ("food", "13900000001", "面粉")
    assert Unit.objects.get(code="M1").path.startswith(mill.path)
    assert Parentage.objects.get(unit=mill).parent == Unit.objects.get(code="G")
    assert UnitName.objects.get(unit=mill).name == "江海磨坊"
    assert Entry.objects.get(act="units.import").count == 4


def test_the_same_file_again_changes_nothing_and_leaves_no_entry(db: None, units: Path) -> None:
    import_units(OPERATOR, units)
    assert counts(import_units(OPERATOR, units)) == (0, 0, 4, 0)
    assert Entry.objects.count() == 1


def test_a_dry_run_gives_the_same_numbers_and_changes_nothing(db: None, units: Path) -> None:
    assert counts(import_units(OPERATOR, units, dry_run=True)) == (4, 0, 0, 0)
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_what_is_told_anew_is_changed_and_an_empty_cell_keeps_what_is_known(
    db: None, units: Path, sheet: Sheet
) -> None:
    import_units(OPERATOR, units)
    told = sheet(HEAD, [("M", "G", "江海粮油有限公司", "", "子公司"), PORT])
    look = look_at_units(OPERATOR, told)
    assert [(seen.row, seen.state, seen.changes) for seen in look.rows] == [
        (2, "updated", ("单位名称",)),
        (3, "unchanged", ()),
    ]
    assert counts(import_units(OPERATOR, told)) == (0, 1, 1, 0)
    mill = Unit.objects.get(code="M")
    assert (mill.name, mill.short_name, mill.phone) == ("江海粮油有限公司", "面粉", "13900000001")
    assert set(UnitName.objects.values_list("name", flat=True)) == {"江海磨坊", "江海面粉有限公司"}


def test_units_change_places_in_one_file(db: None, units: Path, sheet: Sheet) -> None:
    import_units(OPERATOR, units)
    told = sheet(HEAD, [("M", "M1", *MILL[2:]), ("M1", "G", *BRANCH[2:]), ("N", "M", *BRANCH[2:])])
    assert counts(import_units(OPERATOR, told)) == (1, 2, 0, 0)
    mill, branch, fresh = (Unit.objects.get(code=code) for code in ("M", "M1", "N"))
    assert mill.path.startswith(branch.path)
    assert fresh.path.startswith(mill.path)
    assert Parentage.objects.get(unit=mill, valid_to=None).parent == branch


def test_one_wrong_row_keeps_all_out_unless_parts_are_asked_for(db: None, sheet: Sheet) -> None:
    rows = [
        GROUP,
        ("X", "ZZ", "无主公司", "", "子公司"),
        ("Y", "X", "无主分厂", "", "分公司"),
        PORT,
    ]
    told = sheet(HEAD, rows)
    missing = [(3, "上级编码", "unknown_unit"), (4, "上级编码", "unknown_unit")]
    outcome = import_units(OPERATOR, told)
    assert wrong(outcome) == missing
    assert counts(outcome) == (2, 0, 0, 2)
    assert not Unit.objects.exists()
    assert wrong(import_units(OPERATOR, told, partial=True)) == missing
    assert set(Unit.objects.values_list("code", flat=True)) == {"G", "P"}


def test_units_that_stand_under_each_other_are_refused(
    group: Unit, mill: Unit, mill_branch: Unit, sheet: Sheet
) -> None:
    told = sheet(HEAD, [("M", "M1", *MILL[2:]), ("A", "B", *PORT[2:]), ("B", "A", *PORT[2:])])
    assert wrong(import_units(OPERATOR, told)) == [
        (2, "上级编码", "cycle"),
        (3, "上级编码", "cycle"),
        (4, "上级编码", "cycle"),
    ]


def test_a_second_group_is_refused_wherever_it_comes_from(group: Unit, sheet: Sheet) -> None:
    told = sheet(HEAD, [("H", "", "另一个集团", "", "集团")])
    assert wrong(import_units(OPERATOR, told)) == [(2, "上级编码", "missing")]


def test_of_two_rows_without_a_superior_the_group_is_the_one_that_says_so(
    db: None, sheet: Sheet
) -> None:
    told = sheet(HEAD, [("M", "", *MILL[2:]), GROUP])
    assert wrong(import_units(OPERATOR, told)) == [(2, "上级编码", "missing")]
    both = sheet(HEAD, [("M", "", *MILL[2:]), ("P", "", *PORT[2:])])
    assert counts(import_units(OPERATOR, both)) == (0, 0, 0, 2)


def test_a_company_alone_may_be_the_top(db: None, sheet: Sheet) -> None:
    assert counts(import_units(OPERATOR, sheet(HEAD, [("M", "", *MILL[2:])]))) == (1, 0, 0, 0)


def test_a_wrong_credit_code_and_a_code_told_twice_are_named(group: Unit, sheet: Sheet) -> None:
    bad = ("M", "G", "江海面粉有限公司", "", "子公司", "", "91330302MA9000011X")
    assert wrong(import_units(OPERATOR, sheet(HEAD, [bad]))) == [
        (2, "统一社会信用代码", "uscc_check_character")
    ]
    outcome = import_units(OPERATOR, sheet(HEAD, [PORT, ("\uff30", *PORT[1:])]))
    assert [(p.row, p.code, p.names_row) for p in outcome.problems] == [
        (2, "duplicate_in_file", 3),
        (3, "duplicate_in_file", 2),
    ]


def test_who_imports_for_one_unit_reaches_no_other(
    mill: Unit, mill_branch: Unit, port: Unit, sheet: Sheet
) -> None:
    rows = [
        GROUP,
        ("M", "G", "江海面粉有限公司", "江海面粉", "子公司", "food"),
        ("M1", "M", "江海面粉二厂", "二厂", "分公司"),
        ("P", "G", *PORT[2:]),
        ("P", "M", *PORT[2:]),
        ("N", "M", "江海面粉三厂", "", "分公司"),
        ("O", "P", "外面的分厂", "", "分公司"),
    ]
    told = sheet(HEAD, rows[:4] + rows[5:])
    outcome = import_units(OPERATOR, told, unit=mill, partial=True)
    assert wrong(outcome) == [
        (2, "单位编码", "unknown_unit"),
        (5, "上级编码", "unknown_unit"),
        (7, "上级编码", "unknown_unit"),
    ]
    assert counts(outcome) == (1, 0, 2, 3)
    foreign = import_units(OPERATOR, sheet(HEAD, [rows[4]]), unit=mill)
    assert wrong(foreign) == [(2, "单位编码", "registered_elsewhere")]


def test_a_unit_stays_where_it_is_when_the_file_has_no_superiors(
    mill: Unit, mill_branch: Unit, sheet: Sheet
) -> None:
    head = ("单位编码", "单位名称", "单位类型")
    told = sheet(head, [("M1", "江海面粉新二厂", "分公司"), ("Z", "新公司", "子公司")])
    outcome = import_units(OPERATOR, told, partial=True)
    assert wrong(outcome) == [(3, "上级编码", "missing")]
    mill_branch.refresh_from_db()
    assert mill_branch.name == "江海面粉新二厂"
    assert mill_branch.path.startswith(mill.path)


def test_an_administrator_imports_below_his_own_unit_only(
    mill: Unit, port: Unit, sheet: Sheet
) -> None:
    local = queries.signed_in(user_with(Role.ADMINISTRATOR, mill))
    told = sheet(HEAD, [BRANCH, ("P1", "P", "港务二队", "", "分公司")])
    outcome = import_units(local, told, partial=True)
    assert wrong(outcome) == [(3, "上级编码", "unknown_unit")]
    assert Unit.objects.filter(code="M1").exists()
    assert Entry.objects.get(act="units.import").place == mill.path


def test_a_stranger_imports_nothing(mill: Unit, units: Path, clerk: Actor) -> None:
    for nobody in (STRANGER, clerk):
        assert counts(import_units(nobody, units, partial=True)) == (0, 0, 0, 4)
    assert Unit.objects.count() == 2


def test_what_was_taken_meanwhile_undoes_the_whole_import(
    mill: Unit, port: Unit, sheet: Sheet, administrator: Actor, post: Post
) -> None:
    local = post(Role.ADMINISTRATOR, mill, "local")
    plan = plan_units(local, sheet(HEAD, [BRANCH, ("N", "M", "三厂", "", "分公司")]))
    import_units(OPERATOR, sheet(HEAD, [("N", "P", "港务三队", "", "分公司")]))
    move_unit(OPERATOR, mill, port)
    outcome = replace(plan, actor=STRANGER).carry_out()
    assert counts(outcome) == (0, 0, 0, 2)
    assert {problem.code for problem in outcome.problems} == {"registered_elsewhere"}
    assert not Unit.objects.filter(code="M1").exists()


def test_a_superior_that_is_gone_refuses_what_would_stand_under_it(
    group: Unit, sheet: Sheet
) -> None:
    plan = plan_units(OPERATOR, sheet(HEAD, [MILL, BRANCH]))
    outcome = replace(plan, steps=[*reversed(plan.steps)]).carry_out(partial=True)
    assert counts(outcome) == (1, 0, 0, 1)
    assert [problem.message for problem in outcome.problems] == [
        "The superior is not there any more."
    ]


def test_a_group_that_was_made_meanwhile_stays_the_only_one(db: None, sheet: Sheet) -> None:
    plan = plan_units(OPERATOR, sheet(HEAD, [GROUP]))
    import_units(OPERATOR, sheet(HEAD, [("H", "", "另一个集团", "", "集团")]))
    assert counts(plan.carry_out()) == (0, 0, 0, 1)
    assert Unit.objects.get().code == "H"


def test_a_file_without_names_is_refused(db: None, sheet: Sheet) -> None:
    with pytest.raises(FileRefused) as refused:
        import_units(OPERATOR, sheet(HEAD[:2], [("A", "")]))
    assert refused.value.code == "missing_column"


def test_a_unit_entered_by_hand_is_unchanged_by_a_file_that_says_the_same(
    group: Unit, mill: Unit, sheet: Sheet
) -> None:
    line = UnitLine("M", "江海面粉有限公司")
    told = sheet(HEAD, [(line.code, "G", line.name, "江海面粉", "子公司", "食品生产供应")])
    assert counts(import_units(OPERATOR, told)) == (0, 0, 1, 0)


def test_a_code_that_would_break_an_address_is_named_by_its_row(db: None, sheet: Sheet) -> None:
    bad = ("A/1", "G", "江海码头", "", "子公司")
    outcome = import_units(OPERATOR, sheet(HEAD, [GROUP, bad, PORT]), partial=True)
    assert wrong(outcome) == [(3, "单位编码", "bad_code")]
    assert set(Unit.objects.values_list("code", flat=True)) == {"G", "P"}
