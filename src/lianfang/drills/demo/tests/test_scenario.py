from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.drills.demo import services
from lianfang.drills.demo.rules import days, group
from lianfang.drills.demo.rules.people import somebody, staff
from lianfang.ground.response.shipped import packs
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.identities import resident
from lianfang.kernel.refusals import Conflict, NotAllowed
from lianfang.rollup.reports.rules.checks import Draft, contradictions

ZONE = ZoneInfo("Asia/Shanghai")
CHECKS = packs()["covid19-2020-01"].entries("report.checks")


def test_the_scenario_is_the_same_on_every_machine() -> None:
    def told() -> list[object]:
        company = group.COMPANIES[0]
        return [
            list(staff(Random(1), company, 40, set())),
            days.typed_numbers(1, company, days.LAST),
        ]

    assert told() == told()


def test_no_identity_number_of_the_demo_is_anybodys() -> None:
    seen: set[str] = set()
    for _ in range(50):
        person = somebody(Random(len(seen)), seen)
        resident(person.document, days.LAST)
        assert person.document[14:17] in {"996", "997", "998", "999"}


@pytest.mark.parametrize(("number", "company"), days.companies())
def test_what_is_typed_never_contradicts_itself(number: int, company: group.Company) -> None:
    for before, day in zip(days.DAYS, days.DAYS[1:], strict=False):
        today, yesterday = (
            {code: int(value) for code, value in days.typed_numbers(number, company, each).items()}
            for each in (day, before)
        )
        news = days.news(company, day) or "-"
        told = Draft(today=today, yesterday=yesterday, new_issues=news, checks=CHECKS)
        assert not contradictions(told)


def test_three_companies_are_late_on_the_last_day_and_none_before() -> None:
    def out(day: date) -> int:
        sent = [days.sent_at(c, day, ZONE) for _, c in days.companies()]
        return sum(1 for each in sent if each is None)

    assert [out(day) for day in days.DAYS] == [0, 0, 0, 0, 3]


def test_the_contacts_of_the_last_day_are_two_more() -> None:
    def known(day: date) -> int:
        return sum(days.contacts(company, day) for _, company in days.companies())

    assert known(days.LAST) - known(days.LAST - timedelta(days=1)) == 2


def test_an_installation_that_is_no_demo_shows_nothing_of_it(client: Client, db: None) -> None:
    assert client.get(reverse("demo:home")).status_code == 404
    assert client.post(reverse("demo:play", args=["zhoulan"])).status_code == 404
    assert client.post(reverse("demo:move"), {"step": "10m"}).status_code == 404


def test_the_real_time_is_never_moved(overseer: Actor) -> None:
    with pytest.raises(Conflict):
        services.move_clock(OPERATOR, None, "10m")
    with pytest.raises(NotAllowed):
        services.move_clock(overseer, None, "10m")
