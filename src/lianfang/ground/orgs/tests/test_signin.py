import re
from datetime import timedelta
from threading import BoundedSemaphore

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_default_timezone
from pytest_django import Settings

from conftest import PASSWORD, user_with
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs import signin
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.tests.signing_in import LOGIN, WRONG, entries, inside, sign_in
from lianfang.kernel import clock


@pytest.fixture
def user(mill: Unit) -> User:
    """The clerk of the mill, who signs in as `clerk-m`."""
    return user_with(Role.CLERK, mill)


def test_somebody_signs_in_by_his_user_name_and_it_is_entered(user: User, client: Client) -> None:
    assert not inside(client)
    assert sign_in(client, "clerk-m").status_code == 302
    assert inside(client)
    (entry,) = entries("users.sign_in")
    assert (entry.who, entry.via, entry.place) == (f"user:{user.pk}", "web", user.home.path)  # type: ignore[union-attr]
    assert Subject.objects.get(entry=entry).subject == user.pk
    assert entry.request_id


def test_an_e_mail_address_is_no_user_name(user: User, client: Client) -> None:
    User.objects.filter(pk=user.pk).update(email="clerk@mill.example")
    sign_in(client, "clerk@mill.example")
    assert not inside(client)


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "password/reset/",
        "password/reset/key/1-abc/",
        "login/code/confirm/",
    ],
)
def test_nobody_opens_an_account_or_gets_into_one_by_himself(
    user: User, client: Client, address: str
) -> None:
    told = {"username": "new", "password1": PASSWORD, "email": "a@b.example"}
    assert client.get(f"/account/{address}").status_code == 404
    assert client.post(f"/account/{address}", told).status_code == 404
    assert User.objects.count() == 1


def test_the_page_of_the_own_password_leads_nowhere_that_is_closed(
    user: User, client: Client
) -> None:
    sign_in(client, "clerk-m")
    page = client.get("/account/password/change/").content.decode()
    assert "oldpassword" in page
    assert "password/reset" not in page


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(
    user: User, client: Client
) -> None:
    for _ in range(4):
        assert sign_in(client, "clerk-m", WRONG).status_code == 200
    with time_machine.travel(clock.machine(), tick=False) as time:
        locked = sign_in(client, "Clerk-M ", WRONG)
        again = (clock.machine() + timedelta(minutes=15)).astimezone(get_default_timezone())
        assert locked.status_code == 429
        assert f"{again:%H:%M}" in locked.content.decode()
        time.shift(timedelta(minutes=14))
        assert sign_in(client, "clerk-m").status_code == 429
        assert sign_in(client, "CLERK-M").status_code == 429
        time.shift(timedelta(minutes=2))
        assert sign_in(client, "clerk-m").status_code == 302
    assert inside(client)


def test_tries_while_it_is_locked_do_not_lock_it_longer(user: User, client: Client) -> None:
    with time_machine.travel(clock.machine(), tick=False) as time:
        for _ in range(5):
            sign_in(client, "clerk-m", WRONG)
        time.shift(timedelta(minutes=14))
        assert sign_in(client, "clerk-m", WRONG).status_code == 429
        time.shift(timedelta(minutes=2))
        assert sign_in(client, "clerk-m").status_code == 302


def test_a_lock_is_entered_once_with_whose_account_it_is(user: User, client: Client) -> None:
    for _ in range(7):
        sign_in(client, "clerk-m", WRONG)
    (entry,) = entries("users.locked_out")
    assert Subject.objects.get(entry=entry).subject == user.pk
    assert len(entries("users.sign_in_failed")) == 7
    assert entries("users.sign_in_failed")[0].arguments == {"user": str(user.pk)}


def test_a_locked_account_locks_neither_the_office_nor_its_address(
    user: User, mill: Unit, client: Client
) -> None:
    user_with(Role.PRINCIPAL, mill, "neighbour")
    for name in ("clerk-m", "nobody-1", "nobody-2"):
        for _ in range(5):
            sign_in(client, name, WRONG)
    assert sign_in(client, "neighbour").status_code == 302


