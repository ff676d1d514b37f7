"""What somebody sees who comes from outside without any right."""

import logging
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import Settings

from lianfang.api.mount import api
from lianfang.config import logs

PROBLEM = "application/problem+json"
TOKEN = "numbers-for-prometheus"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_the_numbers_are_for_programs_on_this_machine_alone(db: None, header: str) -> None:
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="10.0.0.8").get("/metrics").status_code == 404
    passed_on = Client(REMOTE_ADDR="127.0.0.1", headers={header: "203.0.113.9"})
    assert passed_on.get("/metrics").status_code == 404


def test_with_a_token_the_numbers_are_for_whoever_bears_it(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/metrics").status_code == 404
    for told in ("", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u00e9"):
        assert Client(headers={"Authorization": told}).get("/metrics").status_code == 404
    bearer = Client(REMOTE_ADDR="10.0.0.8", headers={"Authorization": f"Bearer {TOKEN}"})
    assert bearer.get("/metrics").status_code == 200


def test_the_page_of_the_api_needs_nothing_from_elsewhere(db: None) -> None:
    page = Client().get("/api/v1/docs").content.decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert named
    assert not [address for address in named if not address.startswith("/static/ninja/")]
    assert all(finders.find(address.removeprefix("/static/")) for address in named)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v2/", "/api/v1/reports/x/y/z"])
def test_an_address_of_the_api_that_is_not_there_answers_with_a_problem(
    db: None, address: str
) -> None:
    answer = Client().get(address)
    assert answer.status_code in {401, 404}
    assert answer["Content-Type"] == PROBLEM


def test_what_breaks_in_the_api_answers_with_a_problem_and_elsewhere_with_a_page(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_secret: str, _number: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("lianfang.api.mount.orgs.bearer", broken)
    client = Client(headers={"Authorization": "Bearer x"}, raise_request_exception=False)
    answer = client.get("/api/v1/loops")
    assert answer.status_code == 500
    assert answer["Content-Type"] == PROBLEM
    assert api.title == "Lianfang"
    assert "text/html" in client.get("/nothing/at/all")["Content-Type"]


@pytest.mark.parametrize("after", ["", "/", "/fill", "/pass?x=1"])
def test_the_secret_of_a_personal_link_is_in_no_line_of_the_log(after: str) -> None:
    secret = "SECRETsecret_-0123456789abcdef"
    for said in (f"Not Found: /c/{secret}{after}", f'"GET /c/{secret}{after} HTTP/1.1" 404'):
        shown = logs.plain(said)
        assert secret not in shown
        assert f"/c/{logs.HIDDEN}" in shown


def test_a_link_that_is_not_there_leaves_no_secret_in_the_log(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    Client().get("/c/SECRETSECRETSECRET")
    record = next(each for each in caplog.records if "SECRET" in each.getMessage())
    assert "SECRET" not in logs.Words().format(record)
    assert "SECRET" not in logs.Json().format(record)
    assert logging.getLevelName(record.levelno) == "WARNING"
