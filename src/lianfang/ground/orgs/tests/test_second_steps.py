import inspect
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import user_with
from lianfang.ground.doors.act import ACTS
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import ROLES, Role, acts_of
from lianfang.ground.orgs.rules.guarding import GUARDED, held_back, may_wait
from lianfang.ground.orgs.tests.signing_in import (
    APP,
    HOME,
    STEP,
    code_at,
    entries,
    inside,
    second_step,
    set_up_app,
    sign_in,
)
from lianfang.kernel import clock

LED = "/orgs/me/second-step"
CODES = "/account/second-step/codes/"
Travel = time_machine.Traveller


@pytest.fixture(autouse=True)
def asked_for(settings: Settings, known_for_sure: None, at_once: None) -> None:
    """Here it is asked for."""
    settings.SECOND_STEP = True
    cache.clear()


@pytest.fixture
def time() -> Iterator[Travel]:
    """A clock that stands until it is moved."""
    with time_machine.travel(clock.machine(), tick=False) as moved:
        yield moved


@pytest.fixture
def user(mill: Unit) -> User:
    """The clerk of the mill, who may look at hidden data."""
    return user_with(Role.CLERK, mill)


def test_whoever_reveals_exports_approves_or_administers_is_obliged_and_nobody_else() -> None:
    obliged_ = {role for role in ROLES if acts_of(role) & GUARDED}
    assert obliged_ == {
        Role.ADMINISTRATOR,
        Role.GROUP_OFFICE,
        Role.LEADING_GROUP,
        Role.PRINCIPAL,
        Role.CLERK,
        Role.AUDITOR,
        Role.LIAISON_LEADER,
        Role.DUTY,
        Role.INSPECTOR,
    }


def test_what_is_guarded_exists() -> None:
    assert not GUARDED - set(ACTS)


def test_every_act_that_opens_sealed_values_or_takes_a_list_away_is_guarded() -> None:
    opens = {
        name
        for name, made in ACTS.items()
        if re.search(r"(?<!def )\breveal\(", inspect.getsource(made.service))
    }
    exports = {name for name in ACTS if name.endswith(".export")}
    assert {"command.phone", "contacts.open", "joins.take_in"} <= opens
    assert exports
    assert not (opens | exports) - GUARDED


def test_a_clerk_is_led_to_a_second_step_and_can_do_nothing_guarded_before(
    user: User, client: Client
) -> None:
    sign_in(client, "clerk-m")
    answer = client.get("/orgs/units/")
    assert (answer.status_code, answer["Location"]) == (302, LED)
    assert client.get(HOME)["Location"] == LED
    assert client.post("/people/export", {})["Location"] == LED
    assert client.get(LED).status_code == 200
    partly = client.get("/orgs/units/", headers={"HX-Request": "true"})
    assert partly["HX-Redirect"] == LED
    actor = held_back(queries.signed_in(user))
    assert not any(actor.reaches(act) for act in GUARDED)
    assert actor.reaches("units.read")


