from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from conftest import user_with
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.rules.sessions import ended
from lianfang.ground.orgs.services import change_user, end_post, set_password
from lianfang.ground.orgs.tests.signing_in import HOME, LOGIN, entries, inside, sign_in
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR


@pytest.fixture
def user(mill: Unit) -> User:
    """The clerk of the mill, who signs in as `clerk-m`."""
    return user_with(Role.CLERK, mill)


def test_the_key_of_the_session_changes_at_sign_in_and_the_old_one_opens_nothing(
    user: User, client: Client
) -> None:
    client.get(LOGIN)
    client.session["planted"] = "x"
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = planted = str(session.session_key)
    sign_in(client, "clerk-m")
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not inside(thief)


def test_signing_out_is_entered_and_ends_the_session(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    kept = client.cookies["sessionid"].value
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not inside(client)
    assert not inside(thief)
    assert entries("users.sign_out")[0].who == f"user:{user.pk}"


def test_nobody_signs_out_by_following_a_link(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    client.get("/account/logout/")
    assert inside(client)


def test_a_disabled_user_is_out_at_his_next_request(user: User, client: Client) -> None:
    sign_in(client, "clerk-m")
    assert inside(client)
    change_user(OPERATOR, user, user.name, active=False)
    assert not inside(client)
    assert sign_in(Client(), "clerk-m").url == "/account/inactive/"  # type: ignore[attr-defined]


def test_a_changed_password_ends_the_sessions_that_came_by_the_old_one(
    user: User, client: Client
) -> None:
    sign_in(client, "clerk-m")
    set_password(OPERATOR, user, "Another-3-lantern")
    assert not inside(client)


def test_a_post_that_ended_opens_nothing_at_the_next_request(group: Unit, client: Client) -> None:
    user_with(Role.AUDITOR, group)
    sign_in(client, "auditor-g")
    assert client.get("/audit/").status_code == 200
    end_post(OPERATOR, queries.posts(OPERATOR).get(role=Role.AUDITOR))
    assert client.get("/audit/").status_code == 404


def test_who_does_nothing_for_half_an_hour_is_signed_out(user: User, client: Client) -> None:
    with time_machine.travel(clock.machine(), tick=False) as time:
        sign_in(client, "clerk-m")
        for _ in range(3):
            time.shift(timedelta(minutes=29))
            assert inside(client)
        time.shift(timedelta(minutes=31))
        assert not inside(client)
    assert entries("users.sign_out")


def test_nobody_stays_signed_in_for_longer_than_a_working_day(user: User, client: Client) -> None:
    with time_machine.travel(clock.machine(), tick=False) as time:
        sign_in(client, "clerk-m")
        for _ in range(24):
            time.shift(timedelta(minutes=29))
            assert inside(client)
        time.shift(timedelta(minutes=29))
        assert not inside(client)


def test_while_nothing_can_be_written_reading_goes_on_and_old_sessions_end(
    user: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise OperationalError("database or disk is full")

    with time_machine.travel(clock.machine(), tick=False) as time:
        sign_in(client, "clerk-m")
        monkeypatch.setattr(SessionStore, "save", full)
        monkeypatch.setattr(SessionStore, "delete", full)
        time.shift(timedelta(minutes=2))
        assert inside(client)
        time.shift(timedelta(minutes=40))
        assert not inside(client)


SECONDS = st.integers(0, 10**6)


@given(SECONDS, SECONDS, SECONDS, SECONDS)
def test_a_session_ends_by_disuse_or_by_age_whichever_comes_first(
    age: int, unused: int, idle: int, lifetime: int
) -> None:
    now = 2 * 10**6
    assert ended(now - age, now - unused, now, idle, lifetime) == (unused > idle or age > lifetime)


def test_the_language_stays_what_was_chosen_when_somebody_signs_in_and_out(
    user: User, client: Client
) -> None:
    client.post("/language", {"language": "en", "next": LOGIN})
    assert int(client.cookies["django_language"]["max-age"]) > 86_400
    sign_in(client, "clerk-m")
    assert 'lang="en"' in client.get(HOME).content.decode()
    client.post("/account/logout/")
    assert 'lang="en"' in client.get(LOGIN).content.decode()
