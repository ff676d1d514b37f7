"""A browser that looks at the running house, and anything that it complains about is a failure.

The demo is loaded once a run (LIANFANG_E2E_DEMO names one that is loaded already); each file of
tests has a copy of it, served by a process of its own.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.e2e import chromium
from tests.e2e.visitor import Visitor
from tests.place import Place

PASSWORD = "Lantern-7-harbour"
ADMINISTRATOR = "zhou"
PACK = "covid19-2020-01"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one, all of it ends here with one sentence."""
    found = chromium.find()
    if found is None:
        pytest.exit(chromium.NONE, 1)
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=found, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a loaded demo."""
    told = os.environ.get("LIANFANG_E2E_DEMO")
    if told:
        return Path(told)
    place = Place(tmp_path_factory.mktemp("loaded"))
    with place.served("demo", "--no-browser"):
        return place.data / "demo"


@pytest.fixture(scope="module")
def demo(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as it was loaded, served at this address."""
    copy = tmp_path_factory.mktemp("demo") / "copy"
    shutil.copytree(loaded, copy)
    with Place(copy).served("demo", "--no-browser") as port:
        yield f"http://127.0.0.1:{port}"
    shutil.rmtree(copy, ignore_errors=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation that is no demo: one group, its administrator, a response."""
    place = Place(tmp_path_factory.mktemp("house"))
    secret = place.data / "password"
    secret.write_text(PASSWORD)
    place.lianfang(
        *("setup", "--group", "G", "--name", "江海集团", "--short-name", "江海"),
        *("--admin", ADMINISTRATOR, "--admin-name", "周岚", "--password-file", str(secret)),
        *("--pack", PACK, "--since", "2020-01-23", "--json"),
    )
    with place.served() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, object]:
    """Remember whether a test failed, for the picture of what was seen then."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@dataclass
class Room:
    """Where visitors sit down, each at a screen of his own."""

    browser: Browser
    leave: ExitStack
    sitting: list[Visitor] = field(default_factory=list)

    def sit(self, address: str, *, phone: bool = False, script: bool = True) -> Visitor:
        """Sit down at a desk or with a phone, in China."""
        context = self.browser.new_context(
            locale="zh-CN",
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=script,
        )
        self.leave.enter_context(context)
        self.sitting.append(Visitor.sit_down(context, address))
        return self.sitting[-1]


@pytest.fixture
def room(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Room]:
    """Let visitors sit down; where the test fails, a picture of what they saw is kept."""
    with ExitStack() as leave:
        made = Room(browser, leave)
        yield made
        complaints = [each for visitor in made.sitting for each in visitor.complaints]
        if request.node.stash.get(FAILED, False) or complaints:
            _keep(request.node.name, made.sitting)
        assert complaints == []


@pytest.fixture
def desk(room: Room, demo: str) -> Visitor:
    """A desk in the demo."""
    return room.sit(demo)


@pytest.fixture
def phone(room: Room, demo: str) -> Visitor:
    """A phone in a hand, in the demo."""
    return room.sit(demo, phone=True)


@pytest.fixture
def plain_phone(room: Room, demo: str) -> Visitor:
    """A phone on which no script runs."""
    return room.sit(demo, phone=True, script=False)


@pytest.fixture
def own_desk(room: Room, house: str) -> Visitor:
    """A desk in an installation that is no demo."""
    return room.sit(house)


def _keep(name: str, sitting: list[Visitor]) -> None:
    for number, visitor in enumerate(sitting):
        picture = Path(tempfile.gettempdir()) / f"lianfang-e2e-{name}-{number}.png"
        visitor.page.screenshot(path=picture, full_page=True)
        print(f"what was seen then: {picture}")  # noqa: T201 - pytest shows it with the failure
