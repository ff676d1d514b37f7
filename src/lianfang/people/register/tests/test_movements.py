from datetime import date, timedelta

import pytest
import time_machine

from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.people.register import seams, services
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.rules.lines import Told, Whereabouts
from lianfang.people.register.rules.words import HowTold

BACK = Whereabouts(
    in_town=True,
    from_region="340102",
    left_on=date(2020, 1, 18),
    returned_on=date(2020, 1, 30),
    transport="rail",
    transport_no="G7345",
    how=HowTold.BY_PHONE,
)


def test_who_comes_back_by_train_from_another_province_is_in_that_class(
    clerk: Actor, lin: Person, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(hours=1))
    row = services.record_movement(clerk, lin, BACK)
    assert row.movement_class == "returned_public_transport_other_province"
    before = Movement.objects.get(person=lin, valid_to=row.valid_from)
    assert (before.movement_class, before.in_town) == ("not_yet_back", False)
    assert (row.by, row.response_id) == (clerk.who, before.response_id)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Whereabouts(in_town=False, left_on=date(2020, 2, 3)), "left_on"),
        (Whereabouts(in_town=True, returned_on=date(2020, 2, 3)), "returned_on"),
        (
            Whereabouts(in_town=True, left_on=date(2020, 1, 20), returned_on=date(2020, 1, 19)),
            "returned_on",
        ),
        (Whereabouts(in_town=False, returned_on=date(2020, 1, 30)), "in_town"),
        (Whereabouts(in_town=False, region="330302"), "region"),
        (Whereabouts(in_town=True, movement_class="teleported"), "movement_class"),
    ],
)
def test_a_movement_that_contradicts_itself_is_refused(
    clerk: Actor, chen: Person, told: Whereabouts, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.record_movement(clerk, chen, told)
    assert refused.value.field == field
    assert Movement.objects.filter(person=chen).count() == 1


def test_many_movements_are_recorded_at_once(
    clerk: Actor, chen: Person, lin: Person, zhou: Person
) -> None:
    away = Whereabouts(in_town=False, region="420102")
    items = services.record_movement.many(
        clerk, [services.record_movement.on(each, away) for each in (chen, zhou, lin)]
    )
    assert [item.refused is None for item in items] == [True, False, True]
    now = Movement.objects.filter(valid_to=None, in_town=False, region="420102")
    assert {row.person for row in now} == {chen, lin}


def test_one_who_has_left_does_not_spoil_the_others(
    clerk: Actor, chen: Person, lin: Person
) -> None:
    services.leave(clerk, lin)
    items = services.record_movement.many(
        clerk,
        [services.record_movement.on(each, told=Whereabouts(in_town=True)) for each in (lin, chen)],
    )
    assert [item.refused is None for item in items] == [False, True]


def test_history_is_kept_as_told_and_can_be_withdrawn(clerk: Actor, chen: Person) -> None:
    row = services.record_exposure(clerk, chen, Told("hubei_travel", date(2020, 1, 22), "420102"))
    assert (row.kind, row.last_day, row.withdrawn_at) == ("hubei_travel", date(2020, 1, 22), None)
    services.withdraw_exposure(clerk, row)
    assert Exposure.objects.get().withdrawn_at == clock.now()
    with pytest.raises(Conflict):
        services.withdraw_exposure(clerk, row)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Told("hubei_travel", date(2020, 2, 22)), "last_day"),
        (Told("moon_travel", date(2020, 1, 22)), "kind"),
    ],
)
def test_history_that_cannot_be_is_refused(
    clerk: Actor, chen: Person, told: Told, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.record_exposure(clerk, chen, told)
    assert refused.value.field == field
    assert not Exposure.objects.exists()


def test_whoever_follows_is_told_of_every_change_inside_the_act(
    clerk: Actor, chen: Person, lin: Person
) -> None:
    heard: list[object] = []

    def listen(people: object, _now: object) -> None:
        heard.append(people)

    seams.follow(listen)
    seams.follow(listen)
    try:
        services.record_movement(clerk, chen, Whereabouts(in_town=True))
        seams.changed([], clock.now())
    finally:
        seams._Known.followers.remove(listen)  # noqa: SLF001 (leave the house as it was)
    assert heard == [(chen,)]
