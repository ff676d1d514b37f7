import json

import pytest
from allauth.mfa.models import Authenticator

from conftest import user_with
from lianfang.config import command
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role


@pytest.fixture
def last(group: Unit) -> User:
    """The only administrator, whose phone lies in the river."""
    user = user_with(Role.ADMINISTRATOR, group, "zhou")
    Authenticator.objects.create(user=user, type="totp", data={"secret": ""})
    return user


def test_the_last_administrator_is_let_in_again_from_the_command_line(
    last: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["account", "unlock", "Zhou", "--reason", "phone lost", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"user": "zhou"}
    assert not Authenticator.objects.exists()
    entry = Entry.objects.get(act="users.take_factors")
    assert entry.actor_kind == "operator"
    assert entry.arguments["reason"] == "phone lost"
    assert command.run(["account", "unlock", "zhou", "--reason", "again"]) != 0


@pytest.mark.parametrize(
    "words", [["account"], ["account", "unlock"], ["account", "unlock", "zhou"]]
)
def test_without_a_user_and_a_reason_nothing_is_done(last: User, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.run(words)
    assert stopped.value.code == 2
    assert Authenticator.objects.exists()


def test_nobody_of_that_name_is_said(last: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["account", "unlock", "nobody", "--reason", "x"]) == 2
    assert "nobody" in capsys.readouterr().err
