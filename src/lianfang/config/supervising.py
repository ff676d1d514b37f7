"""Keeping processes alive: they are started again when they end, and end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 15.0
STEADY_SECONDS = 30.0
MOST_FAILURES = 6
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0


@dataclass
class Child:
    """A process that is to be kept alive, with the group of all that it starts itself."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    not_before: float = 0.0


class Supervisor:
    """Starts the children, starts again the ones that end, and ends them all together."""

    def __init__(
        self,
        children: Sequence[tuple[str, Sequence[str]]],
        extra: Mapping[str, str],
        say: Callable[[str, int, float], None],
    ) -> None:
        """Take each child's name and command, what to add to their environment, and who listens.

        `say` is told the name of a child that ended, its status, and how long it is waited.
        """
        self._children = [Child(name, words) for name, words in children]
        self._environment = {**os.environ, **extra, "LIANFANG_SUPERVISED": "1"}
        self._say, self._stop = say, False

    def run(self, announced: Callable[[], bool]) -> bool:
        """Keep them alive until somebody says stop; False if one of them does not stay alive.

        `announced` is asked again and again until it has told somebody that they are ready.
        """
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stopped)
        steady, ready = True, False
        try:
            for child in self._children:
                self._start(child)
            while steady and not self._stop:
                steady = all(self._look_after(child) for child in self._children)
                ready = ready or announced()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end()
        return steady

    def _stopped(self, _signum: int, _frame: FrameType | None) -> None:
        self._stop = True

    def _start(self, child: Child) -> None:
        follow = [sys.executable, "-m", "lianfang.config.following", str(os.getpid())]
        child.began = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 - our own commands
            [*follow, *child.words], env=self._environment, start_new_session=True
        )

    def _look_after(self, child: Child) -> bool:
        now = time.monotonic()
        if child.process is None:
            if now >= child.not_before:
                self._start(child)
            return True
        status = child.process.poll()
        if status is None:
            return True
        self._clear(child)
        child.failures = 1 if now - child.began > STEADY_SECONDS else child.failures + 1
        wait = min(FIRST_WAIT * 2 ** (child.failures - 1), LONGEST_WAIT)
        child.not_before = now + wait
        self._say(child.name, status, wait)
        return child.failures < MOST_FAILURES

    def _clear(self, child: Child) -> None:
        """Take away what a child that ended has left behind, so that its port is free."""
        if child.process is not None:
            _signal_group(child.process.pid, signal.SIGKILL)
        child.process = None

    def _end(self) -> None:
        """Ask all to end at once, wait for what they are doing, then end what is left."""
        alive = [child for child in self._children if child.process is not None]
        for child in alive:
            if child.process and child.process.poll() is None:
                _signal_group(child.process.pid, signal.SIGTERM)
        until = time.monotonic() + PATIENCE_SECONDS
        for child in alive:
            if child.process:
                _wait(child.process, until - time.monotonic())
            self._clear(child)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(max(seconds, 0.1))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _signal_group(group: int, signum: int) -> None:
    try:
        os.killpg(group, signum)
    except ProcessLookupError:
        return
