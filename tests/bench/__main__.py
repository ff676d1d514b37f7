"""`make bench`: one table of figures, each beside what the machine can do in the same run.

These are no tests: absolute numbers depend on the machine, so the ratios within one run count.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import postgres
from tests.bench import demo, doors, people
from tests.bench.table import Row, Table
from tests.place import Place

LONG = os.environ.get("LIANFANG_BENCH") == "long"
BUSY = 3.0
Part = Callable[[], Iterator[Row]]


def main() -> int:
    """Measure one thing after the other and print the table."""
    table, broken, began = Table(), 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-", ignore_cleanup_errors=True) as name:
        for what, part in _parts(Path(name)):
            _say(f"{time.monotonic() - began:5.0f} s  {what} …")
            try:
                table.rows += part()
            except Exception as wrong:  # noqa: BLE001 - the other figures are still worth having
                broken += 1
                table.rows.append(Row(what, "could not be measured", str(wrong)[:200]))
    print(f"\n{_machine()}\n\n{table.text()}\n\n{table.verdict()}")  # noqa: T201 - the answer
    return 1 if broken else 0


def _parts(where: Path) -> Iterator[tuple[str, Part]]:
    sqlite = Place(where / "sqlite")
    yield "a group is founded and people are imported, SQLite", lambda: people.brought(sqlite)
    yield "check-ins, SQLite", lambda: doors.checkins(sqlite)
    yield "batches, SQLite", lambda: doors.batches(sqlite, rounds=3)
    yield "figures and screening", lambda: people.counted(sqlite, 1_000_000 if LONG else 100_000)
    grown = Place(where / "postgres", postgres.start(postgres.DURABLE))
    yield "the same group on PostgreSQL", lambda: people.founded(grown)
    yield "check-ins, PostgreSQL", lambda: doors.checkins(grown)
    yield "batches, PostgreSQL", lambda: doors.batches(grown, rounds=2)
    yield "the demo", lambda: demo.measured(Place(where / "demo"))


def _machine() -> str:
    load = os.getloadavg()[0]
    busy = "; the machine was busy, trust the ratios only" if load > BUSY else ""
    return (
        f"{platform.platform(terse=True)}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, load {load:.1f}{busy}"
    )


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
