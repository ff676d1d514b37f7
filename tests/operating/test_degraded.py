"""A full disk, a database that cannot be written: reading goes on, writing waits, none is lost."""

import http.client
import json
import resource
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.operating.released import empty_database
from tests.operating.test_living import children, until
from tests.place import Place

NOWHERE = 1


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with a group and somebody to check in."""
    made = Place(tmp_path_factory.mktemp("degraded"), empty_database())
    made.lianfang("migrate")
    made.python("tests.operating.founded")
    return made


@pytest.fixture(scope="module")
def token(place: Place) -> str:
    words = ("token", "create", "--unit", "LQ", "--post", "clerk", "--json")
    secret: str = place.lianfang(*words)["token"]
    return secret


@pytest.fixture(scope="module")
def port(place: Place, token: str) -> Iterator[int]:
    with place.served() as number:
        yield number


Ask = Callable[..., tuple[int, dict[str, str], str]]


@pytest.fixture(scope="module")
def ask(port: int, token: str) -> Ask:
    """Ask the server as a program: by GET, or by POST of one check-in."""

    def asked(address: str, *, check_in: bool = False) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        head["Idempotency-Key"] = uuid.uuid4().hex
        told: dict[str, object] = {
            "person_no": "LQ1",
            "unit": "LQ",
            "taken_at": datetime.now(UTC).isoformat(),
        }
        told |= {"temperature": 36.5, "method": "forehead", "symptoms": []}
        body = json.dumps(told) if check_in else None
        line.request("POST" if check_in else "GET", address, body, head)
        answer = line.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        line.close()
        return found

    return asked


@pytest.fixture
def hindered(place: Place) -> Iterator[Callable[[], None]]:
    """Something keeps the database from being written; calling it takes the hindrance away.

    No file of SQLite's may grow, as on a full disk; PostgreSQL lets everybody only read.
    """
    if place.database:
        _read_only(place.database, "on")
        yield lambda: _read_only(place.database, "off")
        _read_only(place.database, "off")
        return
    numbers = _processes(place)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def bound(most: int) -> None:
        for number in numbers:
            resource.prlimit(number, resource.RLIMIT_FSIZE, (most, hard))

    bound(NOWHERE)
    yield lambda: bound(soft)
    bound(soft)


def _processes(place: Place) -> list[int]:
    """All processes that write to the database of a served place."""
    supervisor = int((place.data / "in-use").read_text().rpartition("(")[2].rstrip(")"))
    found = list(children(supervisor).values())
    for number in found:
        below = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        found += [int(each) for each in below]
    return found


def _read_only(address: str, word: str) -> None:
    """Let every session from now on be one that only reads, and end those that stand."""
    name = address.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("SET default_transaction_read_only = off")
        line.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {word}')
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_reading_goes_on_writing_says_when_to_come_again_and_all_is_well_afterwards(
    place: Place, ask: Ask, hindered: Callable[[], None]
) -> None:
    until(lambda: ask("/api/v1/people/LQ1/status")[0] == 200)
    for address in ("/api/v1/people/LQ1/status", "/api/v1/loops", "/account/login/"):
        assert ask(address)[0] == 200, address
    status, head, text = ask("/api/v1/checkins", check_in=True)
    assert status == 503, text
    assert int(head["retry-after"]) > 0
    assert "Traceback" not in text
    hindered()
    until(lambda: ask("/api/v1/checkins", check_in=True)[0] == 201)
    stored = place.python("tests.operating.stored")
    assert len(stored["ids"]) == 1
    assert stored["stuck"] == 0
    assert "Traceback" not in (place.data / "served.log").read_text(encoding="utf-8")
