from collections.abc import Mapping

from django.test import Client
from django.urls import reverse
from time_machine import Traveller as Clock

from conftest import Post
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.signing.models import Decision
from lianfang.kernel.actor import CLOCK, Actor
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, queries_of, send

HTMX = {"HX-Request": "true"}
PAGE = reverse("reports:page", args=[DAY, "M"])


def said(client: Client, url: str, told: Mapping[str, object] | None = None) -> str:
    """Send something as htmx does and return what comes back."""
    found = client.get(url) if told is None else client.post(url, told, headers=HTMX)
    assert found.status_code == 200, found.status_code
    return found.content.decode()


def address(name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=[DAY, "M", *more])


def test_the_list_of_a_day_is_searched_and_filtered(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
) -> None:
    send(clerk, principal, mill)
    client, url = sign_in(overseer), reverse("reports:day", args=[DAY])
    assert queries_of(client, url) <= 25
    for query, expected in (
        ("", ["江海港务", "江海面粉"]),
        ("?q=jhmf", ["江海面粉"]),
        ("?q=mian fen", ["江海面粉"]),
        ("?q=P", ["江海港务"]),
        ("?state=submitted", ["江海面粉"]),
        ("?state=returned", []),
    ):
        page = said(client, url + query)
        found = [name for name in ("江海港务", "江海面粉") if f">{name}</a>" in page]
        assert found == expected, query


def test_one_press_chases_those_who_are_missing_and_leads_back(
    response: Response, mill: Unit, port: Unit, overseer: Actor, stranger: Actor, sign_in: SignIn
) -> None:
    client, url = sign_in(overseer), reverse("reports:chase", args=[DAY])
    assert client.post(url, {"next": "/board/"}).headers["Location"] == "/board/"
    page = client.get("/reports/2020-01-31/").content.decode()
    assert "江海面粉" in page
    away = client.post(url, {"next": "https://elsewhere.example/"})
    assert away.headers["Location"] == reverse("reports:day", args=[DAY])


def test_days_are_walked_and_a_day_that_does_not_exist_is_not_found(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    page = said(client, PAGE)
    assert reverse("reports:page", args=["2020-01-30", "M"]) in page
    assert reverse("reports:page", args=["2020-02-01", "M"]) in page
    assert client.get("/reports/2020-02-31/").status_code == 404


def test_a_late_report_wears_its_badge(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
    afternoon: Clock,
) -> None:
    services.open_day(CLOCK, None, DAY)
    afternoon.move_to(at(16, 30))
    send(clerk, principal, mill)
    assert "lf-tag-warn" in said(sign_in(overseer), reverse("reports:day", args=[DAY]))
    assert queries.standing(clerk, mill, DAY).late


def test_a_principal_signs_for_himself(
    response: Response, mill: Unit, principal: Actor, sign_in: SignIn, post: Post
) -> None:
    client = sign_in(principal)
    assert "I agree: sign the numbers" in said(client, PAGE)
    said(client, address("sign"), {"part": "principal", "recorded_for": ""})
    row = Decision.objects.get()
    assert (row.by, row.recorder) == (principal.who, "")
