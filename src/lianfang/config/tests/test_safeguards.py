import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from lianfang.config import command, environment, holding
from lianfang.config.backups import noted
from lianfang.config.commands import database, examining, safeguards
from lianfang.config.commands.findings import State
from lianfang.ground.loops.services.ticking import tick
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict

Later = pytest.MonkeyPatch


def after(monkeypatch: Later, time: timedelta) -> None:
    real = clock.machine
    monkeypatch.setattr(clock, "machine", lambda: real() + time)


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA, settings.DEMO = tmp_path, False
    return tmp_path


@pytest.mark.parametrize(
    ("hours", "made", "proved"),
    [
        (1, State.GOOD, State.GOOD),
        (40, State.WARN, State.GOOD),
        (24 * 8, State.BAD, State.BAD),
    ],
)
def test_a_backup_grows_old_and_its_proof_is_red_after_a_week(
    place: Path, monkeypatch: Later, hours: int, made: State, proved: State
) -> None:
    noted.note(noted.MADE, place / "one.backup")
    noted.note(noted.PROVED, place / "one.backup")
    after(monkeypatch, timedelta(hours=hours))
    for found, expected in ((safeguards.backed_up(), made), (safeguards.proved(), proved)):
        assert found.state is expected
        assert bool(found.todo) is (expected is not State.GOOD)


def test_a_new_installation_has_a_week_for_its_first_backup(
    place: Path, monkeypatch: Later
) -> None:
    assert safeguards.backed_up().state is State.WARN
    key = place / "keys" / "installation.key"
    key.parent.mkdir()
    key.write_bytes(b"k")
    assert safeguards.proved().state is State.WARN
    after(monkeypatch, timedelta(days=8))
    assert safeguards.backed_up().state is State.BAD
    assert safeguards.proved().state is State.BAD


def test_a_rehearsal_needs_no_backup(place: Path, settings: Settings) -> None:
    settings.DEMO = True
    assert safeguards.backed_up().state is State.GOOD
    assert safeguards.proved().state is State.GOOD


def test_a_note_that_cannot_be_read_is_none(place: Path) -> None:
    (place / noted.FILE).write_text("{", encoding="utf-8")
    assert noted.last(noted.MADE) is None


def test_an_uncounted_proxy_and_a_missing_filing_number_are_told(settings: Settings) -> None:
    settings.HTTPS, settings.PROXIES, settings.ICP = True, 0, ""
    assert safeguards.proxies().state is State.BAD
    assert safeguards.filing().state is State.WARN
    settings.PROXIES, settings.ICP = 1, "浙ICP备00000000号"
    assert safeguards.proxies().state is State.GOOD
    assert safeguards.filing().found == settings.ICP


def test_an_administrator_without_a_second_step_is_named(
    administrator: Actor, settings: Settings
) -> None:
    settings.SECOND_STEP = True
    found = safeguards.second_steps()
    assert found.state is State.WARN
    assert found.todo
    settings.SECOND_STEP = False
    assert safeguards.second_steps().state is State.GOOD


@pytest.mark.parametrize("minutes", [-60, 60])
def test_a_clock_an_hour_wrong_is_told(group: Unit, monkeypatch: Later, minutes: int) -> None:
    """Behind the last tick it is seen at once; apart from a database's own clock it is too."""
    tick(clock.now())
    after(monkeypatch, timedelta(minutes=minutes))
    states = {finding.code: finding.state for finding in examining.examine()}
    if minutes < 0:
        assert states["clock"] is State.BAD
    apart = State.GOOD if connection.vendor == "sqlite" else State.BAD
    assert states["agrees"] is apart


def test_a_database_of_a_newer_version_is_neither_served_nor_migrated(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    MigrationRecorder(connection).record_applied("orgs", "9999_what_is_to_come")
    for words in (["migrate"], ["serve", "--port", "1"]):
        assert command.run(words) == 1
        assert "orgs.9999_what_is_to_come" in capsys.readouterr().err
    command.run(["doctor", "--json"])
    told = {check["code"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert told["database"]["state"] == "bad"
    with pytest.raises(Conflict):
        database.upgrade()


def test_two_cannot_hold_one_data_directory(tmp_path: Path) -> None:
    with holding.alone(tmp_path, "lianfang serve"):
        with pytest.raises(Conflict) as no, holding.alone(tmp_path, "lianfang migrate"):
            pass
        assert str(os.getpid()) in str(no.value.values["holder"])
    with holding.alone(tmp_path, "lianfang migrate"):
        pass


@pytest.mark.parametrize("told", ["fangkong.example", "https://oa.example/fangkong", "ftp://x"])
def test_a_public_address_is_a_name_and_no_folder_of_another_site(
    monkeypatch: Later, capsys: pytest.CaptureFixture[str], told: str
) -> None:
    monkeypatch.setenv("LIANFANG_PUBLIC_URL", told)
    with pytest.raises(environment.WrongSetting):
        environment.public_url()
    assert told in capsys.readouterr().err
    monkeypatch.setenv("LIANFANG_PUBLIC_URL", "https://fangkong.example:8443/")
    assert environment.public_url() == "https://fangkong.example:8443"
