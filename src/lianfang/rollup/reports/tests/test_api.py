import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from conftest import user_with
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.services import make_token
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports import services
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.tests.conftest import DAY, send, typed

Call = Callable[..., Any]
REPORT, BULLETIN = "/api/v1/reports/2020-01-31/M", "/api/v1/bulletins/2020-01-31"


@pytest.fixture
def call(client: Client, group: Unit, mill: Unit, port: Unit) -> Call:
    """Ask as a program of a post: those of the office, the mill and the port have a token."""
    for place, role, secret in (
        (group, "group_office", "office"),
        (mill, "clerk", "mill"),
        (port, "clerk", "port"),
    ):
        user = user_with(role, place, f"{role}-of-the-token-{secret}")
        make_token(OPERATOR, place, role, secret, user=user)

    def ask(secret: str, url: str, body: Mapping[str, object] | None = None, key: str = "") -> Any:  # noqa: ANN401
        headers = {"Authorization": f"Bearer {secret}"}
        if key:
            headers["Idempotency-Key"] = key
        if body is None:
            return client.get(url, headers=headers)
        return client.post(url, json.dumps(body), "application/json", headers=headers)

    return ask


def test_a_report_reads_as_the_contract_says(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, call: Call
) -> None:
    typed(clerk, mill, "close_contacts", 1)
    services.write(clerk, mill, DAY, "15:51 南门 1 人发热", "", zero=False)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    told = call("mill", REPORT).json()
    assert set(told) == {
        *("day", "unit", "version", "state", "late", "figures", "new_situations", "signatures")
    }
    assert (told["day"], told["unit"], told["state"], told["version"]) == (
        *("2020-01-31", "M", "draft"),
        0,
    )
    figure = next(f for f in told["figures"] if f["code"] == "close_contacts")
    assert set(figure) == {
        *("code", "label", "definition", "value", "state", "source", "additive"),
        *("unit_of_measure", "derived", "override", "rows", "text", "missing"),
    }
    assert (figure["value"], figure["state"], figure["source"]) == (1, "number", "typed")
    assert figure["rows"] == "/api/v1/figures/close_contacts/rows?day=2020-01-31&unit=M"
    assert call("mill", figure["rows"]).status_code == 200
    assert told["new_situations"] == "15:51 南门 1 人发热"
    assert told["signatures"][0]["valid"]


def test_a_report_is_sent_once_however_often_it_is_asked_for(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, call: Call
) -> None:
    services.write(clerk, mill, DAY, "", "", zero=True)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    first = call("mill", REPORT, {"action": "submit"}, "k1")
    again = call("mill", REPORT, {"action": "submit"}, "k1")
    assert (first.status_code, first.json()["state"]) == (200, "submitted")
    assert again.json() == first.json()
    assert DailyReport.objects.count() == 1
    other = call("mill", REPORT, {"action": "submit", "reason": "once more"}, "k1")
    assert other.status_code == 422


def test_a_post_without_a_key_is_refused_and_changes_nothing(
    response: Response, mill: Unit, principal: Actor, call: Call
) -> None:
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    refused = call("mill", REPORT, {"action": "submit"})
    assert refused.status_code == 400
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert not DailyReport.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "submit"}, 409),
        ({"action": "burn"}, 422),
        ({}, 422),
        ({"action": "accept"}, 404),
        ({"action": "return", "reason": "x"}, 404),
    ],
)
def test_what_cannot_be_done_comes_back_as_a_problem(
    response: Response, mill: Unit, call: Call, body: dict[str, object], status: int
) -> None:
    found = call("mill", REPORT, body, "k1")
    assert found.status_code == status
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.json()["title"]


def test_the_office_accepts_and_returns_over_the_api(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, call: Call
) -> None:
    send(clerk, principal, mill)
    silent = call("office", REPORT, {"action": "return", "reason": " "}, "k1")
    assert (silent.status_code, silent.json()["field"]) == (422, "reason")
    back = call("office", REPORT, {"action": "return", "reason": "masks are wrong"}, "k2")
    assert back.json()["state"] == "returned"
    typed(clerk, mill, "masks_balance", 4)
    send(clerk, principal, mill)
    assert call("office", REPORT, {"action": "accept"}, "k3").json()["state"] == "accepted"


def test_a_stranger_finds_nothing_and_nobody_without_a_token(
    response: Response, mill: Unit, principal: Actor, call: Call, client: Client
) -> None:
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    assert call("port", REPORT).status_code == 404
    assert call("port", REPORT, {"action": "submit"}, "k1").status_code == 404
    assert call("mill", BULLETIN).status_code == 404
    assert client.get(REPORT).status_code == 401
    assert not DailyReport.objects.exists()


def test_the_bulletin_reads_as_the_contract_says(
    response: Response,
    mill: Unit,
    group: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    head: Actor,
    call: Call,
) -> None:
    typed(clerk, mill, "close_contacts", 2)
    send(clerk, principal, mill)
    told = call("office", BULLETIN).json()
    assert set(told) == {
        *("group", "day", "version", "state", "as_of", "released_at", "units", "missing"),
        *("figures", "by_unit", "errata", "text"),
    }
    assert (told["group"], told["version"], told["state"], told["missing"]) == (
        "G",
        0,
        "draft",
        ["P"],
    )
    assert [unit["code"] for unit in told["units"]] == ["M", "P"]
    assert told["units"][0]["report"]["state"] == "submitted"
    figure = next(f for f in told["figures"] if f["code"] == "close_contacts")
    assert figure["value"] == 2
    assert told["by_unit"]["M"]["close_contacts"] == 2
    assert set(told["by_unit"]) == {"G", "M", "P"}
    assert told["text"]["zh"].startswith("【江海每日情况】")
    draft = services.draft_bulletin(overseer, group, DAY)
    services.check_bulletin(checker, draft, draft.digest)
    assert call("office", BULLETIN).json()["state"] == "checked"
    services.endorse_bulletin(leader, draft, draft.digest)
    services.release_bulletin(head, draft, draft.digest)
    released = call("office", BULLETIN).json()
    assert (released["state"], released["version"]) == ("released", 1)
    assert released["released_at"] is not None


def test_the_figures_of_the_group_are_the_sum_of_its_units(
    response: Response, mill: Unit, port: Unit, clerk: Actor, stranger: Actor, call: Call
) -> None:
    typed(clerk, mill, "masks_used", 3)
    typed(stranger, port, "masks_used", 4)
    told = call("office", BULLETIN).json()
    for figure in told["figures"]:
        known = [
            values[figure["code"]]
            for values in told["by_unit"].values()
            if values.get(figure["code"]) is not None
        ]
        assert figure["value"] == (sum(known) if known else None)
