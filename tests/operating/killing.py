"""`make kill`: kill the whole server again and again under load; nothing acknowledged may be lost.

Sixteen programs send check-ins and send each again, under its own key, until it is acknowledged.
Afterwards every acknowledged one is stored once, and no key is stuck.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tests import postgres
from tests.bench import people
from tests.bench.group import GROUP, staffed
from tests.bench.people_file import Staff
from tests.demo_check import free_port, ready
from tests.place import COMMAND, Place

KILLS = int(os.environ.get("LIANFANG_KILLS", "50"))
SENDERS, PEOPLE, LIVES_SECONDS, PATIENCE_SECONDS = 16, 2_000, 1.5, 90


@dataclass
class Sent:
    """What was sent, and what was acknowledged, by key."""

    port: int
    token: str
    over: bool = False
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    tries: int = 0


def main() -> int:
    """Kill on each database; the status is 1 when anything was lost, doubled or stuck."""
    broken = 0
    with tempfile.TemporaryDirectory(prefix="lianfang-kill-") as name:
        for folder, database in (("sqlite", ""), ("postgres", postgres.start(postgres.DURABLE))):
            place = Place(Path(name) / folder, database)
            _settle(place)
            broken += _killed(place)
    return 1 if broken else 0


def _settle(place: Place) -> None:
    place.data.mkdir()
    place.lianfang("migrate")
    place.python(people.INSIDE, "found")
    file = Staff("kill").write(place.data / "people.xlsx", PEOPLE, staffed())
    place.lianfang("import", "people", str(file))


def _killed(place: Place) -> int:
    secret = place.lianfang("token", "create", "--unit", GROUP, "--post", "clerk", "--json")
    sent = Sent(free_port(), secret["token"])
    numbers = count()
    senders = [threading.Thread(target=_send, args=(sent, numbers)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for at in range(KILLS):
        with _serving(place, sent.port):
            time.sleep(LIVES_SECONDS)
        sys.stderr.write(f"\r{place.name}: {at + 1} of {KILLS}, {len(sent.acknowledged)} stored")
    with _serving(place, sent.port):
        time.sleep(LIVES_SECONDS)
        sent.over = True
        for sender in senders:
            sender.join()
    return _told(place, sent)


def _told(place: Place, sent: Sent) -> int:
    found = place.python("tests.operating.stored")
    lost = set(sent.acknowledged.values()) - set(found["ids"])
    doubled = len(found["ids"]) - len(set(sent.acknowledged.values()))
    whole = place.lianfang("audit", "verify", "--json")["whole"]
    sys.stderr.write("\n")
    print(  # noqa: T201 - the answer
        f"{place.name}: killed {KILLS} times, {len(sent.acknowledged)} acknowledged in "
        f"{sent.tries} tries: {len(lost)} lost, {doubled} doubled or stored unasked, "
        f"{found['stuck']} stuck, {len(sent.refused)} refused, trail "
        f"{'whole' if whole else 'BROKEN'}"
    )
    for words in sent.refused[:5]:
        print("  ", words)  # noqa: T201
    return int(bool(lost or doubled or found["stuck"] or sent.refused or not whole))


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
                    raise RuntimeError(f"the server is not there: see {log.name}")
                time.sleep(0.1)
            yield
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _send(sent: Sent, numbers: Iterator[int]) -> None:
    units = staffed()
    while not sent.over:
        at = next(numbers)
        person, unit = f"B{at % PEOPLE + 1:07}", units[at % PEOPLE % len(units)]
        key, body = uuid.uuid4().hex, _reading(person, unit, at)
        while not _acknowledged(sent, key, body):
            time.sleep(0.05)


def _acknowledged(sent: Sent, key: str, body: bytes) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", sent.port, timeout=30)
    sent.tries += 1
    try:
        head = {"Authorization": f"Bearer {sent.token}", "Idempotency-Key": key}
        head["Content-Type"] = "application/json"
        line.request("POST", "/api/v1/checkins", body, head)
        answer = line.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    if answer.status == http.HTTPStatus.CREATED:
        sent.acknowledged[key] = json.loads(said)["id"]
        return True
    if answer.status in {http.HTTPStatus.SERVICE_UNAVAILABLE, http.HTTPStatus.BAD_GATEWAY}:
        return False
    sent.refused.append(f"{answer.status} {said[:200].decode()}")
    return True


def _reading(person: str, unit: str, at: int) -> bytes:
    taken = datetime.now(UTC) - timedelta(seconds=1)
    told = {
        "person_no": person,
        "unit": unit,
        "taken_at": taken.isoformat(),
        "temperature": (361 + at % 8) / 10,
        "method": "forehead",
        "symptoms": [],
        "household_symptoms": False,
        "contact_risk_area": False,
        "contact_case": False,
    }
    return json.dumps(told).encode()


if __name__ == "__main__":
    sys.exit(main())
