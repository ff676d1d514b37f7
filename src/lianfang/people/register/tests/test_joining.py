import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Site, Stall, Unit, User
from lianfang.ground.orgs.queries import digest
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, STRANGER, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.people.register import services
from lianfang.people.register.models import Joining, Person, PersonalLink, Poster
from lianfang.people.register.queries import joining as queries
from lianfang.people.register.rules.joining import Asked
from lianfang.people.register.rules.lines import PersonLine
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services.joining import look_for_refused

NUMBER = "13800001234"
Browser = Callable[[], Client]


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Nobody has asked yet."""
    cache.clear()


@pytest.fixture
def poster(clerk: Actor, mill: Unit) -> Poster:
    """The poster of the mill."""
    return services.hang(clerk, mill, services.new_code())


def asks(poster: Poster, name: str = "张三", phone: str = NUMBER, **more: str) -> Client:
    """Somebody with a telephone of his own asks at a poster."""
    browser = Client()
    told = {"name": name, "phone": phone, "employment": "regular"} | more
    answer = browser.post(reverse("register:join", args=(poster.code,)), told)
    assert answer.status_code == 302, answer.content.decode()
    return browser


def desk_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def waits(browser: Client) -> str:
    return browser.get(reverse("register:join_wait")).content.decode()


def test_who_asks_is_taken_in_and_his_phone_shows_his_own_link(
    poster: Poster, clerk: Actor, mill: Unit
) -> None:
    browser = asks(poster)
    assert "/c/" not in waits(browser)
    asked = Joining.objects.get()
    answer = desk_of(clerk).post(reverse("register:take_in", args=(asked.pk,)))
    assert answer.status_code == 302
    person = Person.objects.get(name="张三")
    assert (person.unit, person.phone_mask) == (mill, "138****1234")
    (path,) = set(re.findall(r"/c/[\w-]+", waits(browser)))
    opened = browser.get(path)
    assert opened.status_code == 302
    assert opened["Location"] == reverse("checkins:own")
    link = PersonalLink.objects.get()
    assert link.person == person
    asked.refresh_from_db()
    assert (asked.phone, asked.phone_index, asked.phone_mask) == (None, None, "")
    services.revoke_link(OPERATOR, link)
    assert "/c/" not in waits(browser)
    assert waits(Client()).count("lf-own-link") == 0


def test_known_and_unknown_are_answered_the_same(poster: Poster, mill: Unit) -> None:
    services.enter(OPERATOR, mill, PersonLine(name="李小满", phone=NUMBER))
    answers = []
    for name, phone in (("李小满", NUMBER), ("赵小满", "13900009999")):
        browser = Client()
        told = {"name": name, "phone": phone, "employment": "regular"}
        sent = browser.post(reverse("register:join", args=(poster.code,)), told)
        page = browser.get(sent["Location"])
        text = re.sub(r"李小满|赵小满", "N", page.content.decode())
        text = re.sub(r'(nonce|value)="[^"]*"|data-now="[^"]*"', "", text)
        answers.append((sent.status_code, sent["Location"], page.status_code, text))
    assert answers[0] == answers[1]


def test_the_number_is_sealed_and_stands_in_no_trail(poster: Poster) -> None:
    asks(poster)
    row = Joining.objects.get()
    assert NUMBER.encode() not in bytes(row.phone)
    told = str(list(Entry.objects.values_list("arguments", "who")))
    assert NUMBER not in told
    assert "张三" not in told


def test_the_clerk_sees_whom_he_is_like_and_takes_him_for_that_one(
    poster: Poster, clerk: Actor, mill: Unit
) -> None:
    known = services.enter(OPERATOR, mill, PersonLine(name="张三", person_no="0183"))
    services.enter(OPERATOR, mill, PersonLine(name="王五", phone=NUMBER))
    browser = asks(poster)
    (each,) = queries.waiting(clerk)
    assert {(one.person.name, one.why.value) for one in each.like} == {
        ("张三", "name"),
        ("王五", "phone"),
    }
    page = desk_of(clerk).get(reverse("register:joining")).content.decode()
    assert "138****1234" in page
    services.merge(clerk, each.joining, known)
    known.refresh_from_db()
    assert known.phone_mask == "138****1234"
    assert Person.objects.filter(name="张三").count() == 1
    assert "lf-own-link" in waits(browser)


def test_a_number_that_is_registered_stays_when_another_one_asks(
    poster: Poster, clerk: Actor, mill: Unit
) -> None:
    known = services.enter(OPERATOR, mill, PersonLine(name="张三", phone="13911112222"))
    asks(poster)
    (each,) = queries.waiting(clerk)
    assert each.like[0].other_phone
    services.make_link(OPERATOR, known, "his-own-secret")
    url = reverse("register:merge", args=(each.joining.pk, known.pk))
    assert 'name="checked"' in desk_of(clerk).get(reverse("register:joining")).content.decode()
    desk_of(clerk).post(url)
    with pytest.raises(BadInput):
        services.merge(clerk, each.joining, known)
    assert PersonalLink.objects.get(revoked_at=None).digest == digest("his-own-secret")
    desk_of(clerk).post(url, {"checked": "on"})
    known.refresh_from_db()
    assert known.phone_mask == "139****2222"
    assert Joining.objects.get().person == known
    assert PersonalLink.objects.get(revoked_at=None).digest != digest("his-own-secret")


def test_whether_somebody_elsewhere_has_a_number_is_not_said(
    poster: Poster, clerk: Actor, port: Unit
) -> None:
    services.enter(OPERATOR, port, PersonLine(name="周帆", phone=NUMBER))
    asks(poster)
    asks(poster, phone="13900009999")
    pages = []
    for row in Joining.objects.all():
        (each,) = (one for one in queries.waiting(clerk) if one.joining == row)
        assert each.like == ()
        other = Joining.objects.exclude(pk=row.pk)
        other.update(outcome="refused")
        page = desk_of(clerk).get(reverse("register:joining")).content.decode()
        pages.append(page.count("lf-error"))
        other.update(outcome="")
        assert "周帆" not in page
    assert pages == [0, 0]


def test_who_is_refused_is_sent_to_the_office_and_gets_no_link(
    poster: Poster, clerk: Actor
) -> None:
    browser = asks(poster)
    services.refuse(clerk, Joining.objects.get())
    row = Joining.objects.get()
    assert (row.phone, row.phone_index, row.phone_mask) == (None, None, "")
    assert "lf-own-link" not in waits(browser)
    assert not PersonalLink.objects.exists()
    assert not Person.objects.exists()
    with pytest.raises(Conflict):
        services.take_in(clerk, Joining.objects.get())


def test_a_helper_at_a_market_names_his_stall(clerk: Actor, mill: Unit, market: Site) -> None:
    stall = Stall.objects.create(unit=mill, site=market, number="A12", sort_key="A000012")
    poster = services.hang(clerk, mill, services.new_code(), market)
    asks(poster, employment="stall_worker", stall="a12")
    asks(poster, "李四", "13900001111", employment="stall_worker", stall="Z9")
    first, second = queries.waiting(clerk)
    assert (first.stall, second.stall) == (stall, None)
    person = services.take_in(clerk, first.joining)
    assert (person.stall, person.site, person.population) == (stall, market, "on_site")
    assert person.employment == Employment.STALL_WORKER
    assert services.take_in(clerk, second.joining).stall is None


def test_a_poster_that_ran_out_or_was_taken_down_opens_nothing(
    poster: Poster, clerk: Actor, mill: Unit
) -> None:
    url = reverse("register:join", args=(poster.code,))
    assert Client().get(url).status_code == 200
    services.take_down(clerk, poster)
    assert Client().get(url).status_code == 404
    old = services.hang(clerk, mill, services.new_code())
    Poster.objects.filter(pk=old.pk).update(expires_at=clock.machine() - timedelta(seconds=1))
    gone = Client().get(reverse("register:join", args=(old.code,)))
    unknown = Client().get(reverse("register:join", args=("x" * len(old.code),)))
    assert gone.status_code == unknown.status_code == 404
    assert len(gone.content) == len(unknown.content)


def test_what_is_typed_wrong_is_said_at_its_field_and_stays(poster: Poster) -> None:
    url = reverse("register:join", args=(poster.code,))
    answer = Client().post(url, {"name": "张三", "phone": "123", "employment": "regular"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="张三"' in page
    assert 'value="123"' in page
    assert not Joining.objects.exists()


def test_a_machine_that_tries_numbers_is_stopped(poster: Poster) -> None:
    url = reverse("register:join", args=(poster.code,))
    told = {"name": "张三", "employment": "regular"}
    codes = [
        Client().post(url, told | {"phone": f"1380000{number:04}"}).status_code
        for number in range(122)
    ]
    assert codes[:120] == [302] * 120
    assert codes[120:] == [429, 429]
    assert Joining.objects.count() == 120


def test_nobody_asks_without_a_poster_and_no_stranger_says_yes(
    poster: Poster, stranger: Actor, port: Unit, market: Site, clerk: Actor
) -> None:
    browser = asks(poster)
    row = Joining.objects.get()
    told = services.Told(queries_asked(), "x")
    with pytest.raises(NotAllowed):
        services.ask(STRANGER, poster, told)
    for act in (services.take_in, services.refuse):
        with pytest.raises(NotAllowed):
            act(stranger, row)
    for name in ("take_in", "refuse"):
        assert (
            desk_of(stranger).post(reverse(f"register:{name}", args=(row.pk,))).status_code == 404
        )
    assert "张三" not in desk_of(stranger).get(reverse("register:joining")).content.decode()
    with pytest.raises(BadInput):
        services.hang(OPERATOR, port, services.new_code(), market)
    assert "lf-own-link" not in waits(browser)


def queries_asked() -> Asked:
    return Asked("张三", NUMBER, Employment.REGULAR)


def test_a_poster_is_printed_as_page_and_as_pdf(poster: Poster, clerk: Actor) -> None:
    desk = desk_of(clerk)
    page = desk.get(reverse("register:poster", args=(poster.pk,))).content.decode()
    assert poster.code in page
    pdf = desk.get(reverse("register:poster_pdf", args=(poster.pk,)))
    assert pdf.content.startswith(b"%PDF-")


def test_hanging_a_poster_leads_to_it(clerk: Actor, mill: Unit) -> None:
    desk = desk_of(clerk)
    answer = desk.post(reverse("register:joining"), {"unit": mill.code, "site": "", "days": "14"})
    made = Poster.objects.get()
    assert answer["Location"] == reverse("register:poster", args=(made.pk,))
    assert made.expires_at - made.created_at == timedelta(days=14)
    wrong = desk.post(reverse("register:joining"), {"unit": mill.code, "days": "900"})
    assert wrong.status_code == 422


def test_a_link_from_a_poster_is_good_for_as_long_as_the_pack_says(
    poster: Poster, clerk: Actor, response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.people.register.services.links.link_days", lambda _actor: 14)
    asks(poster)
    person = services.take_in(clerk, Joining.objects.get())
    link = PersonalLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(days=14)
    made = services.make_link(OPERATOR, person, "another-secret")
    assert made.expires_at - made.created_at == timedelta(days=14)


def test_who_was_refused_is_forgotten_after_a_week(poster: Poster, clerk: Actor) -> None:
    asks(poster)
    asks(poster, "李四", "13900001111")
    services.refuse(clerk, Joining.objects.get(name="张三"))
    look_for_refused(CLOCK, clock.now() + timedelta(days=6))
    assert Joining.objects.count() == 2
    look_for_refused(CLOCK, clock.now() + timedelta(days=8))
    assert Joining.objects.get().name == "李四"
