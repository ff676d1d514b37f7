import json
import re
from base64 import urlsafe_b64decode
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.test import Client
from django.urls import reverse

from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.services import create_user
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.people.checkins import passes
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.people.register.services import make_link, revoke_link

SECRET = "a-secret-of-his-own"
MOST_BYTES = 60_000


@pytest.fixture
def phone(client: Client, chen: Person) -> Client:
    """陈小满's phone after he opened his link."""
    make_link(OPERATOR, chen, SECRET)
    answer = client.get(reverse("checkins:link", args=[SECRET]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/c/")
    return client


def _loaded() -> int:
    """Return the bytes of all that the page loads besides itself, as they lie on the disk."""
    manifest = json.loads((settings.DIST / "manifest.json").read_text("utf-8"))
    entry = manifest["checkin.ts"]
    icons = manifest["made/icons.svg"]["file"]
    files = {entry["file"], icons, *entry["css"], *entry["assets"]}
    return sum((settings.DIST / file).stat().st_size for file in files)


def sheet(**told: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "temperature": "36.5",
        "method": "forehead",
        "symptoms": ["none"],
        "in_town": "yes",
        "household_symptoms": "no",
        "contact_risk_area": "no",
        "contact_case": "no",
    } | told


def test_a_link_is_exchanged_once_and_stands_in_no_later_address(phone: Client) -> None:
    answer = phone.get("/c/", follow=True)
    assert [address for address, _ in answer.redirect_chain] == ["/c/fill"]
    assert SECRET not in answer.content.decode()
    cookie = phone.cookies["lf-own"]
    assert SECRET not in cookie.value
    assert (cookie["path"], cookie["httponly"], cookie["max-age"]) == ("/c/", True, 1800)


def test_no_temperature_is_ever_prefilled(phone: Client) -> None:
    phone.post("/c/fill", sheet())
    page = phone.get("/c/fill").content.decode()
    keys = re.findall(r'<input type="radio"\s+name="temperature"[^>]*>', page)
    assert len(keys) == 15
    assert not any("checked" in key for key in keys)


def test_a_quiet_day_is_one_answer_and_the_pass_says_so(
    phone: Client, morning: time_machine.Traveller
) -> None:
    phone.post("/c/fill", sheet())
    morning.shift(timedelta(days=1))
    phone.get(reverse("checkins:link", args=[SECRET]))
    page = phone.get("/c/fill").content.decode()
    assert page.count("checked") == 5
    answer = phone.post("/c/fill", sheet(temperature="36.4"), follow=True)
    assert answer.redirect_chain == [("/c/pass", 302)]
    assert "lf-hero-may_enter" in answer.content.decode()
    row = CheckIn.objects.first()
    assert row is not None
    assert (row.temperature, row.same_as_yesterday, row.via) == (Decimal("36.4"), True, "link")


def test_it_is_told_before_sending_where_each_answer_leads_and_that_pay_goes_on(
    phone: Client,
) -> None:
    page = phone.get("/c/fill").content.decode()
    for case in ("temperature=high", "temperature=none", "contact_case=yes", "symptoms=cough"):
        assert case in page
    assert "今天的工资" in page


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"temperature": "high", "degrees": "37.8"}, "not_now"),
        ({"temperature": "low", "degrees": "34.6"}, "check_first"),
        ({"temperature": "none"}, "unknown"),
        ({"symptoms": ["cough"]}, "not_now"),
        ({"in_town": "no", "province": "330000"}, "check_first"),
        ({"in_town": "no", "province": "420000", "region": "420102"}, "not_now"),
    ],
)
def test_the_pass_says_where_somebody_stands_in_words_and_shapes(
    phone: Client, told: dict[str, object], status: str
) -> None:
    page = phone.post("/c/fill", sheet(**told), follow=True).content.decode()
    assert f"lf-hero-{status}" in page
    assert not any(colour in page for colour in ("红码", "黄码", "绿码"))


