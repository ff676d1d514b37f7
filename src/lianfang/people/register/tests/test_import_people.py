from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import translation

from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.web.imports import kind_of
from lianfang.kernel.actor import Actor
from lianfang.kernel.sealed import Keyring
from lianfang.people.register import queries, services
from lianfang.people.register.models import Exposure, Membership, Movement, Person
from lianfang.people.register.rules.lines import PersonLine
from lianfang.people.register.rules.words import Employment, Population, Purpose, SealedColumn
from lianfang.people.register.services.importing import look_at_people
from lianfang.people.register.services.taking import Taken, take
from lianfang.people.register.tests.conftest import (
    Enter,
    Sheet,
    counts,
    identity,
    mobile,
    person_row,
)


@pytest.fixture
def file(sheet: Sheet, response: object, mill_branch: Unit) -> Path:
    """Three people: one who stayed, one who is back, one who is away."""
    return sheet(
        person_row(1, 是否在温="是", 现住址="江海路 1 号", 备注="夜班"),
        person_row(
            2,
            "M1",
            "李强",
            是否在温="Y",
            离开日期=date(2020, 1, 15),
            返回日期="2020.1.25",
            交通工具="铁路",
            用工性质="租户",
            **{"14天内重点地区旅居史": "有", "14天内接触史": "无"},
        ),
        person_row(
            3,
            "M",
            "赵敏",
            是否在温="否",
            当前所在地区划代码=340102,
            离开日期="20200118",
            计划返回日期="2020年2月9日",
            **{"14天内接触史": "是"},
        ),
    )


