from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import PASSWORD, user_with
from lianfang.ground.notices.models import Notice
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.middleware import UNASKED
from lianfang.ground.orgs.models import Post, Session, Token, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.rules.devices import device
from lianfang.ground.orgs.services import create_user, make_token, new_secret
from lianfang.ground.orgs.sessions import NUMBER
from lianfang.ground.orgs.tests.signing_in import HOME, entries, inside, set_up_app, sign_in
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

PAGE = "/orgs/me/account/"
PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/78.0 Mobile MicroMessenger/8.0.30"


@pytest.fixture
def asked_for(settings: Settings, known_for_sure: None, at_once: None) -> None:
    """The second step is asked for, and who he is once more."""
    settings.SECOND_STEP = True
    cache.clear()


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """A clock that stands until it is moved."""
    with time_machine.travel(clock.machine(), tick=False) as moved:
        yield moved


@pytest.fixture
def keeper(mill: Unit) -> User:
    """The gatekeeper of the mill."""
    return user_with(Role.GATEKEEPER, mill)


@pytest.fixture
def boss(group: Unit) -> User:
    """The administrator of the group."""
    return user_with(Role.ADMINISTRATOR, group)


def english(agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0") -> Client:
    return Client(headers={"accept-language": "en", "user-agent": agent})


def test_somebody_sees_where_he_is_signed_in_and_ends_one(keeper: User) -> None:
    desk, phone = english(), english(PHONE)
    sign_in(desk, "gatekeeper-m")
    sign_in(phone, "gatekeeper-m")
    page = desk.get(PAGE).content.decode()
    assert "WeChat · Android" in page
    assert "Chrome · Windows" in page
    assert page.count("127.0.0.1") == 2
    assert str(desk.session.session_key) not in page
    desk.post(f"/orgs/me/sign-ins/{phone.session[NUMBER]}/end")
    assert not inside(phone)
    assert inside(desk)
    assert entries("users.end_own_sessions")


def test_somebody_ends_all_his_other_sign_ins(keeper: User) -> None:
    here, *others = (english() for _ in range(3))
    for client in (here, *others):
        sign_in(client, "gatekeeper-m")
    here.post("/orgs/me/sign-ins/end")
    assert inside(here)
    assert not any(inside(other) for other in others)
    assert here.post("/orgs/me/sign-ins/end").status_code == 409


def test_nobody_ends_the_sign_in_of_another(keeper: User, boss: User) -> None:
    mine, other = english(), english()
    sign_in(mine, "gatekeeper-m")
    sign_in(other, "administrator-g")
    assert mine.post(f"/orgs/me/sign-ins/{other.session[NUMBER]}/end").status_code == 409
    assert inside(other)


def test_his_tokens_stand_on_his_page(boss: User, group: Unit) -> None:
    make_token(OPERATOR, group, Role.CLERK, new_secret(), label="attendance", user=boss)
    make_token(OPERATOR, group, Role.CLERK, new_secret(), label="somebody else's")
    client = english()
    sign_in(client, "administrator-g")
    page = client.get(PAGE).content.decode()
    assert "attendance" in page
    assert "somebody else" not in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, ("WeChat", "Android")),
        ("Mozilla/5.0 (iPhone) Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT) Chrome/120 Safari/537 Edg/120", ("Edge", "Windows")),
        ("curl/8.0", ()),
        ("", ()),
    ],
)
def test_a_browser_is_known_again_by_two_words(agent: str, words: tuple[str, ...]) -> None:
    assert device(agent) == words


def test_an_administrator_sees_where_somebody_is_signed_in_and_ends_it(
    keeper: User, boss: User, port: Unit
) -> None:
    phone, desk = english(PHONE), english()
    sign_in(phone, "gatekeeper-m")
    sign_in(desk, "administrator-g")
    page = desk.get(f"/orgs/users/{keeper.pk}/").content.decode()
    assert "WeChat · Android" in page
    desk.post(f"/orgs/users/{keeper.pk}/sign-ins/end")
    assert not inside(phone)
    assert entries("users.end_sessions")[0].who == f"user:{boss.pk}"
    foreign = english()
    user_with(Role.ADMINISTRATOR, port)
    sign_in(foreign, "administrator-p")
    assert foreign.get(f"/orgs/users/{keeper.pk}/").status_code == 404
    assert foreign.post(f"/orgs/users/{keeper.pk}/sign-ins/end").status_code == 404


