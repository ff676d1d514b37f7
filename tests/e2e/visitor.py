"""Somebody at a screen: what he does is counted, and what the browser complains about kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

SEND = "main button[type=submit]:not(.lf-link)"


@dataclass
class Visitor:
    """Somebody at a screen of the house."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    actions: int = 0

    @classmethod
    def sit_down(cls, context: BrowserContext, address: str) -> "Visitor":
        """Open a page, and listen to everything that goes wrong on it."""
        visitor = cls(context.new_page(), address)
        visitor.page.on("console", visitor._said)
        visitor.page.on("pageerror", lambda broken: visitor.complaints.append(str(broken)))
        visitor.page.on("response", visitor._answered)
        return visitor

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.complaints.append(f"{response.url}: {response.status}")

    def go(self, path: str) -> None:
        """Open a page of the house."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < HTTPStatus.BAD_REQUEST, f"{path}: {answer.status}"

    def take_post(self, login: str) -> None:
        """Take somebody's post in the demo, and count from here."""
        self.page.context.clear_cookies()
        self.go("/demo/")
        self.page.click(f"form[action$='/demo/as/{login}'] button")
        self.page.wait_for_load_state()
        self.actions = 0

    def sign_in(self, login: str, password: str) -> None:
        """Sign in as people do."""
        self.go("/account/login/")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", password)
        self.page.click(SEND)
        self.page.wait_for_load_state()

    def tap(self, what: Locator) -> None:
        """Click or tap, which is one action."""
        self.actions += 1
        if self.page.viewport_size and self.page.viewport_size["width"] < 500:
            what.tap()
        else:
            what.click()

    def type(self, where: Locator, text: str) -> None:
        """Type a text, which is one action."""
        self.actions += 1
        where.fill(text)

    def press(self, key: str) -> None:
        """Press a key, which is one action."""
        self.actions += 1
        self.page.keyboard.press(key)

    def button(self, words: str) -> Locator:
        """Return the button or link that carries these words."""
        name = self.page.get_by_role("button", name=words)
        return name.or_(self.page.get_by_role("link", name=words)).first

    def sees(self, words: str) -> None:
        """Expect to read this somewhere."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    @contextmanager
    def refused(self) -> Iterator[None]:
        """Do what the house refuses, of which the browser may complain."""
        before = len(self.complaints)
        yield
        self.page.wait_for_load_state()
        del self.complaints[before:]
