from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import FAMILIES, FIGURES
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.ground.response.services import supplement
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register import services
from lianfang.people.register.figures.memberships import WAYS
from lianfang.people.register.figures.standing import at
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Told, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.tests.conftest import TODAY, ZONE, Enter

OURS = sorted(
    code for code, figure in FIGURES.items() if (figure.family or "").startswith("register.")
)
PARTS = ("regular", "dispatched", "temporary", "outsourced", "intern")
AWAY = Whereabouts(in_town=False, region="420102")
BACK = Whereabouts(in_town=True, returned_on=TODAY, from_region="420102")
Step = tuple[str, int, Employment]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["enter", "away", "back", "history", "withdraw", "move", "leave", "change"]
        ),
        st.integers(0, 9),
        st.sampled_from(list(Employment)),
    ),
    max_size=14,
)


def value(
    actor: Actor, unit: Unit, code: str, day: date = TODAY, as_of: datetime | None = None
) -> object:
    return figures.of_day(actor, [unit], day, as_of).total(unit.pk, code).value


def do(step: Step, people: list[Person], units: Sequence[Unit]) -> None:
    """Do one thing to one of the people; what the rules refuse is not done."""
    what, number, way = step
    if what == "enter" or not people:
        unit = units[number % len(units)]
        people.append(services.enter(OPERATOR, unit, PersonLine(f"人{len(people)}", way)))
        return
    person = people[number % len(people)]
    person.refresh_from_db()
    if person.left_at is not None and what != "move":
        return
    acts: dict[str, Callable[[], object]] = {
        "away": lambda: services.record_movement(OPERATOR, person, AWAY),
        "back": lambda: services.record_movement(OPERATOR, person, BACK),
        "history": lambda: services.record_exposure(OPERATOR, person, Told("hubei_travel", TODAY)),
        "withdraw": lambda: services.withdraw_exposure(
            OPERATOR, services.record_exposure(OPERATOR, person, Told("hubei_travel", TODAY))
        ),
        "move": lambda: services.move(OPERATOR, person, _other(units, person)),
        "leave": lambda: services.leave(OPERATOR, person),
        "change": lambda: services.change(OPERATOR, person, PersonLine(person.name, way)),
    }
    acts[what]()


def _other(units: Sequence[Unit], person: Person) -> Unit:
    return next(unit for unit in units if unit.pk != person.unit_id)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_every_figure_opens_to_as_many_rows_as_it_counts_and_the_balance_holds(
    group: Unit,
    mill: Unit,
    port: Unit,
    response: object,
    morning: time_machine.Traveller,
    steps: list[Step],
) -> None:
    people: list[Person] = []
    for step in steps:
        morning.shift(timedelta(minutes=1))
        do(step, people, (mill, port))
    found = figures.of_day(OPERATOR, None, TODAY)
    for unit in (group, mill, port):
        for code in OURS:
            opened = figures.rows(OPERATOR, code, unit, TODAY)
            assert (found.total(unit.pk, code).value or 0) == len(opened), code
        total = found.total(unit.pk, "headcount_total").value or 0
        parts = [found.total(unit.pk, f"headcount_{part}").value or 0 for part in PARTS]
        assert total == sum(parts)
        where = ("in_town", "not_returned", "whereabouts_unknown")
        assert total == sum(found.total(unit.pk, code).value or 0 for code in where)
        on_site = found.total(unit.pk, "onsite_total").value or 0
        assert on_site == sum(found.total(unit.pk, f"onsite_{code}").value or 0 for code in where)


def test_the_two_populations_are_never_one_headcount(
    mill: Unit, enter: Enter, clerk: Actor, market: Site
) -> None:
    enter(mill, "陈小满", 1)
    enter(mill, "郑阿土", 2, Employment.STALL_HOLDER, site=market)
    enter(mill, "吴租户", 3, Employment.TENANT, where=AWAY)
    counted = {
        code: value(clerk, mill, code)
        for code in ("headcount_total", "onsite_total", "onsite_tenants", "onsite_stall_holders")
    }
    assert counted == {
        "headcount_total": 1,
        "onsite_total": 2,
        "onsite_tenants": 1,
        "onsite_stall_holders": 1,
    }
    assert value(clerk, mill, "in_hubei") == 0
    assert value(clerk, mill, "onsite_in_hubei") == 1


def test_movements_and_history_are_counted_by_the_pack(
    clerk: Actor, chen: Person, lin: Person, enter: Enter, mill: Unit
) -> None:
    enter(mill, "李四", 4, where=BACK)
    enter(mill, "王五", 5, where=AWAY)
    enter(mill, "赵六", 6, where=Whereabouts())
    services.record_exposure(clerk, chen, Told("hubei_travel", date(2020, 1, 17)))
    services.record_exposure(clerk, chen, Told("contact_with_people_from_there", TODAY))
    services.record_exposure(clerk, lin, Told("hubei_residence", date(2020, 1, 16)))
    services.record_exposure(clerk, lin, Told("contact_with_case", TODAY))
    counted = {
        code: value(clerk, mill, code)
        for code in (
            *("headcount_total", "in_town", "not_returned", "whereabouts_unknown"),
            *("in_hubei", "returned_today", "epi_history_14d"),
        )
    }
    assert counted == {
        "headcount_total": 5,
        "in_town": 2,
        "not_returned": 2,
        "whereabouts_unknown": 1,
        "in_hubei": 1,
        "returned_today": 1,
        "epi_history_14d": 1,
    }


