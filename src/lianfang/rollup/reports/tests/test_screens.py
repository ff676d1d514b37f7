from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller as Clock

from lianfang.ground.figures.models import Typed
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.models import Response
from lianfang.ground.signing.models import Decision
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports import services
from lianfang.rollup.reports.models import DailyReport, Narrative, Override
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, queries_of, send, typed

HTMX = {"HX-Request": "true"}
PAGE = reverse("reports:page", args=[DAY, "M"])


def said(client: Client, url: str, told: Mapping[str, object] | None = None) -> str:
    """Send something as htmx does and return what comes back."""
    found = client.get(url) if told is None else client.post(url, told, headers=HTMX)
    assert found.status_code == 200, found.status_code
    return found.content.decode()


def address(name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=[DAY, "M", *more])


def test_a_clerk_of_one_unit_goes_straight_to_its_report(
    response: Response, clerk: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    assert sign_in(clerk).get(reverse("reports:index")).headers["Location"] == PAGE
    office = sign_in(overseer).get(reverse("reports:index"))
    assert office.headers["Location"] == reverse("reports:day", args=[DAY])


def test_the_report_page_stays_within_its_queries_however_large_the_unit(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
    afternoon: Clock,
) -> None:
    afternoon.move_to(at(15, 30, day=30))
    send(clerk, principal, mill, DAY - timedelta(days=1))
    afternoon.move_to(at(15, 30))
    typed(clerk, mill, "masks_balance", 40)
    before = queries_of(sign_in(clerk), PAGE)
    for number in range(4):
        line = UnitLine(f"M{number}", f"{number} 厂", UnitKind.BRANCH)
        typed(OPERATOR, enter_unit(OPERATOR, mill, line), "masks_used", number)
    send(clerk, principal, mill)
    assert before <= 50
    signed = 6  # what a report that was signed and sent shows besides
    assert queries_of(sign_in(clerk), PAGE) <= before + signed
    assert queries_of(sign_in(overseer), PAGE) <= before + signed + 2


def test_the_report_page_is_not_there_for_a_stranger(
    response: Response, stranger: Actor, sign_in: SignIn
) -> None:
    client = sign_in(stranger)
    assert client.get(PAGE).status_code == 404
    assert client.post(address("type"), {"code": "masks_used", "value": "1"}).status_code == 404
    assert not Typed.objects.exists()


def test_a_number_is_typed_and_the_page_comes_back(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    part = said(client, address("type"), {"code": "masks_balance", "value": "1,200"})
    assert 'id="lf-standing"' in part
    assert "<html" not in part
    assert Typed.objects.get().value == 1200
    plain = client.post(address("type"), {"code": "masks_used", "value": "30"})
    assert plain.headers["Location"] == PAGE


@pytest.mark.parametrize("value", ["abc", "-3", "1.5"])
def test_a_bad_number_stays_where_it_was_typed(
    response: Response, clerk: Actor, sign_in: SignIn, value: str
) -> None:
    part = said(sign_in(clerk), address("type"), {"code": "masks_balance", "value": value})
    assert f'value="{value}"' in part
    assert 'id="wrong-masks_balance"' in part
    assert not Typed.objects.exists()


def test_yesterdays_numbers_are_taken_over_by_one_press(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn, afternoon: Clock
) -> None:
    afternoon.move_to(at(15, day=30))
    typed(clerk, mill, "masks_balance", 40, DAY - timedelta(days=1))
    afternoon.move_to(at(15, 30))
    said(sign_in(clerk), address("as_yesterday"), {})
    row = Typed.objects.get(day=DAY)
    assert (row.code, str(row), row.source) == ("masks_balance", "40", "the same as yesterday")


def test_a_correction_without_a_reason_keeps_what_was_typed(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    told = {"code": "headcount_total", "value": "12", "reason": " "}
    part = said(sign_in(clerk), address("override"), told)
    assert 'value="12"' in part
    assert 'role="alert"' in part
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"code": "masks_balance", "value": "3"}, "typed here"),
        ({"code": "headcount_total", "value": "2.5"}, "not a whole number"),
        ({"code": "headcount_total", "value": "9999999999999"}, "12 digits"),
        ({"code": "nonsense", "value": "1"}, ""),
    ],
)
def test_only_counted_numbers_are_corrected_and_only_by_likely_ones(
    response: Response, clerk: Actor, sign_in: SignIn, told: dict[str, object], words: str
) -> None:
    part = said(sign_in(clerk), address("override"), {**told, "reason": "counted twice"})
    assert words in part
    assert not Override.objects.exists()


