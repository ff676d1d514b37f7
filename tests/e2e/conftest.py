"""A browser that looks at the running house, and anything that it complains about is a failure."""

import os
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

import pytest
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from lianfang.ground.orgs.rules import Role, UnitKind
from lianfang.ground.orgs.services import UnitLine, create_user, enter_unit, give_post
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

PASSWORD = "Lantern-7-harbour"
OFFICE = "zhou"
PACK = "covid19-2020-01"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def house(django_db_blocker: DjangoDbBlocker) -> Iterator[LiveServer]:
    """The house, served, with one group; nobody can empty the trail, so it serves all tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        line = UnitLine("G", "江海集团", UnitKind.GROUP, "江海")
        group = enter_unit(OPERATOR, None, line)
        user = create_user(OPERATOR, group, OFFICE, "周岚", PASSWORD)
        give_post(OPERATOR, group, user, Role.GROUP_OFFICE, None)
        begin_with_pack(OPERATOR, PACK, clock.now())
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from CHROMIUM or the path, or the one that playwright installed."""
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=found, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()


@dataclass
class Visitor:
    """Somebody at a screen, and what the browser complained about meanwhile."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the house."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def sign_in(self, login: str = OFFICE) -> None:
        """Sign in as people do."""
        self.go("/account/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]:not(.lf-link)")


def _sit_down(context: BrowserContext, address: str) -> Visitor:
    visitor = Visitor(context.new_page(), address)
    visitor.page.on(
        "console",
        lambda said: visitor.complaints.append(said.text) if said.type == "error" else None,
    )
    visitor.page.on("pageerror", lambda broken: visitor.complaints.append(str(broken)))
    return visitor


@pytest.fixture
def desk(browser: Browser, house: LiveServer) -> Generator[Visitor, None, None]:
    """A desk in China: wide screen, Chinese, nothing that the browser complains about."""
    with browser.new_context(viewport=DESK, locale="zh-CN") as context:
        visitor = _sit_down(context, house.url)
        yield visitor
        assert visitor.complaints == []


@pytest.fixture
def phone(browser: Browser, house: LiveServer) -> Generator[Visitor, None, None]:
    """A phone in a hand."""
    with browser.new_context(
        viewport=PHONE, locale="zh-CN", is_mobile=True, has_touch=True
    ) as context:
        visitor = _sit_down(context, house.url)
        yield visitor
        assert visitor.complaints == []
