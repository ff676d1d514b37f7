"""An installation of its own: a directory, a database, the commands of the house, a server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.demo_check import free_port, ready

COMMAND = str(Path(sys.executable).parent / "lianfang")
PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where an installation lives; without an address its database is SQLite."""

    data: Path
    database: str = ""

    @property
    def name(self) -> str:
        """Return the name of the database."""
        return "PostgreSQL" if self.database else "SQLite"

    @property
    def surroundings(self) -> dict[str, str]:
        """Return the environment of this installation's processes."""
        found = {
            key: text
            for key, text in os.environ.items()
            if key != "DATABASE_URL" and not key.startswith("LIANFANG_")
        }
        found |= {"LIANFANG_DATA": str(self.data), "LIANFANG_LOG_LEVEL": "ERROR"}
        found |= {"LIANFANG_SECOND_STEP_DAYS": "30"}  # who tests sign-in sets one up himself
        return found | ({"DATABASE_URL": self.database} if self.database else {})

    def lianfang(self, *words: str) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run a command of the house and return its answer."""
        return _answer([COMMAND, *words], self.surroundings)

    def python(self, module: str, *words: object) -> Any:  # noqa: ANN401
        """Run a module in a process of its own, within the installation."""
        line = [sys.executable, "-m", module, *map(str, words)]
        return _answer(line, self.surroundings)

    @contextmanager
    def served(self, *words: str) -> Iterator[int]:
        """Serve the installation and return its port; it is stopped whatever happens."""
        port = free_port()
        line = [COMMAND, *(words or ("serve",)), "--port", str(port)]
        told = self.data / "served.log"
        with (
            told.open("wb") as log,
            subprocess.Popen(line, env=self.surroundings, stdout=log, stderr=log) as server,
        ):
            try:
                _wait(server, port, told)
                yield port
            finally:
                _stop(server)


def _answer(line: list[str], surroundings: dict[str, str]) -> Any:  # noqa: ANN401
    done = subprocess.run(line, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(line[1:4])}: {done.stderr.strip()[-600:]}")
    text = done.stdout.strip()
    return json.loads(text) if text[:1] in {"{", "["} else text


def _wait(server: "subprocess.Popen[bytes]", port: int, told: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not ready(port):
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the server is not there: {told.read_text()[-600:]}")
        time.sleep(0.2)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