def test_a_unit_that_owes_no_report_corrects_nothing(
    response: Response, mill_branch: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    url = reverse("reports:override", args=[DAY, mill_branch.code])
    told = {"code": "headcount_total", "value": "3", "reason": "counted twice"}
    sign_in(clerk).post(url, told, headers=HTMX)
    assert not Override.objects.exists()
    page = sign_in(clerk).get(reverse("reports:page", args=[DAY, mill_branch.code]))
    assert "owes no report of its own" in page.content.decode()


def test_a_correction_is_shown_beside_the_counted_number_and_taken_back(
    response: Response, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    told = {"code": "headcount_total", "value": "2", "reason": "two are missing"}
    part = said(client, address("override"), told)
    assert "two are missing" in part
    assert '<s class="lf-fact-was">0</s>' in part
    back = said(client, address("override_back", "headcount_total"), {})
    assert "two are missing" not in back


def test_new_situations_are_kept_and_identity_numbers_are_not(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    said(client, address("write"), {"new_issues": "15:51 南门 1 人发热", "help_needed": ""})
    part = said(client, address("write"), {"new_issues": "电话 13800138000", "zero": "on"})
    assert "13800138000" in part
    assert 'id="wrong-new-issues"' in part
    assert Narrative.objects.get().new_issues == "15:51 南门 1 人发热"


def test_a_clerk_records_the_principals_signature_and_sends(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    page = said(client, PAGE)
    assert "disabled" in page
    assert "Nothing is said of new situations yet" in page
    said(client, address("write"), {"new_issues": "", "help_needed": "", "zero": "on"})
    part = said(client, address("sign"), {"part": "principal", "recorded_for": "林伯涛"})
    assert "recorded by clerk-m" in part
    assert Decision.objects.get().by_name == "林伯涛"
    sent = said(client, address("submit"), {})
    assert "waits for the group office" in sent
    assert DailyReport.objects.get().version == 1


def test_a_contradiction_names_the_figures_in_words(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn
) -> None:
    typed(clerk, mill, "disinfect_due", 2)
    typed(clerk, mill, "disinfect_done", 3)
    page = said(sign_in(clerk), PAGE)
    assert "Places disinfected is more than Places to disinfect can be." in page
    assert 'href="#figure-disinfect_done"' in page


def test_the_office_accepts_by_one_press_and_returns_with_a_reason(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    sign_in: SignIn,
    afternoon: Clock,
) -> None:
    report, office = send(clerk, principal, mill), sign_in(overseer)
    page = said(office, PAGE)
    assert 'data-key="v"' in page
    assert 'data-key="r"' in page
    back = reverse("reports:return", args=[report.pk])
    assert 'id="wrong-reason"' in said(office, back, {"reason": " "})
    assert office.post(back, {"reason": "masks are wrong"}).headers["Location"] == PAGE
    assert "Returned: masks are wrong" in said(sign_in(clerk), PAGE)
    afternoon.move_to(at(16, 10))
    typed(clerk, mill, "masks_balance", 4)
    second, office = send(clerk, principal, mill), sign_in(overseer)
    office.post(reverse("reports:accept", args=[second.pk]))
    second.refresh_from_db()
    assert second.accepted_by_name == "group_office-g"
    frozen = said(office, reverse("reports:version", args=[report.pk]))
    assert "masks are wrong" in frozen


def test_whoever_has_no_business_there_sees_no_version(
    response: Response,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    stranger: Actor,
    sign_in: SignIn,
) -> None:
    report, client = send(clerk, principal, mill), sign_in(stranger)
    assert client.get(reverse("reports:version", args=[report.pk])).status_code == 404
    assert client.post(reverse("reports:accept", args=[report.pk])).status_code == 404
    report.refresh_from_db()
    assert report.accepted_at is None


def test_a_number_opens_to_its_rows_in_a_popover_and_on_a_page(
    response: Response, mill: Unit, clerk: Actor, auditor: Actor, stranger: Actor, sign_in: SignIn
) -> None:
    typed(clerk, mill, "masks_balance", 40)
    url = reverse("reports:rows", args=[DAY, "M", "masks_balance"])
    client = sign_in(clerk)
    popover = client.get(url, headers=HTMX).content.decode()
    assert "江海面粉: 40" in popover
    assert "Definition:" in popover
    assert "<html" in said(client, url)
    assert sign_in(stranger).get(url).status_code == 404
    assert client.get(reverse("reports:rows", args=[DAY, "M", "nonsense"])).status_code == 404


def test_the_second_click_of_two_finds_the_report_sent(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, sign_in: SignIn
) -> None:
    services.write(clerk, mill, DAY, "", "", zero=True)
    services.sign(principal, mill, DAY, Signing.PRINCIPAL)
    desk, url = sign_in(clerk), reverse("reports:submit", args=[DAY, mill.code])
    for _click in range(2):
        answer = desk.post(url, {"after": "0"})
        assert answer.headers["Location"] == reverse("reports:page", args=[DAY, mill.code])
    assert DailyReport.objects.count() == 1
