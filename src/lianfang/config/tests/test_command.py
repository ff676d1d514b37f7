import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext

from conftest import user_with
from lianfang.config import command
from lianfang.config.commands import failures
from lianfang.ground.audit.jobs import seal_trail
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Post, Token, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.sealed import KeyMissing, Tampered

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lianfang(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command here and return its status, what it said, and what it said was wrong."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = command.run(words)
        except SystemExit as left:
            status = int(str(left.code or 0))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def setting_up(tmp_path: Path) -> list[str]:
    """What somebody types to set up 江海集团."""
    password = tmp_path / "password"
    password.write_text("Lantern-7-harbour\n", encoding="utf-8")
    words = ["--group", "G", "--name", "江海集团", "--admin", "admin"]
    return ["setup", *words, "--password-file", str(password)]


def test_help_names_every_command_that_there_is_and_no_other(lianfang: Run) -> None:
    status, out, _ = lianfang("--help")
    assert status == 0
    words = ("serve", "worker", "migrate", "setup", "token", "tick", "audit", "backup", "doctor")
    for word in words:
        assert f"    {word} " in out
    assert "stock" not in out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["token", "create"],
        ["token", "create", "--unit", "G", "--post", "king"],
        ["token", "create", "--unit", "G", "--post", "clerk", "--days", "0"],
        ["tick", "--at", "yesterday"],
        ["serve", "--port", "99999"],
        ["serve", "--workers", "0"],
        ["audit"],
    ],
)
def test_wrong_words_are_told_in_one_sentence(lianfang: Run, words: list[str]) -> None:
    status, out, err = lianfang(*words)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("lianfang: ")


def test_setting_up_makes_a_group_and_somebody_who_can_sign_in(
    db: None, lianfang: Run, setting_up: list[str]
) -> None:
    status, out, err = lianfang(*setting_up, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {"group": "G", "administrator": "admin", "response": ""}
    user = User.objects.get(username="admin")
    assert user.check_password("Lantern-7-harbour")
    assert Post.objects.get(user=user).role == Role.ADMINISTRATOR
    assert orgs.group(OPERATOR) == user.home


def test_setting_up_again_changes_nothing(db: None, lianfang: Run, setting_up: list[str]) -> None:
    lianfang(*setting_up)
    before = Entry.objects.count()
    for words in (setting_up, ["setup"]):
        assert lianfang(*words)[0] == 0
    assert Entry.objects.count() == before


def test_setting_up_begins_the_response_once(
    db: None, lianfang: Run, setting_up: list[str]
) -> None:
    begun = ["--pack", "covid19-2020-01", "--since", "2020-01-23", "--json"]
    for _ in range(2):
        assert json.loads(lianfang(*setting_up, *begun)[1])["response"] == "covid19-2020-01"
    assert Entry.objects.filter(act="response.begin").count() == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--pack", "plague-1665", "--since", "2020-01-23"],
        ["--pack", "covid19-2020-01"],
        ["--password-file", "/no/such/file"],
    ],
)
def test_what_is_set_up_wrongly_is_refused_before_anything_is_done(
    db: None, lianfang: Run, setting_up: list[str], words: list[str]
) -> None:
    status, out, err = lianfang(*setting_up, *words)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert not User.objects.exists()


@pytest.mark.parametrize("weak", ["", "short", "12345678", "password1"])
def test_a_weak_password_is_refused(
    db: None, lianfang: Run, setting_up: list[str], weak: str
) -> None:
    Path(setting_up[-1]).write_text(weak, encoding="utf-8")
    status, _, err = lianfang(*setting_up)
    assert status == 2
    assert len(err.strip().splitlines()) == 1
    assert not User.objects.exists()


def test_a_second_group_is_refused(group: Unit, lianfang: Run) -> None:
    status, _, err = lianfang("setup", "--group", "H", "--name", "别的集团")
    assert status == 2
    assert "江海集团" in err


def test_setting_up_asks_nobody_where_nobody_sits(db: None, lianfang: Run) -> None:
    status, _, err = lianfang("setup")
    assert status == 2
    assert "--group" in err


def test_somebody_who_has_an_account_is_given_the_post(group: Unit, lianfang: Run) -> None:
    user = user_with(Role.CLERK, group, "anna")
    assert lianfang("setup", "--admin", "anna")[0] == 0
    assert Post.objects.filter(user=user, role=Role.ADMINISTRATOR).count() == 1


def test_a_token_stands_alone_on_the_output_and_acts_for_its_unit(
    mill: Unit, lianfang: Run
) -> None:
    status, out, err = lianfang("token", "create", "--unit", "M", "--post", "clerk")
    assert status == 0
    actor = orgs.bearer(out.strip())
    assert actor is not None
    assert actor.holds(Role.CLERK)
    assert out.strip() not in err
    assert out.strip() not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_a_token_as_json_says_until_when(mill: Unit, lianfang: Run) -> None:
    words = ["token", "create", "--unit", "M", "--post", "clerk", "--days", "7", "--json"]
    told = json.loads(lianfang(*words)[1])
    assert set(told) == {"token", "unit", "post", "expires_at"}
    left = Token.objects.get().expires_at - clock.machine()
    assert timedelta(days=6) < left <= timedelta(days=7)


