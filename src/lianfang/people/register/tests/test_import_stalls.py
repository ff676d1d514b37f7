from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.ground.orgs.services.site_imports import SiteRow, take_site
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register import queries, services
from lianfang.people.register.models import Membership, Person, StallTenure
from lianfang.people.register.rules.reading import StallTold
from lianfang.people.register.rules.words import Employment, Population
from lianfang.people.register.services.stall_imports import look_at_stalls
from lianfang.people.register.services.stalls import StallRow
from lianfang.people.register.tests.conftest import (
    STALL_HEADINGS,
    Sheet,
    codes,
    counts,
    identity,
    mobile,
    stall_row,
)


@pytest.fixture
def stalls(sheet: Sheet, market: Site, response: object) -> Path:
    """Four stalls: one complete, two of one holder, one of which only the number is known."""
    return sheet(
        stall_row(
            "A1",
            经营户="郑阿土",
            手机=mobile(1),
            证件号码=identity(1),
            户籍地区划代码="340102",
            从业人数="帮工2",
            营业状态="营业",
            备注="靠南门",
        ),
        stall_row("A2", 经营户="钱小妹", 手机=mobile(2), 户籍地区划代码="苍南灵溪", 从业人数=1),
        stall_row("A10", 经营户="钱小妹", 手机=mobile(2), 营业状态="未返"),
        stall_row("B1"),
        headings=STALL_HEADINGS,
        name="stalls.xlsx",
    )


def holders() -> dict[str, str]:
    open_ = StallTenure.objects.filter(valid_to=None).select_related("stall", "person")
    return {tenure.stall.number: tenure.person.name for tenure in open_}


def test_stalls_come_with_their_holders_and_a_second_time_nothing_changes(
    clerk: Actor, stalls: Path, market: Site
) -> None:
    assert counts(services.import_stalls(clerk, stalls, dry_run=True)) == (4, 0, 0, 0)
    assert not Stall.objects.exists()
    assert counts(services.import_stalls(clerk, stalls)) == (4, 0, 0, 0)
    assert holders() == {"A1": "郑阿土", "A2": "钱小妹", "A10": "钱小妹"}
    assert [stall.number for stall in Stall.objects.all()] == ["A1", "A2", "A10", "B1"]
    assert counts(services.import_stalls(clerk, stalls)) == (0, 0, 4, 0)


def test_a_holder_is_one_person_on_site_however_many_stalls(
    clerk: Actor, stalls: Path, market: Site
) -> None:
    services.import_stalls(clerk, stalls)
    qian = Person.objects.get(name="钱小妹")
    assert (qian.population, qian.employment) == (Population.ON_SITE, Employment.STALL_HOLDER)
    assert (qian.site, qian.home_said) == (market, "苍南灵溪")
    assert Membership.objects.filter(population=Population.ON_SITE).count() == 2
    missing = queries.people(clerk).filter(queries.lacks())
    assert [person.name for person in missing] == ["钱小妹"]
    first = Stall.objects.get(number="A1")
    assert (first.helpers_declared, first.state, first.remark) == (2, "open", "靠南门")


def test_a_file_of_later_changes_what_it_tells(
    clerk: Actor, stalls: Path, sheet: Sheet, morning: time_machine.Traveller
) -> None:
    services.import_stalls(clerk, stalls)
    morning.shift(timedelta(days=1))
    later = sheet(
        stall_row("A1", 经营户="郑阿土", 手机=mobile(1), 从业人数=5),
        stall_row("A2", 经营户="钱小姐", 手机=mobile(2), 营业状态="停业"),
        stall_row("B1", 经营户="孙大"),
        headings=STALL_HEADINGS,
        name="later.xlsx",
    )
    look = look_at_stalls(clerk, later)
    assert [seen.changes for seen in look.rows] == [
        ("从业人数",),
        ("经营户", "营业状态"),
        ("经营户",),
    ]
    assert counts(services.import_stalls(clerk, later)) == (0, 3, 0, 0)
    assert holders() == {"A1": "郑阿土", "A2": "钱小姐", "A10": "钱小姐", "B1": "孙大"}
    assert Stall.objects.get(number="A2").state == "closed"


def test_a_new_holder_takes_the_place_of_the_one_before(
    clerk: Actor, stalls: Path, sheet: Sheet, morning: time_machine.Traveller
) -> None:
    services.import_stalls(clerk, stalls)
    morning.shift(timedelta(days=1))
    later = sheet(
        stall_row("A1", 经营户="吴用", 手机=mobile(9)),
        stall_row("A2", 经营户="吴用", 手机=mobile(9)),
        headings=STALL_HEADINGS,
        name="later.xlsx",
    )
    assert counts(services.import_stalls(clerk, later)) == (0, 2, 0, 0)
    assert holders() == {"A1": "吴用", "A2": "吴用", "A10": "钱小妹"}
    assert Person.objects.get(name="郑阿土").left_at is not None
    assert Person.objects.get(name="钱小妹").left_at is None
    assert Person.objects.filter(name="吴用").count() == 1


