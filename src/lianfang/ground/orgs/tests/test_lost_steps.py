from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import PASSWORD, user_with
from lianfang.ground.notices.models import Notice
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Session, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.rules.guarding import held_back, obliged
from lianfang.ground.orgs.services import end_post, give_post, take_factors
from lianfang.ground.orgs.services.factors import NO_FACTOR
from lianfang.ground.orgs.tests.signing_in import (
    HOME,
    code_at,
    entries,
    inside,
    second_step,
    set_up_app,
    sign_in,
)
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, NotYourself

LED = "/orgs/me/second-step"
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


def test_who_is_given_a_post_that_needs_it_is_led_there_at_his_next_request(
    mill: Unit, client: Client
) -> None:
    user = user_with(Role.GATEKEEPER, mill)
    sign_in(client, "gatekeeper-m")
    assert inside(client)
    before = client.cookies["sessionid"].value
    give_post(OPERATOR, mill, user, Role.PRINCIPAL)
    assert client.get(HOME)["Location"] == LED
    assert client.cookies["sessionid"].value != before
    end_post(OPERATOR, queries.posts(OPERATOR).get(user=user, role=Role.PRINCIPAL))
    assert inside(client)


def test_a_clerk_replaces_a_lost_app_and_does_nothing_guarded_in_between(
    user: User, client: Client, time: Travel
) -> None:
    sign_in(client, "clerk-m")
    old = set_up_app(client)
    other = Client()
    sign_in(other, "clerk-m")
    time.shift(timedelta(seconds=30))
    second_step(other, code_at(old, clock.machine()))
    step = Authenticator.objects.get(type="totp")
    client.post(f"/orgs/me/factors/{step.pk}/remove")
    assert not Authenticator.objects.exists()
    assert client.get(HOME)["Location"] == LED
    assert other.get(HOME)["Location"].startswith("/account/login/")
    assert set_up_app(client) != old
    assert inside(client)


def test_a_gatekeeper_may_go_back_and_nobody_removes_the_step_of_another(
    user: User, mill: Unit, client: Client
) -> None:
    sign_in(client, "clerk-m")
    set_up_app(client)
    step = Authenticator.objects.get(type="totp")
    keeper, gate = Client(), user_with(Role.GATEKEEPER, mill)
    sign_in(keeper, "gatekeeper-m")
    set_up_app(keeper)
    own = Authenticator.objects.get(user=gate, type="totp")
    assert keeper.post(f"/orgs/me/factors/{own.pk}/remove").status_code == 302
    assert not Authenticator.objects.filter(user=gate).exists()
    assert inside(keeper)
    assert keeper.post(f"/orgs/me/factors/{step.pk}/remove").status_code == 409


def test_a_lost_phone_an_administrator_takes_the_step_away_and_the_person_is_told(
    user: User, group: Unit, client: Client
) -> None:
    sign_in(client, "clerk-m")
    set_up_app(client)
    boss = queries.signed_in(user_with(Role.ADMINISTRATOR, group))
    with pytest.raises(BadInput):
        take_factors(boss, user, " ")
    take_factors(boss, user, "phone lost, known by voice")
    assert not Authenticator.objects.exists()
    assert not inside(client)
    assert not Session.objects.filter(user=user).exists()
    (entry,) = entries("users.take_factors")[-1:]
    assert entry.arguments["reason"] == "phone lost, known by voice"
    assert Notice.objects.filter(user=user).count() == 1
    with pytest.raises(Conflict, match=NO_FACTOR[12:30]):
        take_factors(boss, user, "again")
    again = Client()
    sign_in(again, "clerk-m")
    assert again.get(HOME)["Location"] == LED


def test_nobody_takes_his_own_step_away_nor_that_of_a_foreign_user(
    user: User, group: Unit, port: Unit, client: Client
) -> None:
    sign_in(client, "clerk-m")
    set_up_app(client)
    boss = user_with(Role.ADMINISTRATOR, group)
    Authenticator.objects.create(user=boss, type="totp", data={"secret": ""})
    with pytest.raises(NotYourself):
        take_factors(queries.signed_in(boss), boss, "mine")
    with pytest.raises(NotAllowed):
        take_factors(queries.signed_in(user_with(Role.ADMINISTRATOR, port)), user, "foreign")
    assert Authenticator.objects.filter(type="totp").count() == 2


def test_who_was_given_his_password_changes_it_first(mill: Unit, client: Client) -> None:
    user = user_with(Role.GATEKEEPER, mill)
    User.objects.filter(pk=user.pk).update(password_by_another=True)
    sign_in(client, "gatekeeper-m")
    change = "/account/password/change/"
    assert client.get(HOME)["Location"] == change
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(change, same).status_code == 200
    assert client.get(HOME)["Location"] == change
    new = "Harbour-9-lantern"
    client.post(change, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert inside(client)


def test_a_clerk_without_a_step_is_held_back_also_where_no_page_leads(user: User) -> None:
    assert obliged(queries.signed_in(user))
    assert not obliged(held_back(queries.signed_in(user)))