def test_his_own_page_and_check_in_stay_open_to_him(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    assert client.get("/orgs/me/account/").status_code == 200
    assert client.get("/account/password/change/").status_code == 200
    assert client.get("/checkin/").status_code != 302


def test_a_gatekeeper_may_go_without_and_may_set_one_up(mill: Unit, client: Client) -> None:
    user_with(Role.GATEKEEPER, mill)
    sign_in(client, "gatekeeper-m")
    assert inside(client)
    set_up_app(client)
    assert entries("users.add_factor")[0].arguments == {"kind": "totp"}
    assert sign_in(Client(), "gatekeeper-m")["Location"] == STEP


def test_a_clerk_sets_up_an_app_is_in_and_gets_a_new_key(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    before = client.cookies["sessionid"].value
    set_up_app(client)
    assert client.cookies["sessionid"].value != before
    assert inside(client)
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not inside(thief)
    assert entries("users.add_factor")[0].who == f"user:{user.pk}"


def test_a_wrong_first_code_sets_nothing_up(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    page = client.get(APP)
    assert page.status_code == 200
    assert client.post(APP, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert not inside(client)


def test_the_password_alone_opens_nothing_any_more(
    user: User, client: Client, time: Travel
) -> None:
    sign_in(client, "clerk-m")
    secret = set_up_app(client)
    other = Client()
    assert sign_in(other, "clerk-m")["Location"] == STEP
    assert not inside(other)
    time.shift(timedelta(seconds=30))
    assert second_step(other, code_at(secret, clock.machine())).status_code == 302
    assert inside(other)
    assert entries("users.sign_in")[-1].arguments == {"by": "password+totp"}


def test_a_code_is_good_once(user: User, client: Client, time: Travel) -> None:
    sign_in(client, "clerk-m")
    secret = set_up_app(client)
    time.shift(timedelta(seconds=60))
    code = code_at(secret, clock.machine())
    first, second, third = Client(), Client(), Client()
    sign_in(first, "clerk-m")
    assert second_step(first, code).status_code == 302
    cache.clear()  # another process has another cache
    time.shift(timedelta(seconds=20))
    sign_in(second, "clerk-m")
    assert second_step(second, code).status_code == 200
    assert not inside(second)
    time.shift(timedelta(seconds=20))
    sign_in(third, "clerk-m")
    assert second_step(third, code_at(secret, clock.machine())).status_code == 302


@pytest.mark.parametrize("off", [-30, 30, -90, 3600])
def test_a_clock_may_be_half_a_minute_wrong_and_no_hour(
    user: User, client: Client, time: Travel, off: int
) -> None:
    good = abs(off) <= 30
    sign_in(client, "clerk-m")
    secret = set_up_app(client)
    time.shift(timedelta(hours=2))
    other = Client(headers={"accept-language": "en"})
    sign_in(other, "clerk-m")
    answer = second_step(other, code_at(secret, clock.machine() + timedelta(seconds=off)))
    assert inside(other) == good
    assert ("the clock of the phone may be wrong" in answer.content.decode()) != good


def test_five_wrong_codes_lock_the_step_for_a_quarter_of_an_hour(
    user: User, client: Client, time: Travel
) -> None:
    sign_in(client, "clerk-m")
    secret = set_up_app(client)
    other = Client()
    sign_in(other, "clerk-m")
    for _ in range(5):
        second_step(other, "000000")
    right = code_at(secret, clock.machine())
    sign_in(other, "clerk-m")
    second_step(other, right)
    assert not inside(other)
    assert len(entries("users.second_step_failed")) == 5
    (locked,) = entries("users.locked_out")
    assert locked.place == user.home.path  # type: ignore[union-attr]
    time.shift(timedelta(minutes=16))
    last = Client()
    sign_in(last, "clerk-m")
    assert second_step(last, code_at(secret, clock.machine())).status_code == 302


def test_recovery_codes_are_shown_once_and_each_is_good_once(
    user: User, client: Client, time: Travel
) -> None:
    sign_in(client, "clerk-m")
    set_up_app(client)
    shown = client.get(CODES).content.decode()
    codes = shown.split('id="codes">')[1].split("</pre>")[0].split()
    assert len(codes) == 10
    assert f"{codes[0]}%0D%0A" in shown
    assert codes[0] not in client.get(CODES).content.decode()
    other, again = Client(), Client()
    sign_in(other, "clerk-m")
    second_step(other, codes[0])
    assert inside(other)
    assert entries("users.use_recovery_code")
    sign_in(again, "clerk-m")
    second_step(again, codes[0])
    assert not inside(again)


def test_new_recovery_codes_end_the_old_ones(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    set_up_app(client)
    old = client.get(CODES).content.decode().split('id="codes">')[1].split("</pre>")[0].split()
    client.post(f"{CODES}new/")
    assert entries("users.new_recovery_codes")
    other = Client()
    sign_in(other, "clerk-m")
    second_step(other, old[0])
    assert not inside(other)


def test_no_secret_stands_in_the_database_in_the_clear(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    secret = set_up_app(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert (
        Authenticator.objects.filter(type="totp")[0]
        .wrap()
        .validate_code(code_at(secret, clock.machine()))
    )


def test_the_installation_may_leave_people_some_days(
    user: User, settings: Settings, time: Travel
) -> None:
    settings.SECOND_STEP_DAYS = 3
    client = Client(headers={"accept-language": "en"})
    sign_in(client, "clerk-m")
    page = client.get(HOME)
    assert page.status_code == 200
    assert "Set up a second step under" in page.content.decode()
    time.shift(timedelta(days=2, hours=23))
    later = Client()
    sign_in(later, "clerk-m")
    assert inside(later)
    time.shift(timedelta(hours=2))
    last = Client()
    sign_in(last, "clerk-m")
    assert last.get(HOME)["Location"] == LED


def test_without_days_nobody_waits() -> None:
    now = clock.machine()
    assert not may_wait(None, 0, now)
    assert may_wait(None, 3, now)