def test_somebody_of_the_staff_who_holds_a_stall_stays_on_the_staff(
    clerk: Actor, chen: Person, sheet: Sheet, market: Site
) -> None:
    path = sheet(stall_row("C1", 经营户="陈小满", 证件号码=identity(1)), headings=STALL_HEADINGS)
    assert counts(services.import_stalls(clerk, path)) == (1, 0, 0, 0)
    chen.refresh_from_db()
    assert (chen.population, chen.employment) == (Population.STAFF, Employment.REGULAR)
    assert holders() == {"C1": "陈小满"}
    assert counts(services.import_stalls(clerk, path)) == (0, 0, 1, 0)


def test_what_is_wrong_with_a_stall_is_said_by_row(
    clerk: Actor, zhou: Person, sheet: Sheet, market: Site
) -> None:
    path = sheet(
        stall_row("A1", 场所编码="S9"),
        stall_row("A2", 从业人数=-3),
        stall_row("A3", 从业人数="好几个"),
        stall_row("A4", 营业状态="打烊"),
        stall_row("A5"),
        stall_row("A5"),
        stall_row(None),  # type: ignore[arg-type]
        stall_row("A7", 经营户="周帆", 证件号码=identity(3)),
        headings=STALL_HEADINGS,
    )
    outcome = services.import_stalls(clerk, path)
    assert codes(outcome) == [
        (2, "场所编码", "unknown_site"),
        (3, "从业人数", "negative"),
        (4, "从业人数", "bad_number"),
        (5, "营业状态", "unknown_choice"),
        (6, "摊位号", "duplicate_in_file"),
        (7, "摊位号", "duplicate_in_file"),
        (8, "摊位号", "missing"),
        (9, "证件号码", "registered_elsewhere"),
    ]
    assert not Stall.objects.exists()


def test_a_foreign_market_does_not_exist(
    stranger: Actor, stalls: Path, port: Unit, overseer: Actor
) -> None:
    assert {code for _, _, code in codes(services.import_stalls(stranger, stalls))} == {
        "unknown_site"
    }
    narrow = services.import_stalls(overseer, stalls, unit=port)
    assert {code for _, _, code in codes(narrow)} == {"unknown_site"}


def test_what_two_rows_tell_of_one_holder_is_put_together(
    clerk: Actor, sheet: Sheet, market: Site, response: object
) -> None:
    path = sheet(
        stall_row("D1", 经营户="何田", 证件号码=identity(8)),
        stall_row("D2", 经营户="何田", 证件号码=identity(8), 手机=mobile(8)),
        stall_row("D3", 经营户="何田", 证件号码=identity(8), 手机=mobile(9)),
        headings=STALL_HEADINGS,
    )
    assert counts(services.import_stalls(clerk, path)) == (3, 0, 0, 0)
    holder = Person.objects.get()
    assert holder.phone_mask == "199****0008"
    assert StallTenure.objects.filter(person=holder, valid_to=None).count() == 3
    assert counts(services.import_stalls(clerk, path)) == (0, 0, 3, 0)


def test_a_single_stall_is_taken_by_the_act_itself(clerk: Actor, market: Site) -> None:
    kept = services.take_stall(clerk, market, StallRow(StallTold("E1", None, "", "")))
    assert Stall.objects.get().pk == kept.subjects[0]


def test_who_is_known_with_a_card_is_not_taken_for_somebody_of_the_same_name(
    clerk: Actor, stalls: Path, sheet: Sheet
) -> None:
    services.import_stalls(clerk, stalls)
    later = sheet(
        stall_row("A1", 经营户="郑阿土", 证件号码=identity(50)),
        headings=STALL_HEADINGS,
        name="l.xlsx",
    )
    assert counts(services.import_stalls(clerk, later)) == (0, 1, 0, 0)
    assert Person.objects.filter(name="郑阿土").count() == 2
    assert (
        Person.objects.filter(name="郑阿土", left_at=None)
        .get()
        .document_mask.endswith(identity(50)[-4:])
    )


def test_a_site_that_goes_over_takes_its_stall_holders_with_it(
    clerk: Actor, stalls: Path, market: Site, mill: Unit, port: Unit
) -> None:
    services.import_stalls(clerk, stalls)
    before = holders()
    take_site(OPERATOR, mill, SiteRow("S1", {}), port)
    assert holders() == before
    assert {t.unit for t in StallTenure.objects.filter(valid_to=None)} == {port}
    assert StallTenure.objects.filter(unit=mill).exclude(valid_to=None).count() == 3
