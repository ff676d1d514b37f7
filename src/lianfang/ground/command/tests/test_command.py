from dataclasses import replace as grown
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import Post
from lianfang.ground.command import queries
from lianfang.ground.command.models import Appointment, Charge
from lianfang.ground.command.services import (
    AppointmentLine,
    ChargeLine,
    appoint,
    charge,
    discharge,
    end,
    name_liaison,
    replace,
)
from lianfang.ground.command.tests.conftest import NOW, TODAY, line
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, change_user, enter_unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def lacks(actor: Actor, unit: Unit, day: date = TODAY) -> list[str]:
    return [weak.key for weak in queries.structure(actor, unit, day).weak]


def test_a_company_without_anything_shows_what_is_missing(
    response: Response, mill: Unit, overseer: Actor
) -> None:
    assert lacks(overseer, mill) == [
        "no_group",
        "no_liaison",
        "no_department:general",
        "no_department:screening",
        "no_department:supplies",
        "no_department:duty",
    ]


def test_a_clerk_fills_the_seats_and_the_weak_points_go(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    appoint(clerk, mill, line("member", "方宁"))
    assert lacks(clerk, mill)[:2] == ["no_head", "no_office_head"]
    appoint(clerk, mill, line("head", "顾长青", title="总经理"))
    appoint(clerk, mill, line("office_head", "许蔓"))
    for code in ("general", "screening", "supplies", "duty"):
        charge(clerk, mill, ChargeLine(line=code, since=TODAY, name="办公室"))
    assert lacks(clerk, mill) == ["no_liaison"]
    assert [box.holders[0].name for box in queries.structure(clerk, mill, TODAY).group[:1]] == [
        "顾长青"
    ]


def test_two_heads_at_once_are_refused_in_a_sentence_and_by_the_database(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    first = appoint(clerk, mill, line("head", "顾长青"))
    with pytest.raises(Conflict, match="顾长青"):
        appoint(clerk, mill, line("head", "林伯涛"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            response=response,
            unit=mill,
            seat="head",
            name="林伯涛",
            valid_from=TODAY,
            by="x",
            recorded_at=NOW,
        )
    assert Appointment.objects.get() == first


def test_a_successor_takes_over_and_the_day_before_still_shows_the_former(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    former = appoint(clerk, mill, line("head", "顾长青", since=YESTERDAY))
    replace(clerk, former, line("head", "林伯涛", reason="工作调动"))
    shown = queries.structure(clerk, mill, YESTERDAY)
    assert [each.name for each in shown.group[0].holders] == ["顾长青"]
    shown = queries.structure(clerk, mill, TODAY)
    assert [each.name for each in shown.group[0].holders] == ["林伯涛"]
    told = [(change.name, change.begins, change.reason) for change in shown.history]
    assert ("顾长青", False, "工作调动") in told


def test_nothing_ends_without_a_reason_or_before_it_began_or_twice(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    held = appoint(clerk, mill, line("head", "顾长青"))
    with pytest.raises(BadInput, match="why"):
        end(clerk, held, TODAY, "  ")
    with pytest.raises(BadInput, match="before it begins"):
        end(clerk, held, YESTERDAY, "工作调动")
    with pytest.raises(BadInput, match="why"):
        replace(clerk, held, line("head", "林伯涛"))
    end(clerk, held, TOMORROW, "工作调动")
    with pytest.raises(Conflict, match="ended already"):
        end(clerk, held, TOMORROW, "工作调动")
    assert Appointment.objects.count() == 1


def test_a_seat_that_ended_says_who_held_it_last(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    appoint(clerk, mill, line("member", "方宁", since=YESTERDAY))
    held = appoint(clerk, mill, line("head", "顾长青", since=YESTERDAY))
    end(clerk, held, TODAY, "工作调动")
    assert f"ended:{held.pk}" in lacks(clerk, mill)
    assert "no_head" not in lacks(clerk, mill)
    assert "no_head" not in lacks(clerk, mill, YESTERDAY)


def test_a_closed_account_is_a_weak_point_and_the_name_stays(
    response: Response, mill: Unit, overseer: Actor, principal: Actor
) -> None:
    user = User.objects.get(pk=principal.id)
    held = appoint(overseer, mill, line("head", "", user=user))
    assert held.name == user.name
    change_user(OPERATOR, user, user.name, active=False)
    assert f"account_off:{held.pk}" in lacks(overseer, mill)
    assert queries.structure(overseer, mill, TODAY).group[0].holders[0].off


def test_who_has_no_name_no_seat_or_too_long_a_title_is_not_entered(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    with pytest.raises(BadInput, match="Say who"):
        appoint(clerk, mill, line("head", " "))
    with pytest.raises(BadInput, match="Choose a seat"):
        appoint(clerk, mill, line("emperor", "顾长青"))
    with pytest.raises(BadInput, match="page of liaison leaders"):
        appoint(clerk, mill, line("liaison", "顾长青"))
    with pytest.raises(BadInput, match="Not more than 80"):
        appoint(clerk, mill, line("head", "顾长青", title="长" * 81))
    appoint(clerk, mill, line("member", "方宁"))
    with pytest.raises(Conflict, match="sits in this seat"):
        appoint(clerk, mill, line("member", "方宁"))
    assert Appointment.objects.count() == 1


def test_without_a_response_there_is_no_command(mill: Unit, clerk: Actor) -> None:
    with pytest.raises(Conflict, match="No epidemic response"):
        appoint(clerk, mill, line("head", "顾长青"))
    assert queries.overview(clerk, TODAY).units == 0


def test_a_stranger_fills_no_seat_and_sees_none(
    response: Response, mill: Unit, clerk: Actor, stranger: Actor
) -> None:
    held = appoint(clerk, mill, line("head", "顾长青"))
    with pytest.raises(NotAllowed):
        appoint(stranger, mill, line("deputy", "方宁"))
    with pytest.raises(NotAllowed):
        end(stranger, held, TODAY, "没有理由")
    assert not queries.appointments(stranger).exists()
    assert Appointment.objects.get().valid_to is None


def test_a_line_of_work_has_one_department(
    response: Response, group: Unit, mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    office = enter_unit(OPERATOR, mill, UnitLine("MD", "办公室", UnitKind.DEPARTMENT, "办公室"))
    told = ChargeLine(line="general", since=YESTERDAY, department=office)
    first = charge(clerk, mill, told)
    assert first.name == "办公室"
    with pytest.raises(Conflict, match="already"):
        charge(clerk, mill, told)
    with pytest.raises(BadInput, match="why"):
        charge(clerk, mill, ChargeLine(line="general", since=TODAY, name="安全部"))
    charge(clerk, mill, ChargeLine(line="general", since=TODAY, name="安全部", reason="调整分工"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.create(
            response=response,
            unit=mill,
            line="general",
            name="财务部",
            valid_from=TODAY,
            by="x",
            recorded_at=NOW,
        )
    with pytest.raises(BadInput, match="no such line"):
        charge(clerk, mill, ChargeLine(line="publicity", since=TODAY, name="办公室"))
    with pytest.raises(BadInput, match="does not belong"):
        charge(overseer, mill, ChargeLine(line="duty", since=TODAY, department=group))
    with pytest.raises(BadInput, match="Choose a department"):
        charge(clerk, mill, ChargeLine(line="duty", since=TODAY))
    held = Charge.objects.get(valid_to=None)
    discharge(clerk, held, TODAY, "撤销")
    assert "no_department:general" in lacks(clerk, mill)


def test_days_already_answered_for_are_not_given_to_another_department(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    told = ChargeLine(line="duty", since=YESTERDAY, name="办公室")
    discharge(clerk, charge(clerk, mill, told), TOMORROW, "撤销")
    with pytest.raises(Conflict, match="办公室"):
        charge(clerk, mill, ChargeLine(line="duty", since=TODAY, name="安全部", reason="补"))


def test_the_group_names_who_looks_after_whom_in_one_go(
    response: Response, mill: Unit, port: Unit, overseer: Actor, clerk: Actor
) -> None:
    told = line("liaison", "郑一舟", title="副总经理")
    name_liaison.many(overseer, [name_liaison.on(unit, told) for unit in (mill, port)], whole=True)
    (leader,) = queries.leaders(overseer, TODAY)
    assert [unit.code for unit in leader.units] == ["M", "P"]
    with pytest.raises(BadInput, match="why"):
        name_liaison(overseer, mill, line("liaison", "方海涛"))
    name_liaison(overseer, mill, line("liaison", "方海涛", reason="分工调整"))
    assert [each.name for each in queries.liaisons(overseer, TODAY)] == ["方海涛", "郑一舟"]
    with pytest.raises(NotAllowed):
        name_liaison(clerk, mill, line("liaison", "方海涛", reason="分工调整"))


def test_a_unit_neither_ends_nor_replaces_the_leader_whom_the_group_has_named(
    response: Response, mill: Unit, overseer: Actor, clerk: Actor
) -> None:
    named = name_liaison(overseer, mill, line("liaison", "郑一舟", since=YESTERDAY))
    head = appoint(clerk, mill, line("head", "顾长青", since=YESTERDAY))
    with pytest.raises(BadInput, match="The group names"):
        end(clerk, named, TODAY, "不想要")
    for former, seat in ((named, "liaison"), (named, "member"), (head, "liaison")):
        with pytest.raises(BadInput, match="The group names"):
            replace(clerk, former, line(seat, "方海涛", reason="换人"))
    assert [each.name for each in queries.liaisons(overseer, TODAY)] == ["郑一舟"]
    head.refresh_from_db()
    assert head.valid_to is None


def test_the_deputy_of_a_leader_looks_after_the_units_that_name_the_leader(
    response: Response, group: Unit, mill: Unit, port: Unit, overseer: Actor, post: Post
) -> None:
    leader, other = post(Role.LIAISON_LEADER, group, "leader"), post(Role.CLERK, port, "other")
    user = User.objects.get(pk=leader.id)
    name_liaison(overseer, mill, line("liaison", "", user=user))
    lent = tuple(grown(grant, stead=user.pk) for grant in leader.grants)
    deputy = grown(other, grants=(*other.grants, *lent))
    assert queries.looked_after(deputy, TODAY, "contacts.log") == [mill]
    assert queries.looked_after(other, TODAY, "contacts.log") == []


def test_many_seats_are_filled_at_once_each_with_its_own_outcome(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    lines = [line("head", "顾长青"), line("head", "林伯涛"), line("member", "方宁")]
    found = appoint.many(clerk, [appoint.on(mill, each) for each in lines])
    assert [item.refused is None for item in found] == [True, False, True]
    assert isinstance(lines[0], AppointmentLine)
