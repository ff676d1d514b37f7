import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import make_token
from lianfang.kernel.actor import OPERATOR
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person

Post = Callable[..., Any]
URL = "/api/v1/checkins"
TOKEN = "secret"
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@pytest.fixture
def send(client: Client, mill: Unit) -> Post:
    """Send something as a program of the mill's clerk."""
    make_token(OPERATOR, mill, Role.CLERK, TOKEN)

    def post(body: object, key: str = "k1", url: str = URL, token: str = TOKEN) -> HttpResponse:
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post(url, text, content_type="application/json", headers=headers)  # type: ignore[return-value]

    return post


def body(**told: object) -> dict[str, object]:
    return {
        "person_no": "0183",
        "unit": "M",
        "taken_at": "2020-01-31T07:58:00+08:00",
        "temperature": 36.5,
        "method": "forehead",
        "symptoms": [],
        "in_town": True,
        "region": "330302",
        "household_symptoms": False,
        "contact_risk_area": False,
        "contact_case": False,
    } | told


def test_a_reading_is_answered_with_verdict_and_status(send: Post, chen: Person) -> None:
    answer = send(body())
    assert answer.status_code == 201
    row = CheckIn.objects.get()
    assert answer.json() == {
        "id": str(row.pk),
        "day": "2020-01-31",
        "verdict": "normal",
        "status": "may_enter",
        "reasons": [],
    }
    assert (row.how, row.via) == ("from_file", "api")


@pytest.mark.parametrize(
    ("told", "verdict", "status", "reasons"),
    [
        ({"temperature": 37.3}, "fever", "not_now", ["fever"]),
        ({"temperature": 37.2}, "recheck", "check_first", ["warm_reading"]),
        ({"temperature": 34.6}, "invalid", "check_first", ["low_reading"]),
        ({"temperature": None, "method": ""}, "invalid", "unknown", ["missing:temperature"]),
        ({"symptoms": ["cough"]}, "normal", "not_now", ["symptoms"]),
        ({"symptoms": ["sore_throat"]}, "normal", "may_enter", []),
        ({"household_symptoms": True}, "normal", "check_first", ["household_symptoms"]),
        ({"household_symptoms": None}, "normal", "unknown", ["missing:household_symptoms"]),
        ({"contact_case": True}, "normal", "not_now", ["case_contact"]),
        ({"in_town": False, "region": "420100"}, "normal", "not_now", ["key_area", "out_of_town"]),
        ({"in_town": False, "region": "330100"}, "normal", "check_first", ["out_of_town"]),
    ],
)
def test_the_status_follows_the_pack(
    send: Post, chen: Person, told: dict[str, object], verdict: str, status: str, reasons: list[str]
) -> None:
    answer = send(body(**told)).json()
    assert (answer["verdict"], answer["status"], answer["reasons"]) == (verdict, status, reasons)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"temperature": 52.0}, "temperature"),
        ({"method": "tongue"}, "method"),
        ({"symptoms": ["headache"]}, "symptoms"),
        ({"unit": "G"}, "unit"),
        ({"taken_at": "2020-01-31T09:00:00+08:00"}, "taken_at"),
    ],
)
def test_bad_input_is_a_problem_at_its_field(
    send: Post, chen: Person, told: dict[str, object], field: str
) -> None:
    answer = send(body(**told))
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"temperature": 36.55},
        {"temperature": "warm"},
        {"taken_at": "2020-01-31T07:58:00"},
        {"person_no": ""},
        {"region": "3303021"},
        {"how": "guessed"},
    ],
)
def test_what_is_no_check_in_is_a_problem_too(
    send: Post, chen: Person, told: dict[str, object]
) -> None:
    answer = send(body(**told))
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert send("{").status_code == 400


def test_the_same_key_has_its_effect_once(send: Post, chen: Person) -> None:
    first, again = send(body()), send(body())
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert CheckIn.objects.count() == 1
    assert send(body(temperature=36.6)).status_code == 422
    assert send(body(), key="").status_code == 400
    assert send(body(), key="k2").status_code == 201
    assert CheckIn.objects.count() == 2


