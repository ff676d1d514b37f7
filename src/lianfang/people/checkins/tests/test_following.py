from datetime import date, timedelta
from decimal import Decimal

import time_machine

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.queries import by_link
from lianfang.ground.response.services import AmendmentLine, amend, supplement
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.people.checkins.rules import (
    Verdict,
)
from lianfang.people.checkins.services import look_for_run_out, record
from lianfang.people.checkins.tests.sheets import sheet
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.rules.words import Employment, HowTold
from lianfang.people.screening import queries
from lianfang.people.screening.models import Decision
from lianfang.people.screening.rules import Status


def test_a_pass_outlives_midnight_for_as_long_as_the_pack_says(
    clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(hours=12))
    record(clerk, chen, sheet())
    morning.shift(timedelta(hours=10))
    assert queries.status_of(clerk, chen).status is Status.MAY_ENTER
    morning.shift(timedelta(hours=14, minutes=1))
    assert queries.status_of(clerk, chen).rule == "no_checkin"


def test_the_clock_says_once_that_a_reading_ran_out(
    clerk: Actor, chen: Person, lin: Person, morning: time_machine.Traveller
) -> None:
    record(clerk, chen, sheet())
    look_for_run_out(CLOCK, clock.now())
    morning.shift(timedelta(hours=24))
    record(clerk, lin, sheet())
    for _ in range(2):
        look_for_run_out(CLOCK, clock.now())
    last = Decision.objects.filter(person=chen).first()
    assert last is not None
    assert (last.rule, last.by) == ("no_checkin", CLOCK.who)
    assert Entry.objects.filter(act="checkins.run_out").count() == 1


def test_who_went_to_a_key_area_or_met_people_from_there_is_asked_first(
    clerk: Actor, chen: Person
) -> None:
    done = record(clerk, chen, sheet(contact_risk_area=True))
    assert (done.standing.status, done.standing.rule) == (
        Status.CHECK_FIRST,
        "met_people_from_key_area",
    )


def test_a_unit_that_is_stricter_is_stricter_for_its_own_people_only(
    overseer: Actor,
    mill: Unit,
    clerk: Actor,
    stranger: Actor,
    chen: Person,
    zhou: Person,
    morning: time_machine.Traveller,
) -> None:
    supplement(overseer, mill, "temperature.fever_ge_c", 37.1, "冷库")
    morning.shift(timedelta(seconds=1))
    warm = record(clerk, chen, sheet(temperature=Decimal("37.1"), how=HowTold.IN_PERSON))
    other = record(stranger, zhou, sheet(temperature=Decimal("37.1")))
    assert (warm.checkin.verdict, warm.standing.rule) == (Verdict.FEVER, "fever")
    assert (other.checkin.verdict, other.standing.rule) == (Verdict.RECHECK, "warm_reading")


def test_a_pack_with_a_bad_rule_is_refused_and_a_good_one_is_applied_to_everybody(
    group: Unit, clerk: Actor, chen: Person
) -> None:
    record(clerk, chen, sheet(temperature=Decimal("37.2")))
    amendment = AmendmentLine(
        title_zh="改门槛",
        valid_from=clock.now(),
        sets={"temperature.fever_ge_c": 37.2},
        source="通知",
    )
    amend(OPERATOR, group, amendment)
    last = Decision.objects.filter(person=chen).first()
    assert last is not None
    assert (last.rule, last.pack_version, last.by) == ("fever", 2, OPERATOR.who)


def test_a_night_market_counts_to_its_own_day(
    clerk: Actor, mill: Unit, market: Site, enter: object, morning: time_machine.Traveller
) -> None:
    Site.objects.filter(pk=market.pk).update(day_starts="15:00")
    market.refresh_from_db()
    holder = enter(mill, "金阿姨", site=market, employment=Employment.STALL_HOLDER)  # type: ignore[operator]
    done = record(clerk, holder, sheet())
    assert done.checkin.day == date(2020, 1, 30)
    assert done.checkin.population == "on_site"


def test_saying_to_be_out_of_town_moves_the_register_once(clerk: Actor, chen: Person) -> None:
    done = record(clerk, chen, sheet(in_town=False, region="420102"))
    assert (done.standing.status, done.standing.rule) == (Status.NOT_NOW, "key_area")
    assert set(done.standing.reasons) == {"key_area", "out_of_town"}
    row = Movement.objects.get(person=chen, valid_to=None)
    assert (row.in_town, row.region) == (False, "420102")
    record(clerk, chen, sheet(in_town=False, region="420102"))
    assert Movement.objects.filter(person=chen).count() == 2


def test_coming_back_is_taken_over_too(clerk: Actor, chen: Person) -> None:
    record(clerk, chen, sheet(in_town=False, region="330100"))
    done = record(clerk, chen, sheet(taken_at=clock.now() + timedelta(minutes=1)))
    assert done.standing.status is Status.MAY_ENTER
    row = Movement.objects.get(person=chen, valid_to=None)
    assert (row.in_town, row.returned_on) == (True, date(2020, 1, 31))


def test_a_contact_is_kept_as_history_once_and_holds_until_somebody_has_asked(
    chen: Person, morning: time_machine.Traveller
) -> None:
    own = by_link(chen.pk)
    first = record(own, chen, sheet(contact_case=True))
    assert (first.standing.status, first.standing.rule) == (Status.NOT_NOW, "case_contact")
    morning.shift(timedelta(minutes=5))
    assert record(own, chen, sheet(contact_case=True)).standing.status is Status.NOT_NOW
    row = Exposure.objects.get(person=chen)
    assert (row.kind, row.last_day_known) == ("contact_with_case", False)
    morning.shift(timedelta(minutes=5))
    assert record(own, chen, sheet()).standing.status is Status.NOT_NOW
