"""Sixteen programs that send check-ins over HTTP as fast as they are answered."""

import http.client
import json
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle

THREADS = 16
CREATED = 201


@dataclass
class Load:
    """What was answered, and how long each answer took."""

    seconds: float = 0.0
    refused: int = 0
    times: list[float] = field(default_factory=list)
    said: str = ""

    @property
    def rate(self) -> float:
        """Return how many were accepted a second."""
        return len(self.times) / self.seconds

    def within(self, share: float) -> float:
        """Return the milliseconds within which a share of them was answered."""
        return sorted(self.times)[int(len(self.times) * share) - 1] * 1000


class Senders:
    """Programs that share a list of people and send one reading of each in turn."""

    def __init__(self, port: int, token: str, people: Sequence[tuple[str, str]]) -> None:
        """Take where to send to, with which token, and of whom."""
        self._port, self._token = port, token
        self._people = cycle(people)
        self._lock = threading.Lock()

    def send(self, seconds: float) -> Load:
        """Send for so many seconds."""
        load, began = Load(), time.perf_counter()
        each = [
            threading.Thread(target=self._one, args=(began + seconds, load)) for _ in range(THREADS)
        ]
        for thread in each:
            thread.start()
        for thread in each:
            thread.join()
        load.seconds = time.perf_counter() - began
        return load

    def _one(self, until: float, load: Load) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            while time.perf_counter() < until:
                self._post(line, load)
        finally:
            line.close()

    def _post(self, line: http.client.HTTPConnection, load: Load) -> None:
        with self._lock:
            number, unit = next(self._people)
        head = {
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": uuid.uuid4().hex,
            "Content-Type": "application/json",
        }
        body = _reading(number, unit)
        began = time.perf_counter()
        line.request("POST", "/api/v1/checkins", body, head)
        answer = line.getresponse()
        said = answer.read()
        took = time.perf_counter() - began
        if answer.status == CREATED:
            load.times.append(took)
        else:
            load.refused, load.said = load.refused + 1, f"{answer.status} {said[:200].decode()}"


def _reading(number: str, unit: str) -> bytes:
    told = {
        "person_no": number,
        "unit": unit,
        "taken_at": datetime.now(UTC).isoformat(),
        "temperature": 36.5,
        "method": "forehead",
        "symptoms": [],
        "household_symptoms": False,
        "contact_risk_area": False,
        "contact_case": False,
    }
    return json.dumps(told).encode()
