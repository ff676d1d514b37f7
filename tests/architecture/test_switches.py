"""Every page of every post under every policy: what the policy switches off is nowhere."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from conftest import Post
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import create_user
from lianfang.ground.response import services
from lianfang.ground.response.rules import Level, Pack
from lianfang.ground.response.rules.drafting import Line
from lianfang.ground.response.rules.features import Feature, lacking, switched_on
from lianfang.ground.response.services import Beginning
from lianfang.ground.response.shipped import packs
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.services import enter, make_link
from lianfang.rollup.reports.services.obligations import unopened

NOON = datetime(2025, 9, 3, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
LINK = re.compile(r'(?:href|action|formaction)="([^"#]+)"')
MOST = 45
#: What a page says that is switched off.
SWITCHED_OFF = "这里不再填报"
SECRET = "a-secret-of-his-own"
#: The screens that make no sense without a part of the system.
NEED = {
    "checkins:grid": Feature.CHECK_IN,
    "checkins:readings": Feature.CHECK_IN,
    "checkins:me": Feature.CHECK_IN,
    "checkins:me_fill": Feature.CHECK_IN,
    "checkins:me_pass": Feature.GATE_SCREENING,
    "checkins:own_pass": Feature.GATE_SCREENING,
    "register:movement": Feature.MOVEMENTS,
    "register:movements": Feature.MOVEMENTS,
    "register:exposure": Feature.EPI_HISTORY,
}
AREAS = Line("regions.key_areas", "- {prefix: '44', zh: 广东省, en: Guangdong}", "卫健委公告")


@pytest.fixture(params=sorted(packs()))
def pack(request: pytest.FixtureRequest, group: Unit, overseer: Actor) -> Iterator[Pack]:
    """Each of the packs that come with the program, in force at noon."""
    found = packs()[request.param]
    at = NOON if found.valid_from < NOON and found.id[:5] != "covid" else _within(found)
    with time_machine.travel(at, tick=False):
        needs = {path for _, path in lacking(found.at(at))}
        said = (AREAS,) if AREAS.path in needs else ()
        told = Beginning(found.id, found.id, found.id, at, Level.IV, said=said)
        services.begin(overseer, group, told)
        yield found.at(at)


def _within(found: Pack) -> datetime:
    return found.valid_from.replace(hour=12)


@pytest.fixture
def somebody(mill: Unit, pack: Pack) -> Person:
    """A worker of the mill."""
    line = PersonLine(name="陈小满", person_no="0183")
    return enter(OPERATOR, mill, line, Whereabouts(in_town=True))


def off(pack: Pack) -> frozenset[str]:
    on = switched_on(pack)
    return frozenset(name for name, feature in NEED.items() if feature not in on)


def name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def walk(client: Client, start: str, gone: frozenset[str]) -> None:
    """Follow every link from a page on; each leads somewhere, and none to what is switched off."""
    seen: set[str] = set()
    waiting = [start]
    while waiting and len(seen) < MOST:
        url = waiting.pop(0)
        name = name_of(url)
        if name in seen or not name or name.startswith(("account", "demo", "set_language")):
            continue
        seen.add(name)
        answer = client.get(url)
        assert answer.status_code < 500, url
        if answer.status_code == 302:
            waiting.append(urljoin(url, answer.headers["Location"]))
            continue
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert SWITCHED_OFF not in answer.content.decode(), url
            links = [urljoin(url, each) for each in LINK.findall(answer.content.decode())]
            found = {link: name_of(link) for link in links if link.startswith("/")}
            wrong = {link for link, target in found.items() if target in gone}
            assert not wrong, f"{url} links to what is switched off: {wrong}"
            waiting += [link for link, target in found.items() if target not in seen]


@pytest.mark.parametrize("role", [Role.GROUP_OFFICE, Role.CLERK])
def test_no_post_meets_a_link_to_what_is_switched_off(
    pack: Pack, somebody: Person, group: Unit, mill: Unit, post: Post, client: Client, role: Role
) -> None:
    place = group if role is Role.GROUP_OFFICE else mill
    actor = post(role, place, f"walks-{role}")
    user = User.objects.get(pk=actor.id)
    client.force_login(user)
    gone = off(pack)
    walk(client, "/", gone)
    walk(client, reverse("register:person", args=[somebody.pk]), gone)
    if "checkins:grid" not in gone:
        walk(client, reverse("checkins:grid"), gone)


def test_what_is_switched_off_answers_by_which_policy_and_since_when(
    pack: Pack, somebody: Person, mill: Unit, post: Post, client: Client
) -> None:
    client.force_login(User.objects.get(pk=post(Role.CLERK, mill, "asks").id))
    for name in off(pack) & {"register:movement", "register:exposure", "checkins:grid"}:
        args = [] if name == "checkins:grid" else [somebody.pk]
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 404
        assert pack.title.zh in answer.content.decode()


def test_the_check_in_asks_what_the_policy_asks_and_gives_a_pass_where_there_is_one(
    pack: Pack, somebody: Person, client: Client
) -> None:
    make_link(OPERATOR, somebody, SECRET)
    client.get(reverse("checkins:link", args=[SECRET]))
    page = client.get("/c/fill").content.decode()
    asked = {str(each["id"]): str(each["kind"]) for each in pack.entries("checkin.questions")}
    on = switched_on(pack)
    assert ('name="temperature"' in page) == (Feature.TEMPERATURE in on)
    for code in ("in_town", "household_symptoms", "contact_risk_area", "contact_case"):
        assert (f'name="{code}"' in page) == (code in asked), code
    told = {"key": str(uuid4()), "symptoms": ["none"]}
    told |= {code: "no" for code, kind in asked.items() if kind == "bool"}
    if "in_town" in asked:
        told["in_town"] = "yes"
    if Feature.TEMPERATURE in on:
        told |= {"temperature": page.split('name="temperature"')[1].split('value="')[1][:4]}
        told |= {"method": "forehead"}
    answer = client.post("/c/fill", told)
    assert answer.status_code == 302, re.findall(
        r"lf-error.*?</p>", answer.content.decode(), re.DOTALL
    )
    row = CheckIn.objects.get()
    assert (row.temperature is None) == (Feature.TEMPERATURE not in on)
    assert row.in_town is (True if "in_town" in asked else None)
    given = client.get("/c/pass")
    if Feature.GATE_SCREENING in on:
        assert (answer.headers["Location"], given.status_code) == ("/c/pass", 200)
    else:
        assert (answer.headers["Location"], given.status_code) == ("/c/fill", 404)
        assert pack.title.zh in given.content.decode()
        assert "/c/pass" not in client.get("/c/fill").content.decode()


def test_nobody_owes_a_daily_report_that_the_policy_does_not_want(pack: Pack, mill: Unit) -> None:
    wants = pack.text("report.daily") == "daily"
    assert bool(unopened(OPERATOR, clock.now())) == wants


def test_a_person_signed_in_sees_his_own_check_in(
    pack: Pack, somebody: Person, mill: Unit, client: Client
) -> None:
    user = create_user(OPERATOR, mill, "chen", "陈小满", "")
    User.objects.filter(pk=user.pk).update(person=somebody.pk)
    client.force_login(User.objects.get(pk=user.pk))
    walk(client, reverse("checkins:me"), off(pack))
