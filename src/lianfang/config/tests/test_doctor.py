import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from lianfang.config import command
from lianfang.config.commands import database, examining
from lianfang.config.commands.findings import State
from lianfang.ground.doors.triggers import append_only
from lianfang.ground.loops.services.ticking import tick
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock


def state(code: str) -> State:
    return next(finding.state for finding in examining.examine() if finding.code == code)


def test_a_new_installation_is_told_what_comes_next(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    found = {check["code"]: check for check in told["checks"]}
    assert found["setup"]["state"] == "warn"
    assert "lianfang setup" in found["setup"]["do"]
    assert found["tick"]["state"] == "warn"
    assert found["database"]["state"] == "good"
    assert all(check["do"] for check in told["checks"] if check["state"] != "good")


def test_the_status_says_whether_something_is_missing(
    db: None, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DIST = tmp_path
    assert command.run(["doctor"]) == 1
    assert "✗" in capsys.readouterr().out


def test_a_clock_of_the_house_that_stands_still_is_bad(
    group: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(clock.now())
    assert state("tick") is State.GOOD
    real = clock.machine
    monkeypatch.setattr(clock, "machine", lambda: real() + timedelta(minutes=10))
    assert state("tick") is State.BAD


def test_a_machine_whose_clock_went_back_is_bad(
    group: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(clock.now())
    real = clock.machine
    monkeypatch.setattr(clock, "machine", lambda: real() - timedelta(hours=10))
    assert state("clock") is State.BAD


def test_missing_keys_are_bad_once_something_was_sealed(
    group: Unit, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    assert state("keys") is State.GOOD
    tick(clock.now())
    assert state("keys") is State.BAD


def test_keys_that_others_can_read_are_bad(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert state("keys") is State.GOOD
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    key = folder / "installation.key"
    key.write_bytes(b"k" * 64)
    key.chmod(0o444)
    assert state("keys") is State.BAD
    key.chmod(0o400)
    assert state("keys") is State.GOOD


def test_what_is_acknowledged_is_on_the_disk(db: None) -> None:
    assert state("durable") in {State.GOOD, State.BAD}


def test_an_old_sqlite_and_an_open_wire_are_warned_of(db: None, settings: Settings) -> None:
    assert state("address") is State.WARN
    settings.HTTPS, settings.PUBLIC_URL = True, "https://lianfang.example"
    assert state("address") is State.GOOD


def test_a_language_that_is_not_there_is_bad(db: None, settings: Settings) -> None:
    assert state("language") is State.GOOD
    settings.LANGUAGE_CODE = "fr"
    assert state("language") is State.BAD


def test_a_full_disk_is_seen_coming(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, expected in ((1 << 40, State.GOOD), (1 << 30, State.WARN), (1 << 20, State.BAD)):
        monkeypatch.setattr(examining, "TOO_LITTLE", 1 << 25)
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr(shutil, "disk_usage", lambda _place, usage=usage: usage)
        assert state("room") is expected


def test_a_trail_that_could_be_changed_is_bad(db: None) -> None:
    lost = append_only("doors_entry", verbs=("UPDATE",)).triggers
    with connection.cursor() as cursor:
        cursor.execute(lost[0].removal(connection.vendor))
    assert state("kept") is State.BAD
    database.migrate()
    assert state("kept") is State.GOOD
