import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.config.backups import proving, reading, scratch
from lianfang.config.commands import database, examining, serve
from lianfang.config.commands.findings import Finding, State
from lianfang.ground.doors import triggers
from lianfang.kernel.refusals import Conflict


@pytest.fixture
def left(tmp_path: Path, settings: Settings) -> Path:
    """What a process that was killed while it restored has left: a readable copy."""
    settings.DATA = tmp_path
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    folder = tmp_path / f"{scratch.PREFIX}{dead.pid}-x"
    folder.mkdir()
    (folder / "database").write_text("readable", encoding="utf-8")
    return folder


def test_what_a_killed_restore_left_goes_with_the_next_one(left: Path, tmp_path: Path) -> None:
    source = tmp_path / "one.backup"
    source.write_bytes(b"no backup")
    with pytest.raises(Conflict):
        reading.prove(source)
    assert not left.exists()
    assert not list(tmp_path.glob(".restore-*"))


def test_what_a_killed_proof_left_goes_with_the_next_one(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    source = tmp_path / "one.backup"
    source.write_bytes(b"no backup")

    def fails(*_told: object) -> str:
        raise Conflict(proving.NOT_PROVED, step="restore", reason="no backup")

    monkeypatch.setattr(proving, "_run", fails)
    monkeypatch.setattr(proving, "ADDRESS", "PATH")
    with pytest.raises(Conflict):
        proving.prove(source)
    assert not left.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["one.backup"]


def test_a_restore_without_room_says_so_before_it_writes(tmp_path: Path) -> None:
    with (
        pytest.raises(Conflict, match="make room"),
        scratch.beside(tmp_path / "database", 1 << 60),
    ):
        raise AssertionError
    assert not list(tmp_path.iterdir())


def test_lost_triggers_are_put_back_within_the_transaction_of_the_steps(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[bool] = []

    def restore() -> None:
        whole.append(inside == [True])

    inside: list[bool] = []

    @contextmanager
    def watched() -> Iterator[None]:
        inside.append(True)
        yield
        inside.clear()

    monkeypatch.setattr(database, "_whole", watched)
    monkeypatch.setattr(database, "call_command", lambda *_words, **_told: None)
    monkeypatch.setattr(triggers, "restore", restore)
    database.migrate()
    assert whole == [True]


def test_nothing_is_served_while_facts_could_be_changed(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = Finding("kept", State.BAD, "One trigger is missing.", "Run `lianfang migrate`.")
    monkeypatch.setattr(database, "pending", list)
    monkeypatch.setattr(database, "refuse_newer", lambda: None)
    monkeypatch.setattr(examining, "kept", lambda: lost)
    monkeypatch.setattr(serve, "connection", type("C", (), {"vendor": "postgresql"}))
    told = type("Told", (), {"workers": 1})()
    assert serve.run(told) != 0
    assert "trigger" in capsys.readouterr().err
