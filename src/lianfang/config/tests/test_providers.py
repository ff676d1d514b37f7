from collections.abc import Callable

import pytest

from lianfang.config import providers
from lianfang.config.environment import WrongSetting
from lianfang.config.providers import BESIDE, NEEDED

HERE = "https://lf.example"
Say = Callable[..., None]
OIDC = {"OIDC_URL": "https://id.example/realms/group", "OIDC_ID": "lf", "OIDC_SECRET": "s"}
WECOM = {"WECOM_CORP": "ww1", "WECOM_AGENT": "1000002", "WECOM_SECRET": "s"}


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Set the environment, and nothing else of it."""
    for name in (*sum(NEEDED.values(), ()), *sum(BESIDE.values(), ())):
        monkeypatch.delenv(f"LIANFANG_{name}", raising=False)

    def told(**words: str) -> None:
        for name, word in words.items():
            monkeypatch.setenv(f"LIANFANG_{name}", word)

    return told


def test_without_a_word_there_is_no_other_door(say: Say) -> None:
    assert providers.read("") == providers.Doors({}, ())


def test_each_door_is_set_up_by_its_own_words(say: Say) -> None:
    say(**OIDC, **WECOM, DINGTALK_ID="d", DINGTALK_SECRET="s", FEISHU_ID="f", FEISHU_SECRET="s")
    doors = providers.read(HERE)
    assert set(doors.providers) == set(NEEDED)
    oidc = doors.providers["openid_connect"]["APPS"][0]
    assert (oidc["provider_id"], oidc["name"]) == ("oidc", "OIDC")
    assert oidc["settings"] == {"server_url": OIDC["OIDC_URL"], "username": ""}
    wecom = doors.providers["wecom"]["APPS"][0]["settings"]
    assert wecom == {"agent": "1000002", "username": ""}
    assert "https://id.example" in doors.origins
    assert "https://login.dingtalk.com" in doors.origins


def test_the_name_that_both_sides_keep_is_told(say: Say) -> None:
    say(**OIDC, **WECOM, OIDC_USERNAME="employee", OIDC_NAME="统一认证", WECOM_USERNAME="yes")
    doors = providers.read(HERE).providers
    oidc = doors["openid_connect"]["APPS"][0]
    assert (oidc["name"], oidc["settings"]["username"]) == ("统一认证", "employee")
    assert doors["wecom"]["APPS"][0]["settings"]["username"] == "userid"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"OIDC_URL": "https://id.example"}, "LIANFANG_OIDC_ID, LIANFANG_OIDC_SECRET"),
        ({"OIDC_NAME": "x"}, "LIANFANG_OIDC_URL"),
        ({"WECOM_USERNAME": "yes"}, "LIANFANG_WECOM_CORP"),
        ({"DINGTALK_SECRET": "x"}, "LIANFANG_DINGTALK_ID"),
        ({**OIDC, "OIDC_URL": "http://id.example"}, "LIANFANG_OIDC_URL"),
        ({**OIDC, "OIDC_URL": "id.example"}, "LIANFANG_OIDC_URL"),
        ({**WECOM, "WECOM_AGENT": "lianfang"}, "LIANFANG_WECOM_AGENT"),
        ({**WECOM, "WECOM_USERNAME": "perhaps"}, "LIANFANG_WECOM_USERNAME"),
        ({**OIDC, "OIDC_USERNAME": "email"}, "LIANFANG_OIDC_USERNAME"),
        ({**OIDC, "OIDC_USERNAME": "phone_number"}, "LIANFANG_OIDC_USERNAME"),
    ],
)
def test_half_of_a_door_stops_the_start_with_one_sentence(
    say: Say, words: dict[str, str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(**words)
    with pytest.raises(WrongSetting):
        providers.read(HERE)
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1


def test_a_door_without_the_public_address_stops_the_start(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    say(FEISHU_ID="f", FEISHU_SECRET="s")
    with pytest.raises(WrongSetting):
        providers.read("")
    assert "LIANFANG_PUBLIC_URL" in capsys.readouterr().err


def test_an_issuer_on_this_machine_may_go_without_https(say: Say) -> None:
    say(**{**OIDC, "OIDC_URL": "http://127.0.0.1:9000"})
    assert providers.read(HERE).origins == ("http://127.0.0.1:9000",)