def test_who_signed_in_a_while_ago_shows_who_he_is_before_he_administers(
    keeper: User, boss: User, asked_for: None, time: time_machine.Traveller
) -> None:
    client = english()
    sign_in(client, "administrator-g")
    set_up_app(client)
    form = f"/orgs/users/{keeper.pk}/change"
    assert client.get(form).status_code == 200
    time.shift(timedelta(minutes=11))
    again = client.get(form)
    assert (
        again["Location"] == f"/account/reauthenticate/?next=%2Forgs%2Fusers%2F{keeper.pk}%2Fchange"
    )
    sent = client.post(form, {"name": "X"}, headers={"referer": f"http://testserver{form}"})
    assert sent["Location"].startswith("/account/reauthenticate/?next=")
    assert User.objects.get(pk=keeper.pk).name == "gatekeeper-m"
    wrong = client.post(again["Location"], {"password": "wrong-word-9"})
    assert wrong.status_code == 200
    right = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": form})
    assert right["Location"] == form
    assert client.get(form).status_code == 200


@pytest.mark.parametrize("where", ["/audit/copy", "/people/export"])
def test_who_signed_in_a_while_ago_shows_who_he_is_before_he_takes_a_list_away(
    group: Unit, asked_for: None, time: time_machine.Traveller, where: str
) -> None:
    user_with(Role.AUDITOR, group, "taker")
    client = english()
    sign_in(client, "taker")
    set_up_app(client)
    time.shift(timedelta(minutes=11))
    answer = client.post(where, headers={"referer": "https://evil.example/", "HX-Request": "true"})
    assert answer["HX-Redirect"] == "/account/reauthenticate/?next=%2F"
    assert not entries("trail.export")


def test_a_password_that_another_set_is_changed_first_and_ends_tokens(
    keeper: User, boss: User, mill: Unit
) -> None:
    make_token(OPERATOR, mill, Role.GATEKEEPER, new_secret(), user=keeper)
    desk, phone = english(), english(PHONE)
    sign_in(desk, "administrator-g")
    desk.post(f"/orgs/users/{keeper.pk}/password", {"password": "Window-5-stone"})
    assert Token.objects.get().revoked_at
    assert Notice.objects.filter(user=keeper).exists()
    sign_in(phone, "gatekeeper-m", "Window-5-stone")
    assert phone.get("/loops/")["Location"] == "/account/password/change/"
    assert (
        "Somebody else chose this password"
        in phone.get("/account/password/change/").content.decode()
    )


def test_a_first_password_is_changed_first_unless_the_operator_set_it(
    boss: User, mill: Unit
) -> None:
    made = create_user(queries.signed_in(boss), mill, "new-1", "new-1", "Window-5-stone")
    assert made.password_by_another
    assert not create_user(OPERATOR, mill, "new-2", "new-2", "Window-5-stone").password_by_another


def test_an_ordinary_sign_in_may_rest_longer_than_one_that_reveals(
    keeper: User, boss: User, settings: Settings, time: time_machine.Traveller
) -> None:
    settings.IDLE_MINUTES, settings.GUARDED_IDLE_MINUTES = 240, 30
    gate, desk = english(), english()
    sign_in(gate, "gatekeeper-m")
    sign_in(desk, "administrator-g")
    assert inside(gate)
    assert inside(desk)
    time.shift(timedelta(minutes=31))
    assert inside(gate)
    assert not inside(desk)
    time.shift(timedelta(minutes=241))
    assert not inside(gate)


def test_what_a_screen_asks_by_itself_is_no_use_of_the_session(
    boss: User, settings: Settings, time: time_machine.Traveller
) -> None:
    settings.IDLE_MINUTES, settings.GUARDED_IDLE_MINUTES = 240, 30
    desk = english()
    sign_in(desk, "administrator-g")
    for _each in range(16):
        time.shift(timedelta(minutes=2))
        desk.get(HOME, headers={UNASKED: "1"})
    assert not inside(desk)
    board = (files("lianfang.rollup.board") / "templates/board/_board.html").read_text("utf-8")
    assert f'"{UNASKED}": "1"' in board


def test_the_key_changes_when_posts_change_and_stays_when_they_do_not(
    keeper: User, mill: Unit
) -> None:
    client = english()
    sign_in(client, "gatekeeper-m")
    before = client.session.session_key
    assert inside(client)
    assert client.session.session_key == before
    Post.objects.filter(user=keeper).update(valid_to=clock.now())
    assert inside(client)
    assert client.session.session_key != before
    assert Session.objects.filter(user=keeper).count() == 1
