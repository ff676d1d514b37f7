"""A server whose parts are killed is whole again, ends in seconds, and is alone on its data."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.demo_check import free_port, ready
from tests.operating.released import empty_database
from tests.place import COMMAND, Place

PATIENCE_SECONDS = 120
HALF = b"0123456789"
HEAD = (
    b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An empty installation that is up to date."""
    made = Place(tmp_path_factory.mktemp("living"), empty_database())
    made.lianfang("migrate")
    return made


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(place: Place, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """It is served until the last test ends it."""
    words = [COMMAND, "serve", "--port", str(port)]
    with (
        (place.data / "served.log").open("wb") as log,
        subprocess.Popen(words, env=place.surroundings, stdout=log, stderr=log) as served,
    ):
        try:
            until(lambda: ready(port))
            yield served
        finally:
            served.kill()


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def children(parent: int) -> dict[str, int]:
    """The web and the worker of a supervisor, by name."""
    found = {}
    for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        found["web" if b"granian" in words else "worker"] = int(number)
    return found


def log(place: Place) -> str:
    return (place.data / "served.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_part_that_is_killed_comes_back_and_it_is_said(
    place: Place, server: "subprocess.Popen[bytes]", port: int, part: str
) -> None:
    until(lambda: part in children(server.pid))
    before = children(server.pid)[part]
    os.kill(before, signal.SIGKILL)
    until(lambda: children(server.pid).get(part, before) != before)
    until(lambda: ready(port))
    assert re.search(rf"{part} .*[(（]-9", log(place))
    assert server.poll() is None


def test_a_second_one_on_the_same_data_is_refused(
    place: Place, server: "subprocess.Popen[bytes]"
) -> None:
    done = subprocess.run(
        [COMMAND, "serve", "--port", str(free_port())],
        env=place.surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert str(server.pid) in done.stderr
    assert str(place.data) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_it_ends_in_seconds_and_cuts_no_request(
    server: "subprocess.Popen[bytes]", port: int
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(HEAD + HALF)
        time.sleep(0.5)
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        time.sleep(1)
        line.sendall(HALF)
        answer = line.recv(64)
    assert answer.startswith(b"HTTP/1.1 403")
    assert server.wait(20) == 0
    assert time.monotonic() - began < 15
    assert not ready(port)
