from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Gate, Site, Stall, Unit
from lianfang.ground.orgs.services import import_sites
from lianfang.ground.orgs.services.site_imports import SiteRow, look_at_sites, plan_sites, take_site
from lianfang.ground.orgs.tests.conftest import Sheet
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.spreadsheets.outcome import Outcome

HEAD = (
    "场所编码",
    "单位编码",
    "场所名称",
    "场所类型",
    "地址",
    "区划代码",
    "出入口（顿号分隔）",
    "面积㎡",
    "定员人数",
)
MARKET = (
    "S1",
    "M",
    "江海粮油市场",
    "市场",
    "滨江路 1 号",
    "330302",
    "南门、北门",
    1256.5,
    "\uff13\uff12\uff12",
)
QUAY = ("S2", "P", "一号码头", "仓库")


def wrong(outcome: Outcome) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in outcome.problems]


def counts(outcome: Outcome) -> Sequence[int]:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected


def test_a_file_of_sites_comes_in_with_its_gates(mill: Unit, port: Unit, sheet: Sheet) -> None:
    told = sheet(HEAD, [MARKET, QUAY])
    assert counts(import_sites(OPERATOR, told)) == (2, 0, 0, 0)
    site = Site.objects.get(code="S1")
    assert (site.unit, site.capacity, site.area_m2) == (mill, 322, Decimal("1256.5"))
    assert {gate.name for gate in queries.gates(OPERATOR, site)} == {"南门", "北门"}
    assert counts(import_sites(OPERATOR, told)) == (0, 0, 2, 0)
    assert Entry.objects.filter(act="sites.import").count() == 1


def test_what_is_told_anew_is_changed_and_an_empty_cell_keeps_what_is_known(
    mill: Unit, port: Unit, sheet: Sheet
) -> None:
    import_sites(OPERATOR, sheet(HEAD, [MARKET]))
    told = sheet(HEAD, [("S1", "M", "江海粮油总市场", "市场", "", "", "南门、货门")])
    assert look_at_sites(OPERATOR, told).rows[0].changes == ("场所名称", "出入口")
    assert counts(import_sites(OPERATOR, told)) == (0, 1, 0, 0)
    site = Site.objects.get()
    assert (site.name, site.address) == ("江海粮油总市场", "滨江路 1 号")
    assert {gate.name for gate in queries.gates(OPERATOR, site)} == {"南门", "货门"}
    assert Gate.objects.count() == 3


def test_a_site_goes_over_to_another_unit_with_its_gates_and_stalls(
    mill: Unit, port: Unit, market: Site, sheet: Sheet
) -> None:
    Stall.objects.create(site=market, unit=mill, number="A-1")
    outcome = import_sites(OPERATOR, sheet(HEAD, [("S1", "P", "江海粮油市场", "市场")]))
    assert counts(outcome) == (0, 1, 0, 0)
    assert Site.objects.get().unit == port
    assert {row.unit for row in (*Gate.objects.all(), *Stall.objects.all())} == {port}


def test_wrong_rows_are_named_and_keep_the_right_ones_out(
    mill: Unit, port: Unit, sheet: Sheet
) -> None:
    rows = [
        MARKET,
        ("A", "ZZ", "无主市场", "市场"),
        ("B", "M", "太空站", "太空站"),
        ("C", "M", "旧区市场", "市场", "", "999999"),
        ("D", "M", "负市场", "市场", "", "", "", "-5"),
        ("E", "M", "", "市场"),
    ]
    outcome = import_sites(OPERATOR, sheet(HEAD, rows))
    assert wrong(outcome) == [
        (3, "单位编码", "unknown_unit"),
        (4, "场所类型", "unknown_choice"),
        (5, "区划代码", "bad_region"),
        (6, "面积㎡", "negative"),
        (7, "场所名称", "missing"),
    ]
    assert not Site.objects.exists()
    assert counts(import_sites(OPERATOR, sheet(HEAD, rows), partial=True)) == (1, 0, 0, 5)
    assert Site.objects.get().code == "S1"


def test_the_code_of_a_site_that_the_importer_may_not_see_is_registered_elsewhere(
    mill: Unit, port: Unit, sheet: Sheet
) -> None:
    import_sites(OPERATOR, sheet(HEAD, [QUAY]))
    told = sheet(HEAD, [("S2", "M", "冒名码头", "仓库"), MARKET, ("S3", "P", "二号码头", "仓库")])
    outcome = import_sites(OPERATOR, told, unit=mill)
    assert wrong(outcome) == [
        (2, "场所编码", "registered_elsewhere"),
        (4, "单位编码", "unknown_unit"),
    ]


def test_a_code_that_was_taken_meanwhile_stands_alone_with_its_refusal(
    mill: Unit, port: Unit, sheet: Sheet
) -> None:
    plan = plan_sites(OPERATOR, sheet(HEAD, [MARKET, QUAY]))
    row = SiteRow("S1", {"name": "江海粮油市场", "kind": "no kind that there is"})
    bad = replace(plan.steps[0], pending=take_site.on(mill, row, mill))
    late = replace(plan, steps=[bad, plan.steps[1]])
    assert counts(late.carry_out(partial=True)) == (1, 0, 0, 1)
    assert Site.objects.get().code == "S2"


def test_a_clerk_imports_no_sites(mill: Unit, clerk: Actor, sheet: Sheet) -> None:
    assert counts(import_sites(clerk, sheet(HEAD, [MARKET]), partial=True)) == (0, 0, 0, 1)
    assert not Site.objects.exists()


def test_a_site_is_taken_from_a_row_and_a_unit(mill: Unit) -> None:
    with pytest.raises(TypeError):
        take_site.many(OPERATOR, [take_site.on(mill, "row", mill)] * 2)  # type: ignore[arg-type]
