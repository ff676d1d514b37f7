"""`make kill`: kill the whole server again and again under load; nothing acknowledged may be lost.

Sixteen programs send check-ins and send each again, under its own key, until it is acknowledged.
Afterwards every acknowledged one is stored once, and no key is stuck. LIANFANG_KILLS: how often.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.demo_check import free_port, ready
from tests.operating.sending import Sent, sender_of, sending, settled
from tests.place import COMMAND, Place

KILLS = int(os.environ.get("LIANFANG_KILLS", "50"))
LIVES_SECONDS, PATIENCE_SECONDS = 1.5, 180
HEAD = (
    "database",
    "kills",
    "acknowledged",
    "tries",
    "lost",
    "doubled",
    "stuck",
    "refused",
    "trail",
)


def main() -> int:
    """Kill on each database; the status is 1 when anything was lost, doubled or stuck."""
    rows: list[tuple[str, ...]] = [HEAD]
    broken = 0
    with tempfile.TemporaryDirectory(prefix="lianfang-kill-") as name:
        for folder, database in (("sqlite", ""), ("postgres", postgres.start(postgres.DURABLE))):
            place = settled(Place(Path(name) / folder, database))
            sent = _killed(place)
            row = _told(place, sent)
            rows.append(row)
            broken += row[4:] != ("0", "0", "0", "0", "whole")
    for row in rows:
        print("".join(f"{word:<14}" for word in row).rstrip())  # noqa: T201 - the answer
    return 1 if broken else 0


def _killed(place: Place) -> Sent:
    sent = sender_of(place, free_port())
    with sending(sent) as finish:
        for at in range(KILLS):
            with _serving(place, sent.port):
                time.sleep(LIVES_SECONDS)
            sys.stderr.write(
                f"\r{place.name}: {at + 1} of {KILLS}, {len(sent.acknowledged)} stored"
            )
        with _serving(place, sent.port):
            time.sleep(LIVES_SECONDS)
            finish()
    sys.stderr.write("\n")
    return sent


def _told(place: Place, sent: Sent) -> tuple[str, ...]:
    found = place.python("tests.operating.stored")
    acknowledged = set(sent.acknowledged.values())
    lost, doubled = acknowledged - set(found["ids"]), len(found["ids"]) - len(acknowledged)
    whole = place.lianfang("audit", "verify", "--json")["whole"]
    for words in sent.refused[:5]:
        sys.stderr.write(f"  {words}\n")
    amiss = (len(lost), doubled, found["stuck"], len(sent.refused))
    numbers = (KILLS, len(acknowledged), sent.tries, *amiss)
    return (place.name, *map(str, numbers), "whole" if whole else "BROKEN")


@contextmanager
def _serving(place: Place, port: int) -> Iterator[None]:
    """Serve in a process group of its own, and kill all of it at once."""
    with (place.data / "served.log").open("ab") as log:
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)],
            env=place.surroundings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not ready(port):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the server is not there: {_end_of(Path(log.name))}")
                time.sleep(0.1)
            yield
        finally:
            for group in (server.pid, *_children(server.pid)):
                _kill(group)
            server.wait()


def _children(parent: int) -> list[int]:
    """Return the web and the worker, which have process groups of their own."""
    try:
        told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [int(number) for number in told.split()]


def _kill(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _end_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")[-600:]


if __name__ == "__main__":
    sys.exit(main())