def test_other_browsers_at_the_same_address_do_not_give_more_tries(user: User) -> None:
    for number in range(5):
        sign_in(Client(HTTP_USER_AGENT=f"b{number}"), "clerk-m", WRONG)
    assert sign_in(Client(), "clerk-m").status_code == 429


def test_nobody_locks_the_account_of_another_from_his_own_address(user: User) -> None:
    for _ in range(7):
        sign_in(Client(REMOTE_ADDR="203.0.113.6"), "clerk-m", WRONG)
    assert sign_in(Client(REMOTE_ADDR="203.0.113.6"), "clerk-m").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1"), "clerk-m").status_code == 302


def test_behind_a_proxy_it_is_the_address_before_it_that_is_locked(
    user: User, settings: Settings
) -> None:
    """What the browser itself claims stands further left, and counts for nothing."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def behind(told: str) -> Client:
        return Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=told)

    for number in range(7):
        sign_in(behind(f"192.0.2.{number}, 203.0.113.6"), "clerk-m", WRONG)
    assert sign_in(behind("203.0.113.6"), "clerk-m").status_code == 429
    assert sign_in(behind("203.0.113.6, 198.51.100.1"), "clerk-m").status_code == 302


def test_tries_from_many_addresses_wait_longer_and_longer_and_lock_nobody(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(signin, "sleep", waits.append)
    for name in ("clerk-m", "nobody-1"):
        for number in range(18):
            sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), name, WRONG)
    assert waits == [0.25, 0.5, 1, 2, 4, 4, 4, 4] * 2
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1"), "clerk-m").status_code == 302
    assert waits[-1] == 4


def test_only_some_of_the_threads_wait_at_once(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signin, "sleep", lambda _seconds: None)
    monkeypatch.setattr(signin, "WAITING", BoundedSemaphore(1))
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), "clerk-m", WRONG)
    with signin.WAITING:
        assert sign_in(Client(REMOTE_ADDR="198.51.100.1"), "clerk-m").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1"), "clerk-m").status_code == 302


def test_right_passwords_in_between_forgive_the_wrong_ones(user: User, client: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            sign_in(Client(), "clerk-m", WRONG)
        assert sign_in(Client(), "clerk-m").status_code == 302


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has(user: User) -> None:
    def answers(name: str) -> list[tuple[int, str]]:
        client = Client()
        found = [sign_in(client, name, WRONG) for _ in range(6)]
        return [(one.status_code, _same(one.content.decode(), name)) for one in found]

    assert answers("clerk-m") == answers("clerk-x")
    failed = Entry.objects.filter(act="users.sign_in_failed")
    assert failed.filter(arguments__user="").count() == 6
    assert "clerk-x" not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_a_name_that_nobody_has_costs_the_same_work(user: User) -> None:
    def asked(name: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries_of:
            sign_in(Client(), name, WRONG)
        return [query["sql"].split(" ", 1)[0] for query in queries_of]

    asked("clerk-m")
    asked("clerk-x")
    assert asked("clerk-m") == asked("clerk-x")


def _same(page: str, name: str) -> str:
    """Leave out what is new on every page: the token against forged forms, the nonce, the name."""
    page = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)"[^"]+"', "", page)
    page = re.sub(r'data-now="[^"]+"', "", page)
    return re.sub(r"\d\d:\d\d", "", page.replace(name, ""))


def test_a_new_password_has_to_be_a_good_one_and_its_change_is_entered(
    user: User, client: Client
) -> None:
    sign_in(client, "clerk-m")

    def change(new: str) -> int:
        told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        return client.post("/account/password/change/", told).status_code

    for weak in ("short1", "password1", "12345678901", "clerk-m-clerk"):
        assert change(weak) == 200
    assert not entries("users.change_password")
    assert change("Harbour-9-lantern") == 302
    assert entries("users.change_password")[0].who == f"user:{user.pk}"
    assert inside(client)


def test_nobody_is_sent_to_another_place_after_signing_in(user: User) -> None:
    for told in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"):
        client = Client()
        there = client.post(
            f"{LOGIN}?next={told}", {"login": "clerk-m", "password": PASSWORD, "next": told}
        )
        assert there["Location"] == "/"
