from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from conftest import Post
from lianfang.ground.command.models import Appointment
from lianfang.ground.doors.models import Entry
from lianfang.ground.loops.models import Loop, LoopStep
from lianfang.ground.loops.services import tick
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself
from lianfang.work.liaison import queries
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.rules.contacts import Touch
from lianfang.work.liaison.services import (
    ContactLine,
    Listing,
    complete,
    export,
    give_task,
    log,
    open_note,
    overdue,
    remind,
)
from lianfang.work.liaison.tests.conftest import NOW

CALL = ContactLine()
HOURS = st.integers(0, 400)


@given(HOURS, st.integers(1, 200))
def test_a_unit_is_out_of_touch_just_when_the_time_of_the_pack_has_passed(
    passed: int, allowed: int
) -> None:
    touch = Touch(NOW - timedelta(hours=passed), NOW - timedelta(days=90))
    assert touch.is_late(NOW, timedelta(hours=allowed)) == (passed > allowed)
    assert touch.days(NOW) == passed // 24


def test_a_call_is_logged_in_one_tap(looked_after: Appointment, mill: Unit, liaison: Actor) -> None:
    made = log(liaison, mill, CALL)
    assert (made.unit, made.how, made.leader_name) == (mill, "phone", looked_after.name)
    assert made.said is None
    (line,) = queries.lines(liaison, queries.current_contacts(liaison))
    assert not line.instead
    assert line.mine


def test_what_is_said_later_takes_the_place_of_the_first_row_and_is_sealed(
    looked_after: Appointment, mill: Unit, liaison: Actor, overseer: Actor
) -> None:
    first = log(liaison, mill, CALL)
    told = ContactLine(with_name="顾长青", said="门岗缺人", measure="今晚补一人", sort="inspection")
    fuller = complete(liaison, first, told)
    assert list(queries.current_contacts(liaison)) == [fuller]
    assert "门岗缺人" not in repr(fuller.said)
    assert open_note(overseer, fuller).said == "门岗缺人"
    assert Entry.objects.filter(act="contacts.open").exists()
    assert "门岗缺人" not in str(list(Entry.objects.values_list("arguments", flat=True)))
    with pytest.raises(Conflict, match="meantime"):
        complete(liaison, first, told)
    with pytest.raises(NotYourself):
        complete(overseer, fuller, told)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Contact.objects.filter(pk=first.pk).update(with_name="别人")


def test_the_office_records_for_the_leader_and_it_shows(
    looked_after: Appointment, mill: Unit, port: Unit, overseer: Actor
) -> None:
    made = log(overseer, mill, ContactLine(instead=True))
    assert made.leader_name == looked_after.name
    (line,) = queries.lines(overseer, [made])
    assert line.instead == made.by_name != line.leader
    with pytest.raises(Conflict, match="no liaison leader"):
        log(overseer, port, ContactLine(instead=True))


def test_what_cannot_be_is_not_logged(
    looked_after: Appointment, mill: Unit, port: Unit, liaison: Actor, stranger: Actor
) -> None:
    for told, wrong in (
        (ContactLine(happened_at=NOW + timedelta(hours=1)), "future"),
        (ContactLine(next_on=NOW.date() - timedelta(days=1)), "has passed"),
        (ContactLine(with_name="长" * 51), "50"),
    ):
        with pytest.raises(BadInput, match=wrong):
            log(liaison, mill, told)
    for actor, unit in ((liaison, port), (stranger, mill)):
        with pytest.raises(NotAllowed):
            log(actor, unit, CALL)
    assert not Contact.objects.exists()


def test_without_a_response_nothing_is_logged(mill: Unit, liaison: Actor) -> None:
    with pytest.raises(Conflict, match="No epidemic response"):
        log(liaison, mill, CALL)


