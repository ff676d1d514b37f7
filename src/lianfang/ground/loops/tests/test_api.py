from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import user_with
from lianfang.ground.loops.models import Loop, LoopStep
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import make_token, new_secret
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

Open = Callable[..., Loop]
pytestmark = pytest.mark.usefixtures("response")


@pytest.fixture
def token() -> Callable[[Unit, str], dict[str, str]]:
    """Give a program a post at a unit."""

    def make(unit: Unit, role: str) -> dict[str, str]:
        secret = new_secret()
        user = user_with(role, unit, f"{role}-{secret[:6].lower()}")
        make_token(OPERATOR, unit, role, secret, user=user)
        return {"Authorization": f"Bearer {secret}"}

    return make


def post(
    client: Client, path: str, headers: dict[str, str], note: str = "", key: str = "k"
) -> tuple[int, dict[str, Any]]:
    answer = client.post(
        f"/api/v1/loops/{path}",
        {"note": note},
        content_type="application/json",
        headers={**headers, "Idempotency-Key": key},
    )
    return answer.status_code, answer.json()


def test_a_program_carries_a_loop_round(
    opened: Open, mill: Unit, group: Unit, client: Client, token: Callable[..., dict[str, str]]
) -> None:
    loop, clerk, office = opened(), token(mill, Role.PRINCIPAL), token(group, Role.GROUP_OFFICE)
    told: dict[str, Any] = {}
    for step, headers in (("acknowledge", clerk), ("done", clerk), ("return", office)):
        status, told = post(client, f"{loop.pk}/{step}", headers, "看不清", step)
        assert status == 200, told
    assert told["state"] == "returned"
    post(client, f"{loop.pk}/done", clerk, key="again")
    status, told = post(client, f"{loop.pk}/verify", office, key="last")
    assert (status, told["state"], told["late"]) == (200, "verified", False)
    assert told["id"] == str(loop.pk)
    assert (told["kind"], told["unit"]) == ("rectification", "M")
    assert (told["owner"], told["verifier"]) == ("principal", "group_office")
    assert told["url"] == f"/loops/{loop.pk}/"


def test_a_step_that_is_sent_twice_is_taken_once(
    opened: Open, mill: Unit, client: Client, token: Callable[..., dict[str, str]]
) -> None:
    loop, headers = opened(), token(mill, Role.CLERK)
    first = post(client, f"{loop.pk}/done", headers)
    assert post(client, f"{loop.pk}/done", headers) == first
    assert LoopStep.objects.filter(step="done").count() == 1


def test_what_cannot_be_is_answered_as_a_problem(
    opened: Open, mill: Unit, group: Unit, client: Client, token: Callable[..., dict[str, str]]
) -> None:
    loop, office = opened(), token(group, Role.GROUP_OFFICE)
    status, told = post(client, f"{loop.pk}/verify", office)
    assert (status, told["status"]) == (409, 409)
    clerk = token(mill, Role.CLERK)
    post(client, f"{loop.pk}/done", clerk)
    status, told = post(client, f"{loop.pk}/return", office, key="r")
    assert (status, told["field"]) == (422, "note")


def test_loops_are_listed_page_by_page(
    opened: Open, group: Unit, client: Client, token: Callable[..., dict[str, str]]
) -> None:
    made = [str(opened(f"第 {at} 处").pk) for at in range(5)]
    opened("过期", due=clock.now() - timedelta(hours=1))
    headers, more = token(group, Role.GROUP_OFFICE), ""
    seen: list[dict[str, Any]] = []
    for last in (False, False, True):
        page = client.get(f"/api/v1/loops?limit=2{more}", headers=headers).json()
        assert (page["count"], page["next"] is None) == (6, last)
        seen += page["items"]
        more = f"&cursor={page['next']}"
    assert [item["id"] for item in seen[:5]] == made
    assert seen[5]["late"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("state=assigned", 1), ("state=done", 0), ("unit=M", 1), ("unit=P", 0), ("state=odd", None)],
)
def test_loops_are_asked_for_by_state_and_unit(
    opened: Open,
    group: Unit,
    port: Unit,
    client: Client,
    token: Callable[..., dict[str, str]],
    query: str,
    found: int | None,
) -> None:
    opened()
    headers = token(group, Role.GROUP_OFFICE)
    answer = client.get(f"/api/v1/loops?{query}", headers=headers)
    assert answer.json().get("count") == found


def test_a_stranger_finds_nothing(
    opened: Open, port: Unit, client: Client, token: Callable[..., dict[str, str]]
) -> None:
    loop, headers = opened(), token(port, Role.PRINCIPAL)
    assert client.get("/api/v1/loops", headers=headers).json()["items"] == []
    status, _ = post(client, f"{loop.pk}/done", headers)
    assert status == 404
    assert LoopStep.objects.count() == 1