def test_a_stored_reading_is_answered_again_after_the_person_moved(
    send: Post, chen: Person, port: Unit
) -> None:
    first = send(body())
    Person.objects.filter(pk=chen.pk).update(unit=port)
    again = send(body())
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert send(body(temperature=36.6)).status_code == 404
    assert CheckIn.objects.count() == 1


def test_a_refused_request_may_be_sent_again_with_the_same_key(send: Post, chen: Person) -> None:
    assert send(body(temperature=52.0)).status_code == 422
    assert send(body()).status_code == 201


def test_a_stranger_and_nobody_look_the_same(send: Post, port: Unit, chen: Person) -> None:
    make_token(OPERATOR, port, Role.CLERK, "foreign")
    hidden, absent = send(body(), token="foreign"), send(body(person_no="9999"), key="k2")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert send(body(), token="wrong").status_code == 401
    assert not CheckIn.objects.exists()


def test_a_batch_is_answered_item_by_item_in_order(
    send: Post, chen: Person, lin: Person, zhou: Person
) -> None:
    lines = [
        body(temperature=37.5),
        body(person_no="0900", unit="P"),
        5,
        body(person_no="0184", temperature=52.0),
        body(person_no="0184"),
        {"person_no": "0184"},
    ]
    answer = send(lines, url=f"{URL}/batch")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert [each["status"] for each in told] == ["not_now", 404, 422, 422, "may_enter", 422]
    assert [each.get("field") for each in told] == [
        None,
        "person_no",
        "person_no",
        "temperature",
        None,
        "unit",
    ]
    assert CheckIn.objects.count() == 2
    assert send(lines, url=f"{URL}/batch").json() == told
    assert CheckIn.objects.count() == 2


def test_one_check_in_takes_few_statements(send: Post, chen: Person) -> None:
    send(body())
    with CaptureQueriesContext(connection) as ran:
        assert send(body(temperature=36.6), key="k2").status_code == 201
    asked = [each["sql"] for each in ran if not each["sql"].startswith(TRANSACTION)]
    assert len(asked) <= 12, "\n".join(each[:150] for each in asked)


def test_a_batch_takes_hardly_more(send: Post, chen: Person, lin: Person) -> None:
    lines = [body(), body(person_no="0184")]
    send(lines, url=f"{URL}/batch", key="k0")
    with CaptureQueriesContext(connection) as ran:
        assert send(lines * 20, url=f"{URL}/batch", key="k1").status_code == 200
    asked = [each["sql"] for each in ran if not each["sql"].startswith(TRANSACTION)]
    assert len(asked) <= 130


def test_the_status_of_a_person_by_uuid_or_number(
    client: Client, send: Post, chen: Person, port: Unit
) -> None:
    send(body(temperature=37.6))
    headers = {"Authorization": "Bearer secret"}
    by_number = client.get("/api/v1/people/0183/status", headers=headers)
    assert by_number.json() == {
        "person": str(chen.pk),
        "status": "not_now",
        "reasons": ["fever"],
        "rule": "fever",
        "pack": {"id": "covid19-2020-01", "version": 1},
        "as_of": "2020-01-31T00:00:00Z",
    }
    by_key = client.get(f"/api/v1/people/{chen.pk}/status", headers=headers)
    assert by_key.json() == by_number.json()
    before = client.get(
        "/api/v1/people/0183/status", {"at": "2020-01-30T08:00:00+08:00"}, headers=headers
    )
    assert (before.json()["status"], before.json()["pack"]) == ("unknown", None)
    make_token(OPERATOR, port, Role.CLERK, "foreign")
    foreign = {"Authorization": "Bearer foreign"}
    assert client.get("/api/v1/people/0183/status", headers=foreign).status_code == 404
    assert client.get("/api/v1/people/0183/status").status_code == 401
