"""WeCom, DingTalk and Feishu, each with a server that stands in for it."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.client import FeishuOAuth2Client
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from django.test import Client
from pytest_django import Settings

from conftest import user_with
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.tests.signing_in import entries, inside
from lianfang.ground.orgs.tests.standing_in import (
    Answer,
    Asked,
    Server,
    come_back,
    connect,
    serving,
)

DINGTALK, FEISHU, WECOM = "dingtalk", "feishu", "wecom"
INSIDE_WECHAT = "Mozilla/5.0 (iPhone) MicroMessenger/8.0 wxwork/4.1"


@pytest.fixture
def user(mill: Unit) -> User:
    """The gatekeeper of the mill, who may sign in without a second step."""
    return user_with(Role.GATEKEEPER, mill, "gate-1")


def of_wecom(asked: Asked) -> Answer:
    """Answer what WeCom is asked; the codes say who comes."""
    match asked.path:
        case "/cgi-bin/gettoken":
            right = asked.query == {"corpid": "corp-1", "corpsecret": "wecom-secret"}
            told = {"errcode": 0, "errmsg": "ok", "access_token": "app-1", "expires_in": 7200}
            return 200, told if right else {"errcode": 40001, "errmsg": "invalid credential"}
        case "/cgi-bin/auth/getuserinfo":
            if asked.query.get("access_token") != "app-1":
                return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
            if asked.query["code"] == "code-1":
                return 200, {"errcode": 0, "errmsg": "ok", "userid": "Gate-1"}
            return 200, {"errcode": 0, "errmsg": "ok", "openid": "from-outside"}
    return 404, {}


@pytest.fixture
def wecom(db: None, settings: Settings) -> Iterator[Server]:
    """WeCom, set up here."""
    with serving(of_wecom) as server:
        places = dict.fromkeys(("api", "login", "inside"), server.address)
        told = {"agent": "1000002", "username": "", **places}
        app = {"name": "WeCom", "client_id": "corp-1", "secret": "wecom-secret", "settings": told}
        settings.SOCIALACCOUNT_PROVIDERS = {WECOM: {"APPS": [app]}}
        yield server


def test_a_member_signs_in_by_wecom(user: User, client: Client, wecom: Server) -> None:
    connect(user, WECOM, "Gate-1")
    come_back(client, WECOM)
    assert inside(client)
    assert entries("users.sign_in")[0].arguments == {"by": WECOM}


def test_wecom_is_asked_for_a_scan_outside_and_for_a_yes_inside(
    client: Client, wecom: Server
) -> None:
    outside = urlsplit(client.post("/account/wecom/login/")["Location"])
    assert outside.path == "/wwlogin/sso/login"
    told = parse_qs(outside.query)
    assert (told["appid"], told["agentid"]) == (["corp-1"], ["1000002"])
    assert told["login_type"] == ["CorpApp"]
    assert told["redirect_uri"] == ["http://testserver/account/wecom/login/callback/"]
    phone = Client(HTTP_USER_AGENT=INSIDE_WECHAT)
    inside_ = urlsplit(phone.post("/account/wecom/login/")["Location"])
    assert inside_.path == "/connect/oauth2/authorize"
    assert inside_.fragment == "wechat_redirect"
    assert parse_qs(inside_.query)["scope"] == ["snsapi_base"]


def test_somebody_from_outside_the_company_is_nobody_in_wecom(
    user: User, client: Client, wecom: Server
) -> None:
    assert come_back(client, WECOM, code="code-2").status_code == 403
    assert not inside(client)


def test_a_userid_may_be_the_user_name(
    user: User, client: Client, wecom: Server, settings: Settings
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS[WECOM]["APPS"][0]
    app["settings"]["username"] = "userid"
    come_back(client, WECOM)
    assert inside(client)
    assert SocialAccount.objects.get().uid == "Gate-1"


def test_an_error_of_wecom_comes_as_200_and_is_none_the_less_one(
    user: User, client: Client, wecom: Server, settings: Settings
) -> None:
    connect(user, WECOM, "Gate-1")
    settings.SOCIALACCOUNT_PROVIDERS[WECOM]["APPS"][0]["secret"] = "wrong"
    assert come_back(client, WECOM).status_code == 403
    assert not inside(client)


def of_dingtalk(asked: Asked) -> Answer:
    """Answer what DingTalk is asked."""
    match asked.path:
        case "/token":
            told = {"clientId": "ding-1", "clientSecret": "ding-secret", "code": "code-1"}
            if not told.items() <= asked.body.items():
                return 400, {"code": "invalidParameter"}
            return 200, {"accessToken": "t-1", "refreshToken": "r-1", "expireIn": 7200}
        case "/me":
            right = asked.headers.get("x-acs-dingtalk-access-token") == "t-1"
            told = {"nick": "门卫", "openId": "open-1", "mobile": "13800000000", "email": "a@b.cn"}
            return (200, told) if right else (403, {})
    return 404, {}


def test_somebody_signs_in_by_dingtalk_and_no_phone_number_is_kept(
    user: User, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = {"name": "DingTalk", "client_id": "ding-1", "secret": "ding-secret"}
    settings.SOCIALACCOUNT_PROVIDERS = {DINGTALK: {"APPS": [app]}}
    connect(user, DINGTALK, "open-1")
    with serving(of_dingtalk) as server:
        monkeypatch.setattr(DingTalkOAuth2Adapter, "access_token_url", f"{server.address}/token")
        monkeypatch.setattr(DingTalkOAuth2Adapter, "profile_url", f"{server.address}/me")
        come_back(client, DINGTALK, authCode="code-1")
    assert inside(client)
    assert SocialAccount.objects.get().extra_data == {"label": "门卫", "username": ""}


def of_feishu(asked: Asked) -> Answer:
    """Answer what Feishu is asked."""
    match asked.path:
        case "/app":
            right = asked.body == {"app_id": "fei-1", "app_secret": "fei-secret"}
            return (200, {"code": 0, "app_access_token": "a-1"}) if right else (400, {})
        case "/token":
            right = (asked.body["app_access_token"], asked.body["code"]) == ("a-1", "code-1")
            return (200, {"code": 0, "data": {"access_token": "t-1"}}) if right else (400, {})
        case "/me":
            right = asked.headers.get("authorization") == "Bearer t-1"
            told = {"open_id": "ou-1", "name": "门卫", "mobile": "13800000000"}
            return (200, {"code": 0, "data": told}) if right else (403, {})
    return 404, {}


def test_somebody_signs_in_by_feishu(
    user: User, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = {"name": "Feishu", "client_id": "fei-1", "secret": "fei-secret"}
    settings.SOCIALACCOUNT_PROVIDERS = {FEISHU: {"APPS": [app]}}
    connect(user, FEISHU, "ou-1")
    with serving(of_feishu) as server:
        monkeypatch.setattr(FeishuOAuth2Client, "app_access_token_url", f"{server.address}/app")
        monkeypatch.setattr(FeishuOAuth2Adapter, "access_token_url", f"{server.address}/token")
        monkeypatch.setattr(FeishuOAuth2Adapter, "user_info_url", f"{server.address}/me")
        come_back(client, FEISHU)
    assert inside(client)
    assert SocialAccount.objects.get().extra_data == {"label": "门卫", "username": ""}