@pytest.mark.parametrize(
    "told",
    [
        {"temperature": ""},
        {"temperature": "35.9"},
        {"temperature": "high"},
        {"temperature": "high", "degrees": "99"},
        {"symptoms": ["none", "cough"]},
        {"symptoms": []},
        {"contact_case": ""},
        {"in_town": "no", "region": "999999"},
        {"in_town": "no"},
        {"in_town": "no", "province": "", "region": ""},
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_recorded(
    phone: Client, told: dict[str, object]
) -> None:
    answer = phone.post("/c/fill", sheet(**told))
    assert answer.status_code == 422
    assert "lf-error" in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_somebody_out_of_town_says_at_least_in_which_province(phone: Client) -> None:
    page = phone.post("/c/fill", sheet(in_town="no")).content.decode()
    assert "请选现在所在的省份" in page
    assert not CheckIn.objects.exists()
    phone.post("/c/fill", sheet(in_town="no", province="420000"))
    assert CheckIn.objects.get().region == "420000"


def test_what_was_chosen_stands_there_again_by_its_name(phone: Client) -> None:
    told = sheet(in_town="no", province="420000", region="420102", contact_case="")
    page = phone.post("/c/fill", told).content.decode()
    assert '<span class="lf-same-answer">湖北省武汉市江岸区' in page
    assert '<option value="420102">江岸区' in " ".join(page.split())


def test_no_browser_says_in_its_own_language_what_is_missing(phone: Client) -> None:
    page = phone.get("/c/fill").content.decode()
    assert "novalidate" in page
    assert " required" not in page


def test_after_the_hour_it_is_said_that_the_hour_is_past(
    phone: Client, morning: time_machine.Traveller
) -> None:
    assert "已过" not in phone.get("/c/fill").content.decode()
    morning.shift(timedelta(minutes=25 * 60 + 31 - 24 * 60 + 60 * 9))
    phone.get(reverse("checkins:link", args=[SECRET]))
    assert "已过 10:00" in phone.get("/c/fill").content.decode()


def test_the_reasons_of_a_pass_stand_one_by_one_with_what_to_do(phone: Client) -> None:
    told = sheet(temperature="high", degrees="38.4", contact_case="yes", symptoms=["cough"])
    page = phone.post("/c/fill", told, follow=True).content.decode()
    why = page[page.index("lf-tip-why") :]
    assert why.count("<li>") >= 3
    assert "由单位联系社区（村）安排" in page


def test_a_double_tap_has_its_effect_once_and_says_when_it_was_received(
    phone: Client, morning: time_machine.Traveller
) -> None:
    told = sheet()
    phone.post("/c/fill", told)
    morning.shift(timedelta(minutes=1, seconds=7))
    again = phone.post("/c/fill", told, follow=True)
    assert again.redirect_chain == [("/c/pass", 302)]
    assert "08:00:00" in again.content.decode()
    assert CheckIn.objects.count() == 1


def test_the_same_sheet_with_other_answers_is_asked_about_once_more(phone: Client) -> None:
    told = sheet()
    phone.post("/c/fill", told)
    changed = phone.post("/c/fill", told | {"temperature": "36.9"})
    assert CheckIn.objects.count() == 1
    page = changed.content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    assert key[1] != told["key"]
    phone.post("/c/fill", told | {"temperature": "36.9", "key": key[1]})
    assert CheckIn.objects.count() == 2


def test_a_revoked_or_forgotten_link_opens_nothing(
    client: Client, chen: Person, morning: time_machine.Traveller
) -> None:
    link = make_link(OPERATOR, chen, SECRET)
    assert client.get("/c/not-a-secret").status_code == 404
    assert client.get("/c/").status_code == 404
    client.get(reverse("checkins:link", args=[SECRET]))
    assert client.get("/c/fill").status_code == 200
    revoke_link(OPERATOR, link)
    assert client.get("/c/fill").status_code == 404
    assert client.get(reverse("checkins:link", args=[SECRET])).status_code == 404


def test_a_link_that_was_not_used_for_a_while_is_opened_again(
    phone: Client, morning: time_machine.Traveller
) -> None:
    morning.shift(timedelta(minutes=31))
    assert phone.get("/c/fill").status_code == 404


def test_a_link_opens_nothing_but_its_own_pages(phone: Client, lin: Person) -> None:
    for address in ("/checkins/", "/checkins/readings", "/checkin/", f"/people/{lin.pk}/"):
        assert phone.get(address).status_code in {302, 404}
        assert "/account/login/" in phone.get(address).headers.get("Location", "/account/login/")


def test_somebody_signed_in_answers_for_the_person_that_he_is(
    client: Client, mill: Unit, chen: Person, stranger: object
) -> None:
    user = create_user(OPERATOR, mill, "chen", "陈小满", "Lantern-7-harbour", chen.pk)
    client.force_login(user)
    assert client.get("/checkin/", follow=True).redirect_chain == [("/checkin/fill", 302)]
    client.post("/checkin/fill", sheet())
    assert CheckIn.objects.get().by == f"person:{chen.pk}"
    assert client.get("/checkin/", follow=True).redirect_chain == [("/checkin/pass", 302)]


def test_an_account_without_a_person_has_no_check_in(client: Client, clerk: object) -> None:
    client.force_login(User.objects.get(username="clerk-m"))
    assert client.get("/checkin/").status_code == 404


def test_nobody_is_asked_anything_without_a_response(client: Client, mill: Unit) -> None:
    person = Person.objects.create(unit=mill, name="某人")
    make_link(OPERATOR, person, SECRET)
    client.get(reverse("checkins:link", args=[SECRET]))
    assert client.get("/c/fill").status_code == 409


def test_a_pass_names_its_holder_and_its_end_under_the_signature_of_the_house(
    chen: Person,
) -> None:
    until = clock.now() + timedelta(hours=24)
    text = passes.write(passes.Pass(chen.pk, until))
    version, person, end = Signer(salt=passes.SALT).unsign(text).split(".")
    assert (version, int(end)) == (passes.VERSION, int(until.timestamp()))
    assert UUID(bytes=urlsafe_b64decode(person + "==")) == chen.pk
    with pytest.raises(BadSignature):
        Signer(salt=passes.SALT).unsign(text[:-1] + "x")


def test_the_counties_of_a_province_are_public(client: Client, db: None) -> None:
    answer = client.get("/checkin/places/33").json()
    assert "温州市" in {city["name"] for city in answer["cities"]}


def test_the_page_is_light_and_takes_few_queries(
    phone: Client, django_assert_num_queries: object
) -> None:
    phone.post("/c/fill", sheet())
    with django_assert_num_queries(5):  # type: ignore[operator]
        page = phone.get("/c/fill", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) + _loaded() < MOST_BYTES
    with django_assert_num_queries(5):  # type: ignore[operator]
        phone.get("/c/pass")
