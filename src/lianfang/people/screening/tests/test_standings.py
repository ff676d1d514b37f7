from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.people.register import services as register
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import Told, Whereabouts
from lianfang.people.screening import queries
from lianfang.people.screening.judging import evaluate
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Status
from lianfang.people.screening.services import RULES, rescreen, rescreen_unit


def known(count: int = 1, **facts: object) -> dict[str, list[object]]:
    """What a healthy check-in of today tells."""
    told = {
        "temperature": 36.5,
        "method": "forehead",
        "symptoms_any": False,
        "household_symptoms": False,
        "checked_in_today": True,
    } | facts
    return {name: [value] * count for name, value in told.items()}


def test_who_has_not_checked_in_is_to_be_checked_first(clerk: Actor, chen: Person) -> None:
    standing = queries.status_of(clerk, chen)
    assert (standing.status, standing.reasons, standing.rule) == (
        Status.CHECK_FIRST,
        ("no_checkin",),
        "no_checkin",
    )
    assert (standing.pack_id, standing.pack_version) == ("covid19-2020-01", 1)


def test_a_decision_is_recorded_with_the_facts_that_it_saw(clerk: Actor, chen: Person) -> None:
    rescreen([chen], clock.now(), clerk, known=known(temperature=37.6))
    row = Decision.objects.filter(person=chen).first()
    assert row is not None
    assert (row.status, row.reasons, row.rule) == ("not_now", ["fever"], "fever")
    assert row.facts["temperature"] == 37.6
    assert row.facts["in_town"] is True
    assert (row.by, row.pack_version) == (clerk.who, 1)


def test_nothing_is_recorded_where_nothing_changed(clerk: Actor, chen: Person) -> None:
    rescreen([chen], clock.now(), clerk, known=known())
    before = Decision.objects.count()
    rescreen([chen], clock.now() + timedelta(hours=1), clerk, known=known(temperature=36.6))
    assert Decision.objects.count() == before


def test_a_decision_names_the_one_that_it_follows(clerk: Actor, chen: Person) -> None:
    rescreen([chen], clock.now(), clerk, known=known())
    rescreen([chen], clock.now() + timedelta(hours=1), clerk, known=known(temperature=38.0))
    last, first, *_ = queries.decisions(clerk, chen)
    assert (last.status, first.status) == ("not_now", "may_enter")
    assert last.replaces_id == first.pk


def test_one_and_many_are_judged_alike(clerk: Actor, chen: Person, lin: Person) -> None:
    people, told = [chen, lin], known(2)
    told["temperature"] = [36.5, 37.4]
    many = evaluate(people, clock.now(), None, told)
    each = [
        evaluate(
            [person], clock.now(), None, {name: [column[at]] for name, column in told.items()}
        )[0]
        for at, person in enumerate(people)
    ]
    assert many == each
    assert [one.status for one in many] == [Status.MAY_ENTER, Status.NOT_NOW]


def test_a_history_told_to_the_register_changes_the_status_at_once(
    clerk: Actor, chen: Person
) -> None:
    told = Told(kind="contact_with_case", last_day=date(2020, 1, 25))
    register.record_exposure(clerk, chen, told)
    row = queries.decisions(clerk, chen).first()
    assert row is not None
    assert (row.rule, row.by, row.via) == ("case_contact", RULES.who, "register")
    assert row.facts["days_since_case_contact"] == 6


def test_a_history_outside_the_window_decides_nothing(clerk: Actor, chen: Person) -> None:
    register.record_exposure(clerk, chen, Told(kind="hubei_travel", last_day=date(2020, 1, 10)))
    assert queries.status_of(clerk, chen).reasons == ("no_checkin",)


def test_a_stay_in_a_key_area_counts_until_the_day_of_coming_back(
    clerk: Actor, chen: Person
) -> None:
    away = Whereabouts(in_town=False, region="420102", left_on=date(2020, 1, 20))
    register.record_movement(clerk, chen, away)
    assert queries.status_of(clerk, chen).rule == "key_area"
    back = Whereabouts(in_town=True, from_region="420102", returned_on=date(2020, 1, 31))
    register.record_movement(clerk, chen, back)
    standing = queries.status_of(clerk, chen)
    assert (standing.rule, standing.facts["days_since_key_area"]) == ("key_area", 0)


def test_the_status_of_the_past_is_what_was_decided_then(
    clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    rescreen([chen], clock.now(), clerk, known=known())
    at_eight = clock.now()
    morning.shift(timedelta(hours=2))
    rescreen([chen], clock.now(), clerk, known=known(temperature=38.0))
    assert queries.status_of(clerk, chen, at_eight).status is Status.MAY_ENTER
    assert queries.status_of(clerk, chen, at_eight + timedelta(hours=1)).status is Status.MAY_ENTER
    before_all = queries.status_of(clerk, chen, at_eight - timedelta(days=3))
    assert (before_all.status, before_all.reasons) == (Status.UNKNOWN, ("missing:decision",))


def test_everybody_of_a_unit_is_looked_at_again(
    overseer: Actor, mill: Unit, chen: Person, lin: Person, zhou: Person
) -> None:
    done = rescreen_unit(overseer, mill)
    assert (done.looked_at, done.subjects) == (2, ())
    assert rescreen_unit(OPERATOR, None).looked_at == 3
    entry = Entry.objects.filter(act="screening.rescreen", who=overseer.who).get()
    assert entry.place == mill.path


def test_who_is_not_yours_has_no_status(stranger: Actor, chen: Person) -> None:
    with pytest.raises(NotAllowed):
        queries.status_of(stranger, chen)
    assert not queries.history(stranger, chen)


def test_many_statuses_cost_a_few_queries(
    chen: Person, lin: Person, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = evaluate([chen, lin], clock.now())
    assert {each.status for each in found} == {Status.CHECK_FIRST}


def test_before_any_response_nothing_is_known(mill: Unit, clerk: Actor, morning: object) -> None:
    person = Person.objects.create(unit=mill, name="某人")
    standing = queries.status_of(clerk, person)
    assert (standing.status, standing.reasons) == (Status.UNKNOWN, ("missing:pack",))
    assert rescreen([person], clock.now(), clerk)[0] == standing
    assert not Decision.objects.exists()


def test_a_decision_can_be_neither_changed_nor_deleted(clerk: Actor, chen: Person) -> None:
    for change in (
        lambda: Decision.objects.update(status="may_enter"),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Decision.objects.filter(person=chen).exists()
