"""Taking a workbook of staff in, as the command line does."""

import threading
import time
from collections.abc import Mapping
from pathlib import Path

from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.services.importing import import_people

KIBIBYTES_A_MEBIBYTE = 1024
EVERY_SECONDS = 0.02
TASKS = Path("/proc/self/task")


class Memory(threading.Thread):
    """Watches how much memory this process and its children hold at the same time."""

    def __init__(self) -> None:
        """Begin to watch."""
        super().__init__(daemon=True)
        self.peak = self.own = 0.0
        self._enough = threading.Event()

    def run(self) -> None:
        """Look again and again until it is enough."""
        while not self._enough.wait(EVERY_SECONDS):
            own = _held("self")
            children = [each for task in TASKS.iterdir() for each in _children(task)]
            self.own = max(self.own, own)
            self.peak = max(self.peak, own + sum(map(_held, children)))

    def stop(self) -> None:
        """Look no more."""
        self._enough.set()
        self.join()


def measure(file: str) -> Mapping[str, float]:
    """Import a file; tell seconds, rows and the greatest memory of this process and its reader."""
    memory = Memory()
    memory.start()
    began = time.perf_counter()
    outcome = import_people(OPERATOR, Path(file))
    seconds = time.perf_counter() - began
    memory.stop()
    return {
        "seconds": seconds,
        "created": outcome.created,
        "rejected": outcome.rejected,
        "own": memory.own,
        "peak": memory.peak,
    }


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []


def _held(process: str) -> float:
    """Return the mebibytes that a process holds, as long as it is there."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    kibibytes = (int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return sum(kibibytes) / KIBIBYTES_A_MEBIBYTE
