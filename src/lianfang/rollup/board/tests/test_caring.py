from collections.abc import Iterator
from datetime import datetime, time, timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from conftest import Post, user_with
from lianfang.ground.command.services import AppointmentLine, appoint, name_liaison
from lianfang.ground.loops.queries import issuing
from lianfang.ground.loops.services import Task, assign
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import ids
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.board.queries import caring
from lianfang.rollup.board.rules.caring import Care, Trouble
from lianfang.work.liaison.services import ContactLine, log

MORNING = datetime.fromisoformat("2020-01-31T09:46:00+08:00")
EVENING = datetime.fromisoformat("2020-01-31T21:00:00+08:00")
PAGE_BYTES = 40_000


@pytest.fixture
def day(group: Unit) -> Iterator[time_machine.Traveller]:
    """A morning of a response that began days ago."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        begin_with_pack(OPERATOR, "covid19-2020-01", MORNING - timedelta(days=3))
        yield traveller


@given(st.builds(Care, st.booleans(), st.booleans(), st.integers(0, 3), st.booleans()))
def test_red_comes_first_and_a_returned_report_is_not_also_late(care: Care) -> None:
    assert not {Trouble.REPORT_LATE, Trouble.RETURNED} <= set(care.troubles)
    assert (care.sign == "ok") == (not care.troubles)
    assert Care(loops_late=1).rank < Care(out_of_touch=True).rank < Care().rank
    assert Care(report_late=True, out_of_touch=True).rank < Care(report_late=True).rank


def test_a_unit_whose_day_begins_later_stands_with_the_day_that_it_is_there(
    day: time_machine.Traveller, mill: Unit, post: Post, client: Client
) -> None:
    leader = post(Role.LIAISON_LEADER, mill, "leader")
    Unit.objects.filter(pk=mill.pk).update(day_starts=time(10))
    (told,) = caring(leader).units
    assert told.day == MORNING.date() - timedelta(days=1)
    assert told.late
    client.force_login(User.objects.get(pk=leader.id))
    page = client.get(reverse("board:liaison")).content.decode()
    assert reverse("reports:page", args=[told.day, mill.code]) in page


def test_a_leader_sees_his_own_units_and_red_ones_first(
    day: time_machine.Traveller, mill: Unit, port: Unit, overseer: Actor, post: Post
) -> None:
    leader = post(Role.LIAISON_LEADER, mill, "leader")
    user = User.objects.get(pk=leader.id)
    line = AppointmentLine(seat="liaison", user=user, since=MORNING.date())
    name_liaison(OPERATOR, port, line)
    assert [each.unit for each in caring(leader).units] == [mill]
    (told,) = caring(leader).units
    assert (told.care.sign, told.came_at, told.touch.never) == ("warn", None, True)
    log(leader, mill, ContactLine())
    assert caring(leader).units[0].care.sign == "ok"
    (seat, *_) = issuing(overseer)
    due = MORNING + timedelta(hours=1)
    task = Task(title="补消毒记录", issuer=seat, owner_role=Role.PRINCIPAL, due=due)
    assign(overseer, mill, task, ids.new())
    day.move_to(EVENING)
    (told,) = caring(leader).units
    assert told.care.troubles == (Trouble.REPORT_LATE, Trouble.LOOPS_LATE)
    assert caring(leader).grave == 1
    assert not caring(overseer).units
    assert caring(overseer).covers


def test_the_phone_page_is_small_and_needs_no_script(
    day: time_machine.Traveller,
    mill: Unit,
    port: Unit,
    liaison: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    seats = [("head", "顾长青", "13800001234"), ("office_head", "许蔓", "")]
    for seat, name, phone in seats:
        line = AppointmentLine(seat=seat, name=name, phone=phone, since=MORNING.date())
        appoint(OPERATOR, mill, line)
    Unit.objects.filter(pk=mill.pk).update(phone="(0577)88812952")
    browser = Client(headers={"accept-language": "en"})
    user = User.objects.get(pk=liaison.id)
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    browser.get(reverse("board:liaison"))
    with django_assert_max_num_queries(34):
        answer = browser.get(reverse("board:liaison"))
    page = answer.content.decode()
    assert len(answer.content) < PAGE_BYTES
    assert "<script" not in page
    assert "tel:(0577)88812952" in page
    assert "顾长青" in page
    assert "13800001234" not in page
    assert "never yet" in page


def test_who_looks_after_nobody_is_told_so_and_others_find_no_page(
    day: time_machine.Traveller, group: Unit, mill: Unit
) -> None:
    browser = Client(headers={"accept-language": "en"})
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    browser.force_login(user_with(Role.GROUP_OFFICE, group), backend)
    assert "No unit is named to you" in browser.get(reverse("board:liaison")).content.decode()
    browser.force_login(user_with(Role.CLERK, mill), backend)
    assert browser.get(reverse("board:liaison")).status_code == HTTPStatus.NOT_FOUND
