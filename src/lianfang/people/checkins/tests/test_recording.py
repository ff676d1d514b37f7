from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, transaction

from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import by_link
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.people.checkins.models import Attempt, CheckIn
from lianfang.people.checkins.rules import (
    Channel,
    NextStep,
    Outcome,
    Tried,
    Verdict,
)
from lianfang.people.checkins.services import attempt, record
from lianfang.people.checkins.tests.sheets import sheet
from lianfang.people.register import services as register
from lianfang.people.register.models import Movement, Person
from lianfang.people.register.rules.words import HowTold
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Status


def test_a_normal_reading_lets_somebody_in(clerk: Actor, chen: Person) -> None:
    done = record(clerk, chen, sheet())
    assert (done.checkin.verdict, done.standing.status) == (Verdict.NORMAL, Status.MAY_ENTER)
    assert done.checkin.day == date(2020, 1, 31)
    assert done.checkin.response is not None
    assert (done.checkin.by, done.checkin.via) == (clerk.who, "web")


def test_a_person_records_for_himself_by_his_link_and_for_nobody_else(
    chen: Person, lin: Person
) -> None:
    own = by_link(chen.pk)
    assert record(own, chen, sheet()).checkin.by == f"person:{chen.pk}"
    with pytest.raises(NotAllowed):
        record(own, lin, sheet())
    assert not CheckIn.objects.filter(person=lin).exists()


def test_a_fever_is_not_now_until_it_is_measured_where_the_pack_confirms_it(
    chen: Person, morning: time_machine.Traveller
) -> None:
    own = by_link(chen.pk)
    hot = record(own, chen, sheet(temperature=Decimal("37.6")))
    assert (hot.checkin.verdict, hot.standing.rule) == (Verdict.FEVER, "fever")
    morning.shift(timedelta(minutes=2))
    cool = record(own, chen, sheet())
    assert (cool.checkin.counts, cool.checkin.replaces_id) == (False, None)
    assert cool.standing.status is Status.NOT_NOW
    morning.shift(timedelta(minutes=15))
    again = record(own, chen, sheet(method="axillary"))
    assert (again.checkin.counts, again.checkin.replaces_id) == (True, hot.checkin.pk)
    assert again.standing.status is Status.MAY_ENTER


@pytest.mark.parametrize(
    ("temperature", "verdict", "status"),
    [
        (None, Verdict.INVALID, Status.UNKNOWN),
        ("34.4", Verdict.INVALID, Status.CHECK_FIRST),
        ("37.1", Verdict.RECHECK, Status.CHECK_FIRST),
    ],
)
def test_a_low_or_warm_reading_is_measured_again_and_the_second_one_decides(
    chen: Person,
    morning: time_machine.Traveller,
    temperature: str | None,
    verdict: Verdict,
    status: Status,
) -> None:
    own = by_link(chen.pk)
    value = Decimal(temperature) if temperature else None
    first = record(own, chen, sheet(temperature=value))
    assert (first.checkin.verdict, first.standing.status) == (verdict, status)
    morning.shift(timedelta(minutes=15))
    second = record(own, chen, sheet())
    assert second.checkin.replaces_id == first.checkin.pk
    assert second.standing.status is Status.MAY_ENTER


def test_a_reading_that_comes_in_late_is_kept_and_changes_nothing(
    clerk: Actor, chen: Person
) -> None:
    record(clerk, chen, sheet(temperature=Decimal("37.8"), how=HowTold.IN_PERSON))
    yesterday = clock.now() - timedelta(days=1, hours=2)
    late = record(clerk, chen, sheet(taken_at=yesterday))
    assert (late.checkin.day, late.standing.status) == (date(2020, 1, 30), Status.NOT_NOW)
    earlier_today = clock.now() - timedelta(hours=1)
    assert not record(clerk, chen, sheet(taken_at=earlier_today)).checkin.counts


def test_a_late_reading_alone_says_what_held_when_it_was_taken(clerk: Actor, chen: Person) -> None:
    late = record(clerk, chen, sheet(taken_at=clock.now() - timedelta(days=3)))
    assert late.standing.status is Status.MAY_ENTER
    last = Decision.objects.filter(person=chen).first()
    assert last is not None
    assert last.rule == "no_checkin"