def test_a_preview_opens_no_sealed_value_to_compare_it(
    clerk: Actor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.import_people(clerk, file)

    def opened(*_: object) -> str:
        raise AssertionError("opened outside an act")

    monkeypatch.setattr(Keyring, "open", opened)
    monkeypatch.setattr(Keyring, "open_bytes", opened)
    assert counts(look_at_people(clerk, file).outcome) == (0, 0, 3, 0)


def test_a_file_is_taken_whole_and_a_second_time_nothing_changes(
    clerk: Actor, file: Path, morning: time_machine.Traveller
) -> None:
    assert counts(services.import_people(clerk, file, dry_run=True)) == (3, 0, 0, 0)
    assert not Person.objects.exists()
    assert counts(services.import_people(clerk, file)) == (3, 0, 0, 0)
    morning.shift(timedelta(hours=1))
    before = (Membership.objects.count(), Movement.objects.count(), Exposure.objects.count())
    assert counts(services.import_people(clerk, file)) == (0, 0, 3, 0)
    assert (
        Membership.objects.count(),
        Movement.objects.count(),
        Exposure.objects.count(),
    ) == before


def test_a_tenant_goes_to_the_people_on_site(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    tenant = Person.objects.get(name="李强")
    assert (tenant.population, tenant.employment) == (Population.ON_SITE, Employment.TENANT)
    assert Membership.objects.get(person=tenant).population == Population.ON_SITE


def test_movements_get_the_class_of_the_pack(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    found = {
        row.person.name: row.movement_class
        for row in Movement.objects.filter(valid_to=None).select_related("person")
    }
    assert found == {"王芳": "stayed", "李强": "returned_other", "赵敏": "not_yet_back"}


def test_history_is_kept_on_the_last_day_that_it_can_have(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    found = {
        row.person.name: (row.kind, row.last_day, row.last_day_known)
        for row in Exposure.objects.select_related("person")
    }
    assert found == {
        "李强": ("hubei_travel", date(2020, 1, 25), False),
        "赵敏": ("contact_with_people_from_there", date(2020, 1, 31), False),
    }


def test_what_is_sealed_opens_to_what_stood_in_the_file(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    person = Person.objects.get(name="王芳")
    told = {
        column: services.reveal(clerk, person, column, Purpose.VERIFY).value
        for column in SealedColumn
    }
    assert told == {
        SealedColumn.DOCUMENT: identity(1),
        SealedColumn.PHONE: mobile(1),
        SealedColumn.ADDRESS: "江海路 1 号",
        SealedColumn.REMARK: "夜班",
    }


def test_a_file_is_one_entry_with_everybody_as_subject(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    entry = Entry.objects.get(act="people.import")
    assert (entry.count, entry.arguments) == (3, {"of": 3})
    subjects = Subject.objects.filter(entry=entry).values_list("subject", flat=True)
    assert set(subjects) == set(Person.objects.values_list("pk", flat=True))


def test_a_later_file_brings_people_up_to_date(
    clerk: Actor, file: Path, sheet: Sheet, morning: time_machine.Traveller
) -> None:
    services.import_people(clerk, file)
    morning.shift(timedelta(days=1))
    later = sheet(
        person_row(1, "M1", "王芳", 手机号=mobile(91), 用工性质="临时", 部门="仓库"),
        person_row(
            3,
            "M",
            "赵敏",
            是否在温="是",
            返回日期="2020-02-01",
            备注="已返",
            **{"14天内重点地区旅居史": "是", "14天内接触史": "是"},
        ),
        name="later.xlsx",
    )
    look = look_at_people(clerk, later)
    assert counts(look.outcome) == (0, 2, 0, 0)
    assert [seen.changes for seen in look.rows] == [
        ("单位编码", "用工性质", "手机号", "部门"),
        ("备注", "是否在温", "14天内重点地区旅居史"),
    ]
    with translation.override("zh-hans"):
        told = [
            {name: seen.values[name] for name in seen.changes}
            for seen in look_at_people(clerk, later).rows
        ]
    assert told[0]["单位编码"] == ("M 江海面粉", "M1 二厂")
    assert told[0]["用工性质"] == ("正式", "临时")
    assert told[0]["手机号"] == ("199****0001", "199****0091")
    assert told[0]["部门"] == ("", "仓库")
    assert told[1]["备注"] == ("****", "****")
    assert told[1]["是否在温"] == (
        "尚未返回 安徽省合肥市瑶海区 离开日期 01-18 计划返回日期 02-09",
        "在本地 返回日期 02-01",
    )
    assert "已返" not in str(told)
    assert counts(services.import_people(clerk, later)) == (0, 2, 0, 0)
    wang, zhao = Person.objects.get(name="王芳"), Person.objects.get(name="赵敏")
    assert (wang.unit.code, wang.department) == ("M1", "仓库")
    assert Membership.objects.filter(person=wang).count() == 2
    now = Movement.objects.get(person=wang, valid_to=None)
    assert (now.unit.code, now.in_town, now.how) == ("M1", True, "from_file")
    back = Movement.objects.get(person=zhao, valid_to=None)
    assert (back.in_town, back.returned_on) == (True, date(2020, 2, 1))
    assert counts(services.import_people(clerk, later)) == (0, 0, 2, 0)


def test_who_goes_to_another_unit_by_a_file_leaves_his_site(
    clerk: Actor, market: Site, enter: Enter, mill_branch: Unit, sheet: Sheet
) -> None:
    tenant = enter(market.unit, "王芳", 1, Employment.TENANT, site=market)
    row = person_row(1, "M1", 工号="N0001", 用工性质="租户")
    assert counts(services.import_people(clerk, sheet(row))) == (0, 1, 0, 0)
    tenant.refresh_from_db()
    assert (tenant.unit, tenant.site) == (mill_branch, None)


def test_who_had_left_is_taken_back_by_a_file(clerk: Actor, file: Path) -> None:
    services.import_people(clerk, file)
    wang = Person.objects.get(name="王芳")
    services.leave(clerk, wang)
    assert counts(services.import_people(clerk, file)) == (0, 1, 2, 0)
    wang.refresh_from_db()
    assert wang.left_at is None
    assert Membership.objects.filter(person=wang, valid_to=None).exists()
    assert Movement.objects.get(person=wang, valid_to=None).in_town is True


def test_a_file_completes_who_was_entered_without_a_document(
    clerk: Actor, mill: Unit, sheet: Sheet, response: object
) -> None:
    services.enter(clerk, mill, PersonLine("王芳", person_no="W0001"))
    outcome = services.import_people(clerk, sheet(person_row(1)))
    assert counts(outcome) == (0, 1, 0, 0)
    assert Person.objects.get().document_mask
    assert not queries.people(clerk).filter(queries.lacks()).exists()


def test_a_region_alone_says_whether_somebody_is_in_town(
    clerk: Actor, sheet: Sheet, response: object, mill: Unit
) -> None:
    rows = (person_row(1, 当前所在地区划代码="330302"), person_row(2, 当前所在地区划代码="420102"))
    services.import_people(clerk, sheet(*rows))
    assert set(Movement.objects.values_list("region", "in_town")) == {
        ("330302", True),
        ("420102", False),
    }


def test_without_a_response_a_file_is_taken_all_the_same(
    clerk: Actor, sheet: Sheet, mill: Unit, morning: object
) -> None:
    path = sheet(
        person_row(1, 是否在温="是", **{"14天内重点地区旅居史": "是"}),
        person_row(2, 当前所在地区划代码="420102"),
    )
    assert counts(services.import_people(clerk, path)) == (2, 0, 0, 0)
    assert counts(services.import_people(clerk, path)) == (0, 0, 2, 0)
    assert Exposure.objects.get().kind == "key_area"
    assert Movement.objects.get(region="420102").in_town is None


def test_whoever_came_in_between_is_found_at_the_last_moment(
    clerk: Actor, mill: Unit, sheet: Sheet, response: object
) -> None:
    told = Taken(PersonLine("王芳", person_no="W0001", document=identity(1)))
    other = Taken(PersonLine("李强", person_no="W0002", document=identity(2)))
    take(clerk, mill, told)
    items = take.many(clerk, [take.on(mill, told), take.on(mill, other)])
    assert [item.refused is None for item in items] == [False, True]
    whole = take.many(
        clerk, [take.on(mill, told), take.on(mill, Taken(PersonLine("赵敏")))], whole=True
    )
    assert all(item.result is None for item in whole)
    assert not Person.objects.filter(name="赵敏").exists()


def test_staff_and_stalls_are_declared_to_the_import_screens() -> None:
    people, stalls = kind_of("people"), kind_of("stalls")
    assert people is not None
    assert stalls is not None
    assert (people.act, stalls.act) == ("people.import", "stalls.import")
