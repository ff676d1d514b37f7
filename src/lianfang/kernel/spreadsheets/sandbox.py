"""Opens a foreign file in a process of its own, so that it can harm or exhaust nothing here."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

from lianfang.kernel.spreadsheets.cells import Cell, Fault
from lianfang.kernel.spreadsheets.child import OUT_OF_MEMORY
from lianfang.kernel.spreadsheets.problems import FileRefused

PATIENCE = 60.0
HANDED_ON = ("LD_LIBRARY_PATH",)
COMMAND = ("-P", "-m", "lianfang.kernel.spreadsheets.child")


class NotStarted(RuntimeError):
    """The reading process did not start; the installation is at fault, not the file."""


def ask(request: Mapping[str, object]) -> Iterator[Any]:
    """Ask the reading process, and give back its answer line by line."""
    surroundings = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    path = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no words of a user
        (sys.executable, *COMMAND),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        text=True,
        encoding="utf-8",
    ) as process:
        watch = threading.Timer(PATIENCE, process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield from _conversation(process, request)
        finally:
            watch.cancel()
            process.kill()


def _conversation(process: subprocess.Popen[str], request: Mapping[str, object]) -> Iterator[Any]:
    answers = _tell(process, request)
    if not answers.readline():
        raise NotStarted
    for line in answers:
        if not line.endswith("\n"):
            break
        told = json.loads(line)
        if isinstance(told, dict) and "refused" in told:
            code, sentence, values = told["refused"]
            raise FileRefused(code, sentence, **values)
        yield told
    if (ended := process.wait()) != 0:
        spent = ended < 0 or ended == OUT_OF_MEMORY
        raise FileRefused("too_large" if spent else "not_a_spreadsheet")


def _tell(process: subprocess.Popen[str], request: Mapping[str, object]) -> IO[str]:
    if process.stdin is None or process.stdout is None:
        raise NotStarted
    with process.stdin as told:
        told.write(json.dumps(request) + "\n")
    return process.stdout


def cell(sent: Any) -> Cell:  # noqa: ANN401 - as JSON brings it
    """Return a cell as the reading process sent it."""
    if not isinstance(sent, dict):
        plain: Cell = sent
        return plain
    if "fault" in sent:
        return Fault(sent["fault"])
    if "datetime" in sent:
        return datetime.fromisoformat(sent["datetime"])
    return date.fromisoformat(sent["date"])
