from datetime import timedelta

import pytest
import time_machine

from lianfang.ground.doors.models import Entry
from lianfang.ground.loops.services import tick
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.services import AmendmentLine, amend, supplement
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.people.register.models import Person
from lianfang.people.screening import services
from lianfang.people.screening.models import Decision

LATER = timedelta(hours=3)


def entries() -> list[str]:
    done = Entry.objects.filter(act="screening.rescreen").order_by("recorded_at", "id")
    return list(done.values_list("place", flat=True))


@pytest.fixture
def turning(chen: Person, overseer: Actor, group: Unit) -> None:
    """An amendment that counts three hours later."""
    told = {"temperature.fever_ge_c": 37.0}
    amend(OPERATOR, group, AmendmentLine(clock.now() + LATER, told, "通知", "改"))


def test_everybody_is_screened_anew_when_the_policy_turns_and_only_once(
    turning: None, chen: Person, morning: time_machine.Traveller
) -> None:
    tick(clock.now())
    assert entries() == []
    morning.shift(LATER + timedelta(minutes=1))
    tick(clock.now())
    tick(clock.now())
    assert entries() == [""]
    assert Entry.objects.get(act="screening.rescreen").who == "clock:clock"


def test_a_clock_that_slept_through_a_turn_makes_up_for_it(
    turning: None, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(days=4))
    assert services.follow_turns(CLOCK, clock.now()) == 1
    assert services.follow_turns(CLOCK, clock.now()) == 0


def test_a_unit_that_makes_a_value_stricter_is_screened_anew_alone(
    chen: Person, zhou: Person, mill: Unit, principal: Actor
) -> None:
    services.follow_turns(CLOCK, clock.now())
    before = Decision.objects.count()
    supplement(principal, mill, "temperature.fever_ge_c", 37.0, "本厂从严")
    assert services.follow_turns(CLOCK, clock.now()) == 1
    assert services.follow_turns(CLOCK, clock.now()) == 0
    assert entries() == [mill.path]
    assert Decision.objects.count() >= before


def test_without_a_policy_nobody_is_screened(group: Unit) -> None:
    assert services.follow_turns(OPERATOR, clock.now()) == 0
