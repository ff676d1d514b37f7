"""Sixteen programs that send check-ins, each again under its own key until it is acknowledged."""

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from tests.bench import people as bench
from tests.bench.group import GROUP, staffed
from tests.bench.people_file import Staff
from tests.place import Place

SENDERS, PEOPLE = 16, 2_000
LATER = {http.HTTPStatus.SERVICE_UNAVAILABLE, http.HTTPStatus.BAD_GATEWAY}


@dataclass
class Sent:
    """What was sent, what was acknowledged by key, and what went otherwise."""

    port: int
    token: str
    people: int = PEOPLE
    over: bool = False
    given_up: bool = False
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    took: list[tuple[float, float]] = field(default_factory=list)
    tries: int = 0
    troubled: int = 0

    def times(self, since: float = 0.0) -> list[float]:
        """Return how long each acknowledged one took, in milliseconds."""
        return [seconds * 1000 for at, seconds in list(self.took) if at >= since]


def settled(place: Place, people: int = PEOPLE) -> Place:
    """Found a group with people in a place that is empty."""
    place.data.mkdir(exist_ok=True)
    place.lianfang("migrate")
    place.python(bench.INSIDE, "found")
    file = Staff("kill").write(place.data / "people.xlsx", people, staffed())
    place.lianfang("import", "people", str(file))
    return place


def sender_of(place: Place, port: int) -> Sent:
    """Return who sends to a place, with a token of the group's clerk."""
    secret = place.lianfang("token", "create", "--unit", GROUP, "--post", "clerk", "--json")
    return Sent(port, secret["token"])


@contextmanager
def sending(sent: Sent) -> Iterator[Callable[[], None]]:
    """Send as long as this lasts; calling what is given waits for the last acknowledgements."""
    numbers = count()
    senders = [threading.Thread(target=_send, args=(sent, numbers)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()

    def finish() -> None:
        sent.over = True
        for sender in senders:
            sender.join()

    try:
        yield finish
    finally:
        sent.given_up = True
        finish()


@contextmanager
def under_load(place: Place) -> Iterator[Sent]:
    """Serve a place and send to it."""
    with place.served() as port:
        sent = sender_of(place, port)
        with sending(sent) as finish:
            yield sent
            finish()


def p99(times: Sequence[float]) -> float:
    """Return what ninety-nine of a hundred stay below."""
    return sorted(times)[int(len(times) * 0.99)] if times else 0.0


def _send(sent: Sent, numbers: Iterator[int]) -> None:
    units = staffed()
    while not sent.over:
        at = next(numbers)
        person, unit = f"B{at % sent.people + 1:07}", units[at % sent.people % len(units)]
        key, body = uuid.uuid4().hex, _reading(person, unit, at)
        while not _acknowledged(sent, key, body) and not sent.given_up:
            time.sleep(0.05)


def _acknowledged(sent: Sent, key: str, body: bytes) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", sent.port, timeout=30)
    sent.tries += 1
    began = time.monotonic()
    try:
        head = {"Authorization": f"Bearer {sent.token}", "Idempotency-Key": key}
        head["Content-Type"] = "application/json"
        line.request("POST", "/api/v1/checkins", body, head)
        answer = line.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        sent.troubled += 1
        return False
    finally:
        line.close()
    if answer.status == http.HTTPStatus.CREATED:
        sent.acknowledged[key] = json.loads(said)["id"]
        sent.took.append((time.monotonic(), time.monotonic() - began))
        return True
    if answer.status in LATER:
        sent.troubled += 1
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
