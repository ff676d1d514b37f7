from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from conftest import user_with
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import change_user, disconnect_own, end_post
from lianfang.ground.orgs.tests.signing_in import (
    LOGIN,
    STEP,
    entries,
    inside,
    set_up_app,
    sign_in,
)
from lianfang.ground.orgs.tests.standing_in import Issuer, come_back, connect, serving
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

DINGTALK, FEISHU, WECOM, OIDC = "dingtalk", "feishu", "wecom", "oidc"


@pytest.fixture
def user(mill: Unit) -> User:
    """The gatekeeper of the mill, who may sign in without a second step."""
    return user_with(Role.GATEKEEPER, mill, "gate-1")


@pytest.fixture
def issuer(db: None, settings: Settings) -> Iterator[Issuer]:
    """An OIDC issuer that is set up here."""
    made = Issuer()
    made.claims["exp"] = clock.machine() + timedelta(minutes=5)
    with serving(made.answering) as server:
        made.address = server.address
        app = {
            "provider_id": OIDC,
            "name": "Group sign-in",
            "client_id": made.client,
            "secret": made.secret,
            "settings": {"server_url": server.address, "username": ""},
        }
        told = {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": told}
        yield made


def test_the_sign_in_page_shows_only_what_is_set_up(client: Client, issuer: Issuer) -> None:
    page = client.get(LOGIN).content.decode()
    assert "Group sign-in" in page
    assert "/account/oidc/login/" in page
    assert "dingtalk" not in page
    for name in (DINGTALK, FEISHU, WECOM, "other"):
        assert client.post(f"/account/{name}/login/").status_code == 404
        assert client.get(f"/account/{name}/login/callback/").status_code == 404


def test_nobody_is_sent_away_by_following_a_link(client: Client, issuer: Issuer) -> None:
    assert client.get("/account/oidc/login/").status_code == 405


def test_who_is_connected_comes_in_by_the_issuers_word(
    user: User, client: Client, issuer: Issuer
) -> None:
    connect(user, OIDC, "sub-1")
    assert come_back(client, OIDC).status_code == 302
    assert inside(client)
    assert entries("users.sign_in")[0].arguments == {"by": OIDC}


def test_nobody_is_signed_up(user: User, client: Client, issuer: Issuer) -> None:
    issuer.claims |= {"preferred_username": "gate-1", "email": "gate@mill.example"}
    answer = come_back(client, OIDC)
    assert answer.status_code == 403
    assert not inside(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_a_unique_name_that_both_sides_keep_connects_at_first_sign_in(
    user: User, client: Client, issuer: Issuer, settings: Settings
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["username"] = "employee"
    issuer.claims |= {"employee": "GATE-1", "email": "gate@mill.example", "phone": "13800000000"}
    come_back(client, OIDC)
    assert inside(client)
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid) == (user, "sub-1")
    assert kept.extra_data == {"label": "sub-1", "username": "GATE-1"}
    assert entries("users.connect")[0].arguments == {"provider": OIDC}
    issuer.about = issuer.claims["sub"] = "sub-2"
    thief = Client()
    assert come_back(thief, OIDC).status_code == 403
    assert not inside(thief)


def test_who_is_disabled_or_without_a_post_is_not_let_in(
    user: User, client: Client, issuer: Issuer
) -> None:
    connect(user, OIDC, "sub-1")
    end_post(OPERATOR, queries.posts(OPERATOR).get(user=user))
    assert come_back(client, OIDC).status_code == 403
    assert not inside(client)
    change_user(OPERATOR, user, user.name, active=False)
    assert come_back(client, OIDC).status_code == 403
    assert not inside(client)


def test_who_holds_no_post_is_not_connected_by_name_either(
    user: User, client: Client, issuer: Issuer, settings: Settings
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["username"] = "employee"
    issuer.claims |= {"employee": "gate-1"}
    end_post(OPERATOR, queries.posts(OPERATOR).get(user=user))
    assert come_back(client, OIDC).status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": clock.machine() - timedelta(minutes=5)},
        {"sub": "sub-9"},
    ],
)
def test_a_token_that_is_for_somebody_else_or_over_is_refused(
    user: User, client: Client, issuer: Issuer, claims: dict[str, object]
) -> None:
    connect(user, OIDC, "sub-1")
    connect(user_with(Role.DUTY, user.home, "duty-1"), OIDC, "sub-9")  # type: ignore[arg-type]
    issuer.claims |= claims
    assert come_back(client, OIDC).status_code == 403
    assert not inside(client)


def test_a_token_that_somebody_else_signed_is_refused(
    user: User, client: Client, issuer: Issuer
) -> None:
    connect(user, OIDC, "sub-1")
    issuer.forged = True
    assert come_back(client, OIDC).status_code == 403
    assert not inside(client)


def test_a_code_without_the_state_that_we_gave_is_refused(
    user: User, client: Client, issuer: Issuer
) -> None:
    connect(user, OIDC, "sub-1")
    assert come_back(client, OIDC, state="planted").status_code == 403
    assert not inside(client)


def test_saying_no_there_is_said_in_one_sentence(client: Client, issuer: Issuer) -> None:
    there = client.post("/account/oidc/login/")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    told = {"error": "access_denied", "state": state}
    answer = client.get("/account/oidc/login/callback/", told, headers={"accept-language": "en"})
    assert "You did not say yes there" in answer.content.decode()


def test_an_issuer_that_is_down_is_said_in_one_sentence(
    client: Client, issuer: Issuer, settings: Settings
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.post("/account/oidc/login/", headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "no answer that can be relied on" in answer.content.decode()


def test_the_second_step_is_asked_after_the_issuers_word_too(
    user: User, client: Client, issuer: Issuer, at_once: None
) -> None:
    sign_in(client, "gate-1")
    set_up_app(client)
    connect(user, OIDC, "sub-1")
    other = Client()
    assert come_back(other, OIDC)["Location"] == STEP
    assert not inside(other)


def test_somebody_connects_his_account_himself_and_lets_it_go(
    user: User, mill: Unit, client: Client, issuer: Issuer
) -> None:
    issuer.claims["preferred_username"] = "door.keeper"
    sign_in(client, "gate-1")
    assert come_back(client, OIDC, "connect")["Location"] == "/orgs/me/account/"
    kept = SocialAccount.objects.get()
    assert kept.user == user
    assert kept.extra_data == {"label": "door.keeper", "username": ""}
    assert "door.keeper" in client.get("/orgs/me/account/").content.decode()
    other = Client()
    user_with(Role.DUTY, mill, "duty-1")
    sign_in(other, "duty-1")
    assert come_back(other, OIDC, "connect").status_code == 403
    assert SocialAccount.objects.get().user == user
    disconnect_own(queries.signed_in(user), user, kept.pk)
    assert not SocialAccount.objects.exists()