def test_a_day_is_counted_as_it_stood_at_its_end_and_as_it_was_known(
    clerk: Actor, lin: Person, mill: Unit, morning: time_machine.Traveller
) -> None:
    before = clock.now()
    morning.shift(timedelta(hours=2))
    services.record_movement(clerk, lin, BACK)
    assert value(clerk, mill, "not_returned", as_of=before) == 1
    assert value(clerk, mill, "not_returned") == 0
    morning.shift(timedelta(days=1))
    services.leave(clerk, lin)
    assert value(clerk, mill, "headcount_total") == 1
    assert value(clerk, mill, "headcount_total", TODAY + timedelta(days=1)) == 0


def test_what_is_missing_is_a_figure(
    clerk: Actor, mill: Unit, response: object, chen: Person
) -> None:
    services.enter(clerk, mill, PersonLine("阿土", Employment.TENANT))
    services.enter(clerk, mill, PersonLine("李四"))
    assert value(clerk, mill, "to_complete") == 1
    assert value(clerk, mill, "onsite_to_complete") == 1


def test_stalls_are_counted_by_their_state(clerk: Actor, market: Site, mill: Unit) -> None:
    for number, state in (("A1", "open"), ("A2", "closed"), ("A3", "not_returned")):
        Stall.objects.create(site=market, unit=mill, number=number, state=state)
    assert [
        value(clerk, mill, f"stalls_{code}") for code in ("total", "trading", "not_returned")
    ] == [
        3,
        1,
        1,
    ]
    shown = figures.rows(clerk, "stalls_not_returned", mill, TODAY)
    assert [row.label for row in shown] == ["江海粮油市场 A3"]


def test_a_row_shows_the_name_and_leads_to_the_person(
    clerk: Actor, mill: Unit, chen: Person
) -> None:
    row = figures.rows(clerk, "headcount_total", mill, TODAY)[0]
    assert (row.label, row.url) == ("陈小满", f"/people/{chen.pk}/")


def test_a_foreign_unit_counts_nothing(stranger: Actor, chen: Person) -> None:
    for family in ("memberships", "whereabouts", "histories", "completeness"):
        counted = FAMILIES[f"register.{family}"].count(stranger, TODAY, clock.now())
        assert not any(counted.values()), family


def test_a_family_is_counted_by_one_query_and_asks_when_days_begin(
    clerk: Actor, chen: Person, lin: Person, django_assert_num_queries: object
) -> None:
    expected = {"memberships": 2, "whereabouts": 3, "histories": 4, "completeness": 2, "stalls": 1}
    FAMILIES["register.whereabouts"].count(clerk, TODAY, clock.now())
    for family, number in expected.items():
        with django_assert_num_queries(number):  # type: ignore[operator]
            FAMILIES[f"register.{family}"].count(clerk, TODAY, clock.now())


def test_a_place_has_its_own_day() -> None:
    late, early = datetime(2020, 3, 1, tzinfo=ZONE), datetime(2020, 1, 31, 9, tzinfo=ZONE)
    assert at(TODAY, late, time(6)) == datetime(2020, 2, 1, 5, 59, 59, 999_999, tzinfo=ZONE)
    assert at(TODAY, late, time(0)) == datetime(2020, 1, 31, 23, 59, 59, 999_999, tzinfo=ZONE)
    assert at(TODAY, early, time(6)) == early


def test_a_night_market_and_an_office_are_counted_at_their_own_instant(
    overseer: Actor,
    group: Unit,
    mill: Unit,
    port: Unit,
    enter: Enter,
    morning: time_machine.Traveller,
) -> None:
    Unit.objects.filter(pk=port.pk).update(day_starts=time(6))
    morning.move_to(datetime(2020, 2, 1, 3, tzinfo=ZONE))
    enter(mill, "陈小满", 1)
    enter(port, "周帆", 3)
    assert (value(overseer, mill, "headcount_total"), value(overseer, port, "headcount_total")) == (
        0,
        1,
    )
    assert value(overseer, group, "headcount_total", TODAY + timedelta(days=1)) == 2


def test_every_way_of_belonging_is_counted_once() -> None:
    single = [way for ways in WAYS.values() if len(ways) == 1 for way in ways]
    assert sorted(single) == sorted(Employment)


def test_a_unit_that_looks_back_further_counts_older_history(
    clerk: Actor, principal: Actor, mill: Unit, port: Unit, chen: Person, zhou: Person
) -> None:
    for person in (chen, zhou):
        told = Told("hubei_travel", TODAY - timedelta(days=20))
        services.record_exposure(OPERATOR, person, told)

    assert value(OPERATOR, mill, "epi_history_14d") == 0
    supplement(principal, mill, "epi_window_days", 21, "本厂从严")
    assert value(OPERATOR, mill, "epi_history_14d") == 1
    assert value(OPERATOR, port, "epi_history_14d") == 0
