from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from lianfang.ground.figures import queries
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.orgs.models import Site, Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.rules import Channel, NextStep, Outcome, Reading, Sheet, Tried
from lianfang.people.checkins.services import attempt, record
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import Employment, HowTold

DAY = date(2020, 1, 31)
CODES = sorted(code for code, each in FIGURES.items() if (each.family or "").startswith("checkins"))
Enter = Callable[..., Person]


def sheet(temperature: str | None = "36.5", **told: object) -> Sheet:
    return Sheet(
        Reading(
            taken_at=clock.now(),
            temperature=Decimal(temperature) if temperature else None,
            method="forehead",
            in_town=True,
            how=HowTold.IN_PERSON,
            **told,  # type: ignore[arg-type]
        )
    )


@pytest.fixture
def day(
    clerk: Actor,
    mill: Unit,
    mill_branch: Unit,
    market: Site,
    enter: Enter,
    chen: Person,
    lin: Person,
) -> None:
    """A day at the mill: one well, one feverish, one at the branch unreached, two stall holders."""
    record(clerk, chen, sheet())
    record(clerk, lin, sheet("37.6"))
    lost = enter(mill_branch, "何平", "0300")
    attempt(clerk, lost, Tried(Channel.PHONE, Outcome.NO_ANSWER, NextStep.CALL_AGAIN))
    enter(mill, "吕东", "0301")
    holder = enter(mill, "金阿姨", site=market, employment=Employment.STALL_HOLDER)
    enter(mill, "叶师傅", site=market, employment=Employment.STALL_HOLDER)
    record(clerk, holder, sheet(None, symptoms=("cough",)))


def values(actor: Actor, unit: Unit) -> dict[str, object]:
    found = queries.of_day(actor, [unit], DAY).of(unit.pk)
    return {code: found[code].value for code in CODES}


def test_a_day_is_counted_with_staff_and_people_on_site_apart(
    day: None, clerk: Actor, mill: Unit
) -> None:
    assert values(clerk, mill) == {
        "temp_due": 4,
        "temp_done": 2,
        "temp_abnormal": 1,
        "checked_in": 2,
        "not_checked_in": 2,
        "unreached": 1,
        "symptomatic": 1,
        "onsite_reached": 1,
        "onsite_not_checked_in": 1,
        "onsite_unreached": 0,
        "onsite_symptomatic": 1,
        "onsite_temp_abnormal": 0,
    }


@pytest.mark.parametrize("code", CODES)
def test_a_figure_opens_to_the_very_rows_that_it_counts(
    day: None, clerk: Actor, mill: Unit, code: str
) -> None:
    assert len(queries.rows(clerk, code, mill, DAY)) == values(clerk, mill)[code]


def test_a_second_reading_takes_somebody_out_of_the_symptomatic_but_not_the_abnormal(
    day: None, clerk: Actor, mill: Unit, lin: Person, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(minutes=20))
    record(clerk, lin, sheet("36.6"))
    found = values(clerk, mill)
    assert (found["symptomatic"], found["temp_abnormal"]) == (0, 1)


def test_what_came_in_later_is_not_in_the_figures_of_an_earlier_instant(
    day: None, clerk: Actor, mill: Unit, morning: time_machine.Traveller
) -> None:
    before = clock.now()
    morning.shift(timedelta(hours=1))
    late = Person.objects.get(person_no="0301")
    record(clerk, late, sheet())
    found = queries.of_day(clerk, [mill], DAY, before).of(mill.pk)
    assert found["checked_in"].value == 2
    assert values(clerk, mill)["checked_in"] == 3


def test_a_stranger_counts_nobody_of_the_mill(day: None, stranger: Actor, port: Unit) -> None:
    assert set(values(stranger, port).values()) == {0}
