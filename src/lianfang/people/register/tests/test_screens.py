from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from lianfang.ground.orgs.models import Site, Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register import queries, services
from lianfang.people.register.models import Person
from lianfang.people.register.queries import listing
from lianfang.people.register.queries.page import page as page_of
from lianfang.people.register.rules.lines import PersonLine, Told
from lianfang.people.register.rules.listing import Special, Wanted
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.tests.conftest import Enter, identity, mobile, page

PEOPLE = "/people/"


def test_the_list_shows_names_and_masks(
    mills_clerk: Client, chen: Person, lin: Person, zhou: Person
) -> None:
    shown = page(mills_clerk.get(PEOPLE))
    assert "陈小满" in shown
    assert "199****0001" in shown
    assert "周帆" not in shown


def test_a_list_is_one_query_and_the_numbers_over_it_another(
    clerk: Actor, chen: Person, lin: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    policy = queries.policy_at(clerk, clock.now())
    for special in Special:
        wanted = Wanted(special=special, words="l")
        with django_assert_num_queries(1):
            rows = listing.with_facts(listing.found(clerk, wanted, policy), policy)
            listing.cards(rows[:50], policy)
        with django_assert_num_queries(1):
            listing.counts(clerk, wanted, policy)
    with django_assert_num_queries(7):
        page_of(clerk, chen.pk)


def test_screens_ask_no_more_however_many_people(
    mills_clerk: Client, chen: Person, enter: Enter, mill: Unit
) -> None:
    urls = (PEOPLE, reverse("register:person", args=(chen.pk,)))
    few = [_asked(mills_clerk, url) for url in urls]
    for number in range(10, 22):
        enter(mill, f"人{number}", number)
    assert [_asked(mills_clerk, url) for url in urls] == few


def _asked(client: Client, url: str) -> int:
    """Return how many queries a screen asks when it is opened again."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_the_two_populations_stand_apart(
    mills_clerk: Client, chen: Person, enter: Enter, mill: Unit, market: Site
) -> None:
    enter(mill, "郑阿土", 5, Employment.STALL_HOLDER, site=market)
    assert "郑阿土" not in page(mills_clerk.get(PEOPLE))
    shown = page(mills_clerk.get(PEOPLE, {"population": "on_site"}))
    assert "郑阿土" in shown
    assert "陈小满" not in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "小满"}, {"陈小满"}),
        ({"q": "chenxiao"}, {"陈小满"}),
        ({"q": "Chen Xiao"}, {"陈小满"}),
        ({"q": "lh"}, {"林海"}),
        ({"q": "N0002"}, {"林海"}),
        ({"q": "谁"}, set()),
        ({"special": "not_back"}, {"林海"}),
        ({"special": "history"}, {"陈小满"}),
        ({"special": "to_complete"}, {"阿土"}),
        ({"special": "left"}, {"吴走"}),
        ({"whereabouts": "unknown"}, {"阿土"}),
        ({"whereabouts": "in_town"}, {"陈小满"}),
        ({"movement_class": "not_yet_back"}, {"林海"}),
        ({"employment": "intern"}, {"阿土"}),
        ({"unit": "M1"}, {"阿土"}),
        ({"unit": "P"}, {"陈小满", "林海", "阿土"}),
    ],
)
def test_the_list_is_narrowed(
    mills_clerk: Client,
    chen: Person,
    lin: Person,
    mill_branch: Unit,
    enter: Enter,
    mill: Unit,
    asked: dict[str, str],
    found: set[str],
) -> None:
    services.record_exposure(OPERATOR, chen, Told("hubei_travel", date(2020, 1, 20)))
    services.enter(OPERATOR, mill_branch, PersonLine("阿土", Employment.INTERN))
    services.leave(OPERATOR, enter(mill, "吴走", 7))
    shown = page(mills_clerk.get(PEOPLE, asked))
    assert {name for name in ("陈小满", "林海", "阿土", "吴走") if name in shown} == found


def test_a_number_is_looked_up_whole_and_never_stands_in_an_address(
    mills_clerk: Client, chen: Person, zhou: Person
) -> None:
    for number in (mobile(1), identity(1)):
        answer = mills_clerk.post(reverse("register:find"), {"q": number})
        assert answer.headers["Location"] == f"/people/{chen.pk}/"
        part = mills_clerk.post(
            reverse("register:find"), {"q": number}, headers={"HX-Request": "true"}
        )
        assert "陈小满" in page(part)
        assert number not in str(part.headers)
    for number in (mobile(3), identity(3), "13800000000"):
        none = mills_clerk.post(reverse("register:find"), {"q": number})
        assert "Nobody has this number" in page(none)


def test_a_number_typed_into_the_address_finds_the_same_as_in_the_box(
    mills_clerk: Client, chen: Person, zhou: Person
) -> None:
    answer = mills_clerk.get(PEOPLE, {"q": mobile(1)})
    assert answer.headers["Location"] == f"/people/{chen.pk}/"
    assert "Nobody has this number" in page(mills_clerk.get(PEOPLE, {"q": mobile(3)}))


def test_a_part_of_a_number_finds_nobody_and_that_is_said(
    mills_clerk: Client, chen: Person
) -> None:
    for words in ("0001x9", "199****0001"):
        shown = page(mills_clerk.get(PEOPLE, {"q": words}))
        assert "found by its whole number only, never by a part" in shown, words


def test_a_foreign_unit_in_the_address_is_named_as_such(
    mills_clerk: Client, chen: Person, port: Unit
) -> None:
    shown = page(mills_clerk.get(PEOPLE, {"unit": "P"}))
    assert "You do not look after a unit P" in shown
    assert "look after a unit" not in page(mills_clerk.get(PEOPLE, {"unit": "M"}))


def test_a_form_says_in_our_words_what_is_missing(mills_clerk: Client, chen: Person) -> None:
    url = reverse("register:change", args=(chen.pk,))
    shown = page(mills_clerk.post(url, {"name": ""}, headers={"accept-language": "zh-hans"}))
    assert "请填写这一项。" in shown
    assert "必填项" not in shown
    assert '<meta name="lf-sent"' in shown


def test_words_are_looked_for_in_an_address_that_can_be_kept(
    mills_clerk: Client, chen: Person
) -> None:
    told = {"q": "小满", "unit": "M", "employment": ""}
    answer = mills_clerk.post(reverse("register:find"), told)
    assert answer.headers["Location"].startswith("/people/?")
    part = mills_clerk.post(reverse("register:find"), told, headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == "/people/?q=%E5%B0%8F%E6%BB%A1&unit=M"
    assert "<html" not in page(part)
    assert "陈小满" in page(part)


def test_an_empty_list_says_what_to_do(mills_clerk: Client) -> None:
    assert "Nobody is registered yet" in page(mills_clerk.get(PEOPLE))
    assert "Nobody on site" in page(mills_clerk.get(PEOPLE, {"population": "on_site"}))
    assert "Nobody is found" in page(mills_clerk.get(PEOPLE, {"q": "谁"}))


def test_a_persons_page_shows_all_but_what_is_sealed(mills_clerk: Client, lin: Person) -> None:
    shown = page(mills_clerk.get(reverse("register:person", args=(lin.pk,))))
    for words in ("林海", "安徽省合肥市", "Not yet back", "199****0002", "9 Feb"):
        assert words in shown
    for words in (identity(2), mobile(2), "江海路 2 号"):
        assert words not in shown


def test_a_stranger_finds_no_page(ports_clerk: Client, chen: Person) -> None:
    for name in ("person", "change", "move", "movement", "exposure"):
        answer = ports_clerk.get(reverse(f"register:{name}", args=(chen.pk,)))
        assert answer.status_code == 404, name
    assert ports_clerk.post(reverse("register:leave", args=(chen.pk,))).status_code == 404
    look = reverse("register:reveal", args=(chen.pk, "phone"))
    assert ports_clerk.post(look, {"purpose": "reach"}).status_code == 404
    assert "陈小满" not in page(ports_clerk.get(PEOPLE))
    chen.refresh_from_db()
    assert chen.left_at is None