def test_the_same_as_yesterday_is_refused_when_there_was_none(chen: Person) -> None:
    with pytest.raises(BadInput):
        record(by_link(chen.pk), chen, sheet(same_as_yesterday=True))
    assert not CheckIn.objects.exists()


def test_nothing_is_recorded_of_somebody_who_has_left(clerk: Actor, chen: Person) -> None:
    register.leave(OPERATOR, chen)
    with pytest.raises(Conflict):
        record(clerk, chen, sheet())
    assert not CheckIn.objects.exists()


def test_a_stranger_records_nothing(stranger: Actor, chen: Person) -> None:
    with pytest.raises(NotAllowed):
        record(stranger, chen, sheet())
    assert not CheckIn.objects.exists()


def test_the_trail_names_the_check_in_and_repeats_nothing_of_it(clerk: Actor, chen: Person) -> None:
    done = record(clerk, chen, sheet(symptoms=("cough",), temperature=Decimal("36.9")))
    entry = Entry.objects.get(act="checkins.record")
    assert entry.arguments == {}
    assert Subject.objects.get(entry=entry).subject == done.checkin.pk


def test_many_are_recorded_as_one_by_one(
    clerk: Actor, chen: Person, lin: Person, zhou: Person
) -> None:
    sheets = [
        (chen, sheet(temperature=Decimal("37.6"))),
        (zhou, sheet()),
        (lin, sheet(temperature=Decimal("50.0"))),
        (lin, sheet(contact_case=True)),
        (chen, sheet(temperature=Decimal("36.6"), how=HowTold.IN_PERSON)),
    ]
    done = record.many(clerk, [record.on(person, each) for person, each in sheets])
    assert [type(item.refused) for item in done] == [
        type(None),
        NotAllowed,
        BadInput,
        type(None),
        type(None),
    ]
    statuses = [item.result.standing.status for item in done if item.result]
    assert statuses == [Status.NOT_NOW, Status.NOT_NOW, Status.MAY_ENTER]
    assert done[4].result is not None
    assert done[4].result.checkin.replaces_id == done[0].result.checkin.pk  # type: ignore[union-attr]


def test_somebody_is_looked_for_with_a_next_step(clerk: Actor, chen: Person) -> None:
    tried = Tried(Channel.PHONE, Outcome.NO_ANSWER, NextStep.CALL_AGAIN)
    row = attempt(clerk, chen, tried)
    assert (row.day, row.next_step, row.by) == (date(2020, 1, 31), "call_again", clerk.who)


def test_a_check_in_can_be_neither_changed_nor_deleted(clerk: Actor, chen: Person) -> None:
    record(clerk, chen, sheet())
    attempt(clerk, chen, Tried(Channel.CHAT, Outcome.WILL_ANSWER, NextStep.CALL_AGAIN))
    for change in (
        lambda: CheckIn.objects.update(verdict="normal"),
        lambda: CheckIn.objects.all().delete(),
        lambda: Attempt.objects.update(outcome="no_answer"),
        lambda: Attempt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_was_not_asked_teaches_the_register_nothing(clerk: Actor, chen: Person) -> None:
    done = record(clerk, chen, sheet(in_town=None))
    assert done.standing.status is Status.MAY_ENTER
    assert Movement.objects.filter(person=chen).count() == 1


def test_of_a_device_only_a_keyed_hash_is_kept(clerk: Actor, chen: Person, lin: Person) -> None:
    one = record(clerk, chen, sheet(device="one phone"))
    two = record(clerk, lin, sheet(device="one phone"))
    assert one.checkin.device == two.checkin.device
    assert b"phone" not in (one.checkin.device or b"")


def test_readings_are_of_persons_and_sheets_only(clerk: Actor, mill: Unit, chen: Person) -> None:
    with pytest.raises(TypeError):
        record.many(clerk, [record.on(mill, sheet()), record.on(mill, sheet())])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        record.many(clerk, [record.on(chen, 5), record.on(chen, 5)])  # type: ignore[arg-type]
    assert not CheckIn.objects.exists()
