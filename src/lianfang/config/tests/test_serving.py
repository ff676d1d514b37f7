import json
import logging
import socket
import threading
from pathlib import Path

import pytest
from django.db.utils import OperationalError
from django.test import Client
from pytest_django import Settings

from lianfang.config import command, logs
from lianfang.config.commands import serve, worker
from lianfang.ground.audit.models import Seal
from lianfang.ground.loops.services.ticking import tick
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.services import enter_unit
from lianfang.kernel import clock
from lianfang.kernel.actor import STRANGER
from lianfang.kernel.refusals import Conflict, NotAllowed


def told(client: Client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_numbers_tell_of_requests_acts_refusals_and_the_clock(
    group: Unit, client: Client
) -> None:
    tick(clock.now())
    with pytest.raises(NotAllowed):
        enter_unit(STRANGER, group, None)  # type: ignore[arg-type]
    before = told(client)
    after = told(client)
    assert before["lianfang_database_up"] == 1
    assert before['lianfang_acts_last_hour{act="units.enter"}'] == 1
    assert before['lianfang_refusals_last_hour{act="units.enter"}'] == 1
    assert 0 <= before["lianfang_last_tick_age_seconds"] < 60
    assert before["lianfang_outbox_waiting"] == 0
    twos = 'lianfang_requests_total{code="2xx"}'
    assert after[twos] == before.get(twos, 0) + 1


def test_the_numbers_tell_nobodys_name(group: Unit, client: Client) -> None:
    assert "江海" not in client.get("/metrics").content.decode()


def test_a_database_that_does_not_answer_is_a_number_too(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_actor: object) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr("lianfang.config.metrics.last_tick", away)
    assert told(client)["lianfang_database_up"] == 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("number 330302199001010000 here", "number ••• here"),
        ("33030219900101002X", "•••"),
        ("call 13800138000", "call •••"),
        ("a@b.example wrote", "••• wrote"),
        ("broken\nDETAIL: Key (name)=(张三) exists.", "broken\n•••"),
        ("2020-01-31 16:00:00,123", "2020-01-31 16:00:00,123"),
        ("01a20c23-b712-70c9-bd66-a920f59595c5", "01a20c23-b712-70c9-bd66-a920f59595c5"),
    ],
)
def test_a_log_line_holds_nobodys_number(said: str, kept: str) -> None:
    assert logs.plain(said) == kept


def test_log_lines_are_written_as_words_or_as_json() -> None:
    logs.NUMBER.set("number-7")
    broken = ValueError("330302199001010000")
    about = (ValueError, broken, broken.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "went %s", ("13800138000",), about)
    words, line = logs.Words().format(record), logs.Json().format(record)
    assert "ERROR x [number-7] went •••" in words
    assert json.loads(line)["message"] == "went •••"
    assert json.loads(line)["request"] == "number-7"
    assert "ValueError" in json.loads(line)["traceback"]
    assert "330302" not in words + line


def test_a_request_is_logged_by_the_pattern_of_its_address(
    group: Unit, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "lianfang.config.metrics"):
        client.get(f"/files/{group.pk}?name=张三")
    assert "GET /files/<uuid:pk> 302" in caplog.text
    assert "张三" not in caplog.text
    assert str(group.pk) not in caplog.text


def test_the_worker_ticks_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, ticks = threading.Event(), list[int]()

    def once() -> bool:
        ticks.append(1)
        if len(ticks) == 3:
            stop.set()
        return True

    monkeypatch.setattr(worker, "once", once)
    monkeypatch.setattr(worker, "close_old_connections", list)
    worker.go_on(stop, every=0.1)
    assert len(ticks) == 3


@pytest.mark.parametrize(
    "broken", [OperationalError("locked"), Conflict("No."), OSError(28, "full")]
)
def test_a_tick_that_breaks_off_does_not_end_the_worker(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: Exception
) -> None:
    def breaks(_now: object) -> None:
        raise broken

    monkeypatch.setattr(worker, "tick", breaks)
    assert not worker.once()
    assert caplog.records


def test_a_tick_says_whether_its_jobs_went_well(group: Unit) -> None:
    assert worker.once()
    assert Seal.objects.exists()


def test_a_port_that_is_taken_is_told_before_anything_is_started(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert command.run(["serve", "--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().err


def test_a_database_behind_its_program_is_not_served(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lianfang.config.commands.database.pending", lambda: ["orgs.0002"])
    assert command.run(["serve", "--port", "1"]) == 2
    assert "lianfang migrate" in capsys.readouterr().err


def test_without_its_keys_nothing_is_served(
    group: Unit,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tick(clock.now())
    settings.DATA = tmp_path
    assert command.run(["serve", "--port", "8106"]) == 2
    assert str(tmp_path / "keys") in capsys.readouterr().err


def test_the_web_runs_one_process_on_sqlite_with_bounded_threads() -> None:
    words = " ".join(serve.web_words("127.0.0.1", 8000, 1))
    assert "--workers 1 --blocking-threads" in words
    assert words.endswith("lianfang.config.wsgi:application")
    assert serve.address("0.0.0.0", 8000) == "http://127.0.0.1:8000"  # noqa: S104
