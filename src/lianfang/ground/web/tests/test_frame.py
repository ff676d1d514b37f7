"""The frame of a page: who sees which entry, whose name stands in the top bar, how it refuses."""

from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy

from lianfang.ground.web import rail, top
from lianfang.ground.web.context import Shell, shell
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import STRANGER, Actor, Everywhere, Grant, Kind

READER = Actor(Kind.USER, "1", (Grant(frozenset({"reports.read"}), Everywhere()),))


class Somebody:
    is_authenticated = True

    def __str__(self) -> str:
        return "周岚"


@pytest.fixture(autouse=True)
def _nothing_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail, "_ENTRIES", {})
    monkeypatch.setattr(top._Known, "reader", None)  # noqa: SLF001
    monkeypatch.setattr(top._Known, "tags", [])  # noqa: SLF001


def asked(actor: Actor, path: str = "/account/login/", **cookies: str) -> ActorRequest:
    request = cast("ActorRequest", RequestFactory().get(path))
    request.COOKIES.update(cookies)
    request.actor = actor
    request.user = AnonymousUser() if actor is STRANGER else Somebody()  # type: ignore[assignment]
    request.resolver_match = resolve(path)
    return request


def entry(name: str, act: str, place: int = 50, *, mine: bool = False) -> rail.Entry:
    label = gettext_lazy("Sign in")
    return rail.Entry(name, label, "home", (act,), badge=lambda _: 3, place=place, mine=mine)


def test_an_entry_shows_to_whom_one_of_its_acts_is_open() -> None:
    rail.declare(entry("account_login", "reports.read"))
    rail.declare(entry("account_logout", "trail.read"))
    assert [shown.url for shown in rail.shown(asked(READER))] == ["/account/login/"]
    assert rail.shown(asked(STRANGER)) == []


def test_entries_stand_in_their_order_and_the_current_one_is_marked() -> None:
    rail.declare(entry("account_logout", "reports.read", place=20))
    rail.declare(entry("account_login", "reports.read", place=10))
    found = rail.shown(asked(READER))
    assert [(shown.url, shown.current, shown.count) for shown in found] == [
        ("/account/login/", True, 3),
        ("/account/logout/", False, 3),
    ]


def test_what_is_the_readers_own_stands_in_his_menu() -> None:
    rail.declare(entry("account_logout", "reports.read", mine=True))
    assert rail.shown(asked(READER)) == []
    assert [link.url for link in Shell(asked(READER)).links] == ["/account/logout/"]


def test_the_top_bar_asks_who_reads_and_what_the_day_is_called() -> None:
    assert Shell(asked(READER)).reader == top.Reader(name="周岚")
    top.introduce(lambda _: top.Reader("江海集团", "周岚", "防控办"))
    top.mark(lambda _: [top.Tag("一级响应 第 9 天")])
    frame = Shell(asked(READER))
    assert frame.reader.group == "江海集团"
    assert [tag.text for tag in frame.tags] == ["一级响应 第 9 天"]
    assert Shell(asked(STRANGER)).reader == top.Reader()


def test_the_theme_is_one_of_two_or_left_to_the_machine() -> None:
    assert Shell(asked(READER, theme="dark")).theme == "dark"
    assert Shell(asked(READER, theme='"><script>')).theme == ""


def test_a_part_that_asks_for_nothing_costs_nothing() -> None:
    def too_dear(_: ActorRequest) -> top.Reader:
        raise AssertionError

    top.introduce(too_dear)
    assert set(shell(asked(READER))) == {"shell", "rail"}


@pytest.mark.django_db
def test_the_sign_in_page_speaks_chinese_and_needs_no_inline_script(client: Client) -> None:
    page = client.get("/account/login/", headers={"accept-language": "zh-CN"})
    text = page.content.decode()
    assert "<h1>登录</h1>" in text
    assert "style=" not in text
    assert "<script>" not in text
    assert 'lang="zh-hans"' in text


@pytest.mark.django_db
def test_the_sign_in_page_can_be_read_in_english(client: Client) -> None:
    client.post("/language", {"language": "en", "next": "/account/login/"})
    assert b"<h1>Sign in</h1>" in client.get("/account/login/").content


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_what_to_do(client: Client) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "data-sentence" in page.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_every_refusal_has_a_page_that_needs_no_request(name: str) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415

    with translation.override("zh-hans"):
        page = HttpResponse(render_to_string(f"{name}.html"))
    assert "data-sentence" in page.content.decode()
