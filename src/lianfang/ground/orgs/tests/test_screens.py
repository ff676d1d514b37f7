from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conftest import PASSWORD, user_with
from lianfang.ground.orgs.models import Post, Site, Stall, Token, Unit, UnitName, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import create_user
from lianfang.ground.orgs.tests.conftest import Browse
from lianfang.kernel.actor import OPERATOR, Actor

UNIT = {
    "code": "N",
    "name": "江海新能源有限公司",
    "kind": "subsidiary",
    "sector": "energy",
    "day_starts": "00:00",
}
SITE = {
    "code": "S9",
    "name": "新厂房",
    "kind": "factory",
    "gates": "东门\n西门",
    "day_starts": "00:00",
}


def place(name: str, *args: object) -> str:
    return reverse(f"orgs:{name}", args=args)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == HTTPStatus.OK
    return str(answer.content.decode())


def test_the_tree_of_units_is_shown_and_searched(
    group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    assert "江海港务" in text(office, place("units"))
    answer = office.get(place("units"), {"q": "mianfen"}, headers={"hx-request": "true"})
    part = answer.content.decode()
    assert "江海面粉" in part
    assert "江海港务" not in part
    assert "<html" not in part


def test_the_tree_costs_the_same_however_large_it_is(
    group: Unit, mill: Unit, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    office.get(place("units"))
    with django_assert_max_num_queries(16):
        office.get(place("units"))


def test_a_stranger_sees_nothing_of_a_unit(
    group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    stranger = browse(Role.CLERK, port)
    assert "江海面粉" not in text(stranger, place("units"))
    for name in ("unit", "unit_change", "unit_move", "unit_name", "unit_enter", "site_enter"):
        assert stranger.get(place(name, mill.pk)).status_code == HTTPStatus.NOT_FOUND


def test_a_unit_is_entered_changed_renamed_and_moved(
    group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    office.post(place("unit_enter", mill.pk), UNIT)
    made = Unit.objects.get(code="N")
    assert made.path.startswith(mill.path)
    office.post(place("unit_change", made.pk), UNIT | {"phone": "(0577)88812952 55598008"})
    office.post(place("unit_name", made.pk), {"name": "江海煤气公司", "valid_to": "2020-01-15"})
    office.post(place("unit_move", made.pk), {"parent": port.pk})
    made.refresh_from_db()
    assert made.phone == "(0577)88812952 55598008"
    assert made.path.startswith(port.path)
    page = text(office, place("unit", made.pk))
    assert "江海煤气公司" in page
    assert UnitName.objects.get().name == "江海煤气公司"


def test_what_was_typed_stays_when_a_unit_is_refused(
    group: Unit, mill: Unit, browse: Browse
) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    wrong = UNIT | {"code": "M", "credit_code": "91330302MA9000011X", "post_code": "12"}
    page = office.post(place("unit_enter", group.pk), wrong).content.decode()
    assert "江海新能源有限公司" in page
    assert "slip of the pen" in page
    taken = office.post(place("unit_enter", group.pk), UNIT | {"code": "\uff2d"}).content.decode()
    assert "The code M is taken" in taken
    assert Unit.objects.count() == 2


def test_a_unit_does_not_move_under_itself(group: Unit, mill: Unit, browse: Browse) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    answer = office.post(place("unit_move", mill.pk), {"parent": mill.pk})
    assert answer.status_code == HTTPStatus.OK
    late = office.post(
        place("unit_name", mill.pk),
        {"name": "旧", "valid_from": "2020-01-02", "valid_to": "2020-01-01"},
    )
    assert "ended before it began" in late.content.decode()


def test_sites_are_listed_shown_entered_and_changed(
    group: Unit, mill: Unit, market: Site, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    assert "江海粮油市场" in text(office, place("sites") + f"?unit={mill.code}&kind=market")
    office.post(place("site_enter", mill.pk), SITE | {"region": "330302"})
    made = Site.objects.get(code="S9")
    office.post(place("site_change", made.pk), SITE | {"name": "新厂房二期", "capacity": "300"})
    page = text(office, place("site", made.pk))
    assert "新厂房二期" in page
    assert "东门" in page
    bad = SITE | {"code": "S1", "region": "999999", "gates": "长" * 61}
    refused = office.post(place("site_change", made.pk), bad).content.decode()
    assert "GB/T 2260" in refused
    assert "at most 60 characters" in refused
    assert Site.objects.get(pk=made.pk).code == "S9"


def test_the_stalls_of_a_market_are_paged_searched_and_printed(
    mill: Unit, market: Site, browse: Browse
) -> None:
    Stall.objects.bulk_create(
        Stall(site=market, unit=mill, number=f"A-{n:03}", sort_key=f"a{n:05}") for n in range(268)
    )
    clerk = browse(Role.CLERK, mill)
    first = text(clerk, place("site", market.pk))
    assert "A-049" in first
    assert "A-050" not in first
    assert "A-267" in text(clerk, place("site", market.pk) + "?page=6")
    part = clerk.get(place("site", market.pk), {"q": "A-26"}, headers={"hx-request": "true"})
    assert part.content.decode().count("A-26") == 8
    assert "A-267" in text(clerk, place("stalls_print", market.pk))


def test_a_stranger_sees_nothing_of_a_site(port: Unit, market: Site, browse: Browse) -> None:
    stranger = browse(Role.CLERK, port)
    assert "江海粮油市场" not in text(stranger, place("sites"))
    for name in ("site", "stalls_print", "site_change"):
        assert stranger.get(place(name, market.pk)).status_code == HTTPStatus.NOT_FOUND


def test_a_gatekeeper_sees_his_own_site_only(mill: Unit, market: Site, browse: Browse) -> None:
    guard = browse(Role.GATEKEEPER, mill, market)
    assert "江海粮油市场" in text(guard, place("sites"))
    assert guard.get(place("unit", mill.pk)).status_code == HTTPStatus.NOT_FOUND


def test_somebody_is_let_in_and_given_a_post(
    group: Unit, mill: Unit, market: Site, browse: Browse
) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    told = {"home": mill.pk, "name": "金雨桐", "username": "jin", "password": PASSWORD}
    start = place("user_enter") + "?unit=M&role=clerk"
    answer = office.post(start, told)
    made = User.objects.get(username="jin")
    assert answer.headers["Location"] == place("post_give", made.pk) + "?unit=M&role=clerk"
    page = text(office, answer.headers["Location"])
    assert 'value="clerk" selected' in page
    assert "S1 江海粮油市场 · 江海面粉" in page
    twice = {"role": "administrator", "unit": group.pk}
    refused = office.post(place("post_give", User.objects.get(name__startswith="b").pk), twice)
    assert "Nobody gives himself a post" in refused.content.decode()
    office.post(place("post_give", made.pk), {"role": "clerk", "unit": mill.pk})
    post = Post.objects.get(user=made)
    assert "金雨桐" in text(office, place("users") + "?role=clerk&active=yes&q=jin&unit=M")
    office.post(place("post_end", post.pk))
    post.refresh_from_db()
    assert post.valid_to is not None
    assert "No post yet" in text(office, place("user", made.pk))


def test_a_password_that_others_guess_is_refused_at_its_field(
    group: Unit, mill: Unit, browse: Browse
) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    told = {"home": mill.pk, "name": "金雨桐", "username": "jinyutong", "password": "jinyutong1"}
    page = office.post(place("user_enter"), told).content.decode()
    assert "too like the user name" in page
    assert 'value="jinyutong"' in page
    assert "jinyutong1" not in page
    assert not User.objects.filter(username="jinyutong").exists()
    taken = told | {"username": "browsing-administrator-g", "password": PASSWORD}
    assert "is taken" in office.post(place("user_enter"), taken).content.decode()


def test_a_user_is_changed_and_barred(group: Unit, mill: Unit, browse: Browse) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    user = user_with(Role.CLERK, mill)
    office.post(place("user_change", user.pk), {"name": "金雨桐"})
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("金雨桐", False)
    assert "may not sign in" in text(office, place("users"))
    weak = {"name": "金雨桐", "password": "12345678"}
    assert "entirely numeric" in office.post(place("user_password", user.pk), weak).content.decode()


def test_the_last_administrator_reads_why_he_stays(group: Unit, browse: Browse) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    me = User.objects.get()
    page = office.post(place("user_change", me.pk), {"name": me.name}).content.decode()
    assert "last administrator" in page


def test_users_are_for_those_who_may(mill: Unit, port: Unit, browse: Browse) -> None:
    clerk, auditor = browse(Role.CLERK, mill), browse(Role.AUDITOR, mill)
    foreign = user_with(Role.CLERK, port)
    own = create_user(OPERATOR, mill, "own", "自己人", PASSWORD)
    assert clerk.get(place("users")).status_code == HTTPStatus.NOT_FOUND
    assert "自己人" in text(auditor, place("users"))
    for name in ("user", "user_change", "user_password", "post_give"):
        assert auditor.get(place(name, foreign.pk)).status_code == HTTPStatus.NOT_FOUND
    assert auditor.get(place("user_change", own.pk)).status_code == HTTPStatus.NOT_FOUND


def test_everybody_sees_his_posts_and_sign_ins(mill: Unit, clerk: Actor) -> None:
    client = Client(headers={"accept-language": "en"})
    login = reverse("account_login")
    client.post(login, {"login": "clerk-m", "password": PASSWORD})
    page = text(client, place("me"))
    assert "Clerk" in page
    assert page.count("signed in") == 1
    nobody = create_user(OPERATOR, mill, "nobody", "新人", PASSWORD)
    client.force_login(nobody, "allauth.account.auth_backends.AuthenticationBackend")
    assert "You hold no post" in text(client, place("me"))


def test_a_token_shows_its_secret_once_and_is_revoked(
    group: Unit, mill: Unit, browse: Browse
) -> None:
    office = browse(Role.ADMINISTRATOR, group)
    assert "There are no tokens" in text(office, place("tokens"))
    assert text(office, place("token_make"))
    told = {"label": "考勤系统", "unit": mill.pk, "role": "clerk", "days": "30"}
    made = office.post(place("token_make"), told)
    secret = made.context["secret"]
    assert secret in made.content.decode()
    token = Token.objects.get()
    assert (token.unit, token.user) == (mill, User.objects.get())
    listed = text(office, place("tokens"))
    assert "考勤系统" in listed
    assert secret not in listed
    office.post(place("token_revoke", token.pk))
    assert "revoked" in text(office, place("tokens"))


def test_tokens_are_for_those_who_may(mill: Unit, market: Site, browse: Browse) -> None:
    office, clerk = browse(Role.ADMINISTRATOR, mill), browse(Role.CLERK, mill)
    told = {"label": "门禁", "unit": mill.pk, "role": "gatekeeper", "days": "30"}
    office.post(place("token_make"), told)
    token = Token.objects.get()
    assert clerk.get(place("tokens")).status_code == HTTPStatus.NOT_FOUND
    assert clerk.post(place("token_revoke", token.pk)).status_code == HTTPStatus.NOT_FOUND
    assert clerk.post(place("token_make"), told).status_code == HTTPStatus.NOT_FOUND
    assert Token.objects.get().revoked_at is None


@pytest.mark.parametrize("name", ["units", "sites", "users", "tokens", "me"])
def test_nobody_is_asked_to_sign_in_first(db: None, name: str) -> None:
    answer = Client().get(place(name))
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_empty_places_say_what_to_do(mill: Unit, browse: Browse) -> None:
    office = browse(Role.ADMINISTRATOR, mill)
    assert "There are no sites yet" in text(office, place("sites"))
    assert "No site is found" in text(office, place("sites") + "?q=zzz")
    assert "No unit is found" in text(office, place("units") + "?q=zzz")
    assert "Nobody is found" in text(office, place("users") + "?q=zzz")