def test_what_was_agreed_becomes_a_task_that_the_leader_verifies(
    looked_after: Appointment, mill: Unit, liaison: Actor, overseer: Actor
) -> None:
    made = log(liaison, mill, CALL)
    loop = give_task(liaison, made, "今晚北门补一人")
    assert (loop.unit, loop.owner_role) == (mill, Role.PRINCIPAL)
    assert (loop.verifier_unit, loop.verifier_role) == (mill, Role.LIAISON_LEADER)
    assert loop.due == NOW + timedelta(hours=24)
    assert give_task(liaison, made, "今晚北门补一人") == loop
    by_office = give_task(overseer, log(overseer, mill, CALL), "长" * 130)
    assert by_office.verifier_role == Role.GROUP_OFFICE
    with pytest.raises(BadInput, match="what is to be done"):
        give_task(liaison, made, " ")


def test_a_unit_that_nobody_called_is_asked_for_once_and_a_call_answers_it(
    looked_after: Appointment,
    mill: Unit,
    port: Unit,
    liaison: Actor,
    overseer: Actor,
    moment: time_machine.Traveller,
) -> None:
    assert overdue(CLOCK, clock.now()) == []
    moment.shift(timedelta(days=2, hours=1))
    assert [each.unit for each in overdue(CLOCK, clock.now())] == [mill]
    tick(clock.now())
    tick(clock.now())
    loop = Loop.objects.get(kind="liaison.contact")
    assert str(loop.owner_id) == liaison.id
    assert loop.title.params["days"] == "2"
    page = queries.coverage(overseer)
    assert (page.late, [each.late for each in page.leaders]) == (2, [1])
    log(liaison, mill, CALL)
    loop.refresh_from_db()
    assert loop.done_at is not None
    assert queries.coverage(overseer).late == 1
    moment.shift(timedelta(days=3))
    assert len(remind(CLOCK, None, clock.now()).subjects) == 1
    assert Loop.objects.filter(kind="liaison.contact").count() == 2


def test_a_reminder_is_answered_in_the_language_of_whoever_called(
    looked_after: Appointment, mill: Unit, liaison: Actor, moment: time_machine.Traveller
) -> None:
    moment.shift(timedelta(days=3))
    tick(clock.now())
    with override("zh-hans"):
        log(liaison, mill, CALL)
    loop = Loop.objects.get(kind="liaison.contact")
    assert LoopStep.objects.filter(loop=loop, note="已在联系台账中记录。").exists()


def test_many_calls_are_logged_at_once(
    looked_after: Appointment, mill: Unit, liaison: Actor, moment: time_machine.Traveller
) -> None:
    moment.shift(timedelta(days=3))
    tick(clock.now())
    found = log.many(liaison, [log.on(mill, CALL), log.on(mill, ContactLine(how="visit"))])
    assert [item.refused for item in found] == [None, None]
    assert Loop.objects.get(kind="liaison.contact").done_at is not None
    assert Contact.objects.count() == 2


def test_the_log_is_searched_narrowed_and_exported(
    looked_after: Appointment, mill: Unit, port: Unit, overseer: Actor, post: Post
) -> None:
    log(overseer, mill, ContactLine(with_name="顾长青"))
    log(overseer, port, ContactLine(sort="inspection", how="visit"))
    asked = queries.Asked
    assert queries.listed(overseer, asked()).count() == 2
    assert queries.listed(overseer, asked(words="长青")).count() == 1
    assert queries.listed(overseer, asked(unit=port)).count() == 1
    assert queries.listed(overseer, asked(sort="inspection")).count() == 1
    assert not queries.listed(overseer, asked(until=NOW.date() - timedelta(days=1))).exists()
    rows = list(queries.listed(overseer, asked()))
    told = export(overseer, mill, Listing([row.pk for row in rows]), len(rows), "abc")
    assert len(told.subjects) == 2
    leader = post(Role.LIAISON_LEADER, port, "port-leader")
    assert [row.unit for row in queries.listed(leader, asked())] == [port]


def test_coverage_of_a_unit_never_called_counts_from_the_appointment(
    looked_after: Appointment, mill: Unit, overseer: Actor, response: Response
) -> None:
    (touch,) = queries.coverage(overseer).leaders[0].units
    assert touch.never
    assert not touch.late
    assert queries.last_of(overseer, [mill.pk]) == {}