def test_a_token_for_no_unit_is_refused(mill: Unit, lianfang: Run) -> None:
    status, out, err = lianfang("token", "create", "--unit", "X", "--post", "clerk")
    assert (status, out) == (2, "")
    assert "X" in err


def test_a_tick_seals_and_says_so(mill: Unit, lianfang: Run) -> None:
    status, out, _ = lianfang("tick", "--json")
    assert status == 0
    assert json.loads(out)["seals"] == 1
    assert lianfang("tick")[0] == 0


def test_the_time_of_an_installation_in_use_cannot_be_moved(mill: Unit, lianfang: Run) -> None:
    status, out, _ = lianfang("tick", "--at", "2020-01-31T16:00+08:00")
    assert (status, out) == (2, "")


def test_the_time_of_a_rehearsal_moves_forward_and_never_back(
    mill: Unit, lianfang: Run, tmp_path: Path
) -> None:
    clock.follow(tmp_path / "clock.json")
    try:
        told = json.loads(lianfang("tick", "--at", "2020-01-31T16:00", "--json")[1])
        assert told["at"].startswith("2020-01-31T16:00:00")
        assert told["at"].endswith("+08:00")
        status, out, _ = lianfang("tick", "--at", "2020-01-30T16:00")
        assert status != 0
        assert out == ""
        assert clock.now().year == 2020
        assert clock.now().day == 31
    finally:
        clock.follow(None)


def test_a_whole_trail_is_proved(mill: Unit, lianfang: Run) -> None:
    seal_trail()
    status, out, err = lianfang("audit", "verify", "--json")
    told = json.loads(out)
    assert (status, err, told["whole"], told["first"]) == (0, "", True, None)
    assert told["head"] in lianfang("audit", "verify")[1]
    assert lianfang("audit", "verify", "--anchor", told["head"])[0] == 0


def test_a_changed_entry_is_named_with_its_seal(mill: Unit, lianfang: Run) -> None:
    seal_trail()
    entry = Entry.objects.earliest("pk")
    with connection.cursor() as cursor:
        on = " ON doors_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER doors_entry_no_update{on}")
    Entry.objects.filter(pk=entry.pk).update(who="user:nobody")
    status, out, err = lianfang("audit", "verify")
    assert (status, out) == (1, "")
    assert str(entry.pk) in err
    status, out, _ = lianfang("audit", "verify", "--json")
    assert json.loads(out)["first"] == {"kind": "changed", "seal": 1, "entry": str(entry.pk)}
    assert status == 1


def test_a_head_that_is_not_in_the_chain_is_no_proof(mill: Unit, lianfang: Run) -> None:
    seal_trail()
    assert lianfang("audit", "verify", "--anchor", "0" * 64)[0] == 1


def test_migrating_what_is_up_to_date_does_nothing(db: None, lianfang: Run) -> None:
    assert lianfang("migrate")[0] == 0


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (OperationalError("database is locked"), failures.IN_USE),
        (OperationalError("attempt to write a readonly database"), failures.READ_ONLY),
        (OperationalError("database or disk is full"), failures.FULL),
        (OperationalError("unable to open database file"), failures.NOT_THERE),
        (OperationalError("no such table: orgs_unit"), failures.NOT_UP_TO_DATE),
        (ProgrammingError('relation "orgs_unit" does not exist'), failures.NOT_UP_TO_DATE),
        (OperationalError("disk I/O error"), failures.BROKEN_DISK),
        (DatabaseError("file is not a database"), failures.BROKEN_FILE),
        (InterfaceError("connection already closed"), failures.UNKNOWN),
        (OSError(28, "No space left on device"), failures.FULL),
        (OSError(30, "Read-only file system", "/a"), failures.NO_RIGHT),
        (FileNotFoundError(2, "No such file", "/a"), failures.NO_FILE),
        (KeyMissing("response-1"), failures.KEY_GONE),
        (Tampered("t|1|c"), failures.CHANGED),
        (ZeroDivisionError("3"), failures.UNKNOWN),
        (sqlite3.OperationalError("x"), failures.UNKNOWN),
    ],
)
def test_what_breaks_is_told_in_one_sentence_that_says_what_to_do(
    broken: Exception, words: str
) -> None:
    status, sentence = failures.told(broken)
    assert status == 1
    assert sentence.startswith(gettext(words).split("%")[0])
    assert "\n" not in sentence
    assert "%(" not in sentence


def test_a_refusal_keeps_its_sentence_and_its_weight() -> None:
    assert failures.told(BadInput("No %(x)s.", x="100%"))[0] == 2
    assert failures.told(Conflict("No."))[0] == 1


def test_a_command_that_breaks_ends_in_a_sentence(
    db: None, lianfang: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_words: object, **_more: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("lianfang.config.commands.database.call_command", locked)
    status, out, err = lianfang("migrate")
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
