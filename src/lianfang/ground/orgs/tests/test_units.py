from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Parentage, Unit, UnitName
from lianfang.ground.orgs.queries.unit_page import unit_page
from lianfang.ground.orgs.queries.unit_tree import unit_tree
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import (
    FormerName,
    UnitLine,
    change_unit,
    enter_unit,
    keep_name,
    move_unit,
)
from lianfang.ground.orgs.services.units import LEVELS, lock_tree
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict

MILL = UnitLine("M", "江海面粉有限公司", UnitKind.SUBSIDIARY, "江海面粉", "food")


def test_a_second_group_is_refused(group: Unit) -> None:
    with pytest.raises(Conflict):
        enter_unit(OPERATOR, None, UnitLine("H", "另一个集团", UnitKind.GROUP))
    assert Unit.objects.count() == 1


def test_a_code_belongs_to_one_unit(mill: Unit, port: Unit) -> None:
    with pytest.raises(BadInput) as refused:
        enter_unit(OPERATOR, port, replace(MILL, name="冒名公司"))
    assert refused.value.field == "code"
    with pytest.raises(BadInput):
        change_unit(OPERATOR, port, MILL)
    port.refresh_from_db()
    assert port.code == "P"


def test_a_renamed_unit_keeps_the_name_that_papers_of_earlier_days_print(mill: Unit) -> None:
    change_unit(OPERATOR, mill, replace(MILL, name="江海粮油有限公司", former_name="江海磨坊"))
    names = dict(UnitName.objects.values_list("name", "valid_to"))
    assert set(names) == {"江海面粉有限公司", "江海磨坊"}
    assert queries.name_on(OPERATOR, mill, date(2020, 1, 31)) == "江海面粉有限公司"
    assert queries.name_on(OPERATOR, mill, date(2999, 1, 1)) == "江海粮油有限公司"


def test_a_former_name_is_kept_with_its_days(mill: Unit) -> None:
    keep_name(OPERATOR, mill, FormerName("江海磨坊", "磨坊", date(2000, 1, 1), date(2010, 1, 1)))
    keep_name(OPERATOR, mill, FormerName("江海面坊", valid_to=date(2000, 1, 1)))
    assert queries.name_on(OPERATOR, mill, date(1999, 12, 31)) == "江海面坊"
    assert queries.name_on(OPERATOR, mill, date(2009, 12, 31)) == "江海磨坊"
    assert queries.name_on(OPERATOR, mill, date(2010, 1, 1)) == "江海面粉有限公司"


def test_a_name_cannot_end_before_it_began(mill: Unit) -> None:
    told = FormerName("江海磨坊", valid_from=date(2010, 1, 1), valid_to=date(2000, 1, 1))
    with pytest.raises(BadInput) as refused:
        keep_name(OPERATOR, mill, told)
    assert refused.value.field == "valid_to"
    assert not UnitName.objects.exists()


def test_a_unit_moves_with_all_that_stands_under_it(
    mill: Unit, mill_branch: Unit, port: Unit
) -> None:
    move_unit(OPERATOR, mill, port)
    mill_branch.refresh_from_db()
    port.refresh_from_db()
    assert mill_branch.path.startswith(port.path)
    stood = Parentage.objects.filter(unit=mill).order_by("valid_from")
    assert [row.valid_to is None for row in stood] == [False, True]


def test_a_unit_cannot_move_under_what_stands_under_it(mill: Unit, mill_branch: Unit) -> None:
    with pytest.raises(BadInput):
        move_unit(OPERATOR, mill, mill_branch)
    assert Parentage.objects.filter(unit=mill).count() == 1


def test_a_unit_is_entered_where_its_superior_stands_now(mill: Unit, port: Unit) -> None:
    seen_before = Unit.objects.get(pk=mill.pk)
    move_unit(OPERATOR, mill, port)
    made = enter_unit(OPERATOR, seen_before, UnitLine("X", "新厂", UnitKind.BRANCH))
    assert made.path.startswith(Unit.objects.get(pk=mill.pk).path)
    assert made.path.startswith(port.path)


def test_a_change_of_the_tree_locks_its_root_whatever_its_kind(group: Unit, mill: Unit) -> None:
    change_unit(OPERATOR, group, UnitLine("G", "江海集团", UnitKind.SUBSIDIARY))
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        lock_tree()
    if connection.vendor == "postgresql":
        (lock,) = [one["sql"] for one in asked if "FOR NO KEY UPDATE" in one["sql"]]
        assert 'ORDER BY "orgs_unit"."path"' in lock


def test_a_code_that_would_break_an_address_is_refused(group: Unit, mill: Unit) -> None:
    for code in ("A/1", "..", "A B", "A?", "A#1", "50%", "-1", "", "A\\1"):
        with pytest.raises(BadInput) as refused:
            enter_unit(OPERATOR, group, replace(MILL, code=code))
        assert refused.value.field == "code"
        with pytest.raises(BadInput):
            change_unit(OPERATOR, mill, replace(MILL, code=code))
        if code != "-1":
            with pytest.raises(IntegrityError), transaction.atomic():
                Unit.objects.filter(pk=mill.pk).update(code=code)
    assert enter_unit(OPERATOR, group, replace(MILL, code="北-1_a.2")).code == "北-1_a.2"


def test_the_tree_has_a_last_level(group: Unit) -> None:
    above = group
    for level in range(1, LEVELS):
        above = enter_unit(OPERATOR, above, UnitLine(f"L{level}", "层", UnitKind.BRANCH))
    with pytest.raises(BadInput):
        enter_unit(OPERATOR, above, UnitLine("L", "太深", UnitKind.BRANCH))
    assert not Unit.objects.filter(code="L").exists()


def test_a_unit_is_found_by_code_name_pinyin_first_letters_and_former_name(
    mill: Unit, port: Unit, mill_branch: Unit
) -> None:
    keep_name(OPERATOR, mill, FormerName("江海磨坊", valid_to=date(2010, 1, 1)))
    for words in ("M1", "二厂", "erchang", "jhmfec", "er chang", "ECEC"):
        found = [line.code for line in unit_tree(OPERATOR, words) if line.found]
        assert found == ["M1"], words
    tree = unit_tree(OPERATOR, "磨坊")
    assert [(line.code, line.found, line.depth) for line in tree] == [
        ("G", False, 0),
        ("M", True, 1),
    ]


def test_the_tree_can_be_narrowed_to_a_kind_and_a_line_of_business(
    mill: Unit, port: Unit, mill_branch: Unit
) -> None:
    tree = unit_tree(OPERATOR, kind=UnitKind.SUBSIDIARY, sector="logistics")
    assert [line.code for line in tree if line.found] == ["P"]


def test_somebody_sees_his_own_part_of_the_tree_from_its_top(
    mill: Unit, mill_branch: Unit, port: Unit, clerk: Actor
) -> None:
    assert [(line.code, line.depth) for line in unit_tree(clerk)] == [("M", 0), ("M1", 1)]


def test_a_page_names_what_is_missing_of_a_unit(mill: Unit, clerk: Actor) -> None:
    page = unit_page(OPERATOR, mill)
    assert {gap.role for gap in page.gaps} == {"", Role.LIAISON_LEADER, Role.PRINCIPAL}
    assert [held.role for held in page.held] == [
        Role.LIAISON_LEADER,
        Role.PRINCIPAL,
        Role.CLERK,
    ]
    assert len(page.gaps) == 6


def test_a_look_at_the_tree_leaves_no_entry(mill: Unit, clerk: Actor) -> None:
    before = Entry.objects.count()
    unit_tree(clerk)
    assert Entry.objects.count() == before
