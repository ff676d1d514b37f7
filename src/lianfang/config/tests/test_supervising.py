import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lianfang.config.supervising import Supervisor

LIVES = (
    "import os, pathlib, time; pathlib.Path({file!r}).write_text(str(os.getpid())); time.sleep(60)"
)
STARTS_ANOTHER = (
    "import pathlib, subprocess, sys, time; "
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "pathlib.Path({file!r}).write_text(str(p.pid)); time.sleep(60)"
)


def python(code: str, file: Path) -> list[str]:
    return [sys.executable, "-c", code.format(file=str(file))]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def until(true: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def written(file: Path) -> int:
    until(lambda: file.exists() and file.read_text())
    return int(file.read_text())


@pytest.fixture(autouse=True)
def signals() -> object:
    """The test's own process keeps its signal handlers."""
    kept = {signum: signal.getsignal(signum) for signum in (signal.SIGTERM, signal.SIGINT)}
    yield
    for signum, handler in kept.items():
        signal.signal(signum, handler)


def run(supervisor: Supervisor, play: Callable[[], None]) -> bool:
    """Supervise in this thread while another one plays; then stop."""

    def script() -> None:
        try:
            play()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    player = threading.Thread(target=script)
    asked: list[bool] = []

    def announced() -> bool:
        if not asked:
            player.start()
        asked.append(True)
        return True

    steady = supervisor.run(announced)
    player.join()
    return steady


def test_a_child_that_is_killed_is_started_again_and_all_end_together(tmp_path: Path) -> None:
    web, worker = tmp_path / "web", tmp_path / "worker"
    said: list[tuple[str, int]] = []
    children = [("web", python(LIVES, web)), ("worker", python(LIVES, worker))]
    supervisor = Supervisor(children, {}, lambda name, status, _wait: said.append((name, status)))
    seen: list[int] = []

    def play() -> None:
        seen.extend((written(web), written(worker)))
        web.unlink()
        os.kill(seen[0], signal.SIGKILL)
        seen.append(written(web))

    assert run(supervisor, play)
    assert said == [("web", -signal.SIGKILL)]
    assert seen[2] != seen[0]
    assert not any(alive(pid) for pid in seen)


def test_what_a_dead_child_left_behind_is_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "grandchild"
    supervisor = Supervisor([("web", python(STARTS_ANOTHER, file))], {}, lambda *_: None)
    left: list[int] = []

    def play() -> None:
        left.append(written(file))
        file.unlink()
        parent = int(Path(f"/proc/{left[0]}/stat").read_text().split()[3])
        os.kill(parent, signal.SIGKILL)
        written(file)

    assert run(supervisor, play)
    assert not alive(left[0])


def test_one_that_does_not_stay_alive_ends_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.config.supervising.MOST_FAILURES", 2)
    other = tmp_path / "other"
    children = [("web", [sys.executable, "-c", "raise SystemExit(3)"])]
    children.append(("worker", python(LIVES, other)))
    said: list[tuple[int, float]] = []

    def say(_name: str, status: int, wait: float) -> None:
        said.append((status, wait))

    assert not Supervisor(children, {}, say).run(lambda: True)
    assert said == [(3, 0.2), (3, 0.4)]
    assert not other.exists() or not alive(written(other))


def test_a_child_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "child"
    code = (
        "from lianfang.config.supervising import Supervisor; import sys; "
        f"web = ('web', [sys.executable, '-c', {LIVES.format(file=str(file))!r}]); "
        "Supervisor([web], {}, print).run(lambda: True)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code])
    child = written(file)
    supervisor.kill()
    supervisor.wait()
    until(lambda: not alive(child))
