"""What the check-in page weighs on the wire, and how much an employee does on a quiet day."""

import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

PAGE, LOGIN = "/checkin/fill", "employee"
AGENT = {"Accept-Encoding": "br, gzip", "Accept-Language": "zh-CN", "Connection": "keep-alive"}
PLAIN = AGENT | {"Accept-Encoding": "identity"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FOUND = http.client.FOUND
OF_A_SHEET = re.compile(rb"url\(['\"]?([^)'\"]+)")


@dataclass
class Browser:
    """Enough of a browser: cookies, compressed answers, their bytes counted."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        path: str,
        form: Sequence[tuple[str, str]] | None = None,
        head: Mapping[str, str] = AGENT,
    ) -> tuple[http.client.HTTPResponse, bytes, int]:
        """Ask for a page or send a form; return the answer, its body and its bytes."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = {**head, **({"Cookie": jar} if jar else {}), **(FORM if form is not None else {})}
        if form is None:
            line.request("GET", path, headers=head)
        else:
            line.request("POST", path, urlencode(form), head)
        answer = line.getresponse()
        body = answer.read()
        line.close()
        for told in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = told.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer, body, len(body) + len(str(answer.headers).encode())


class Form(HTMLParser):
    """What a page has filled in already, and what a browser loads for it."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.filled: list[tuple[str, str]] = []
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a field that is filled in already, or an address that a browser loads."""
        told = {name: value or "" for name, value in attrs}
        if tag == "input" and told.get("name"):
            of_choice = told.get("type") in {"radio", "checkbox"}
            if not of_choice or "checked" in told:
                self.filled.append((told["name"], told.get("value", "")))
        loaded = {"link": "href", "script": "src", "img": "src", "use": "href"}.get(tag)
        if loaded and told.get(loaded, "").startswith("/"):
            self.links.add(told[loaded].split("#")[0])


def measure(port: int) -> Mapping[str, float]:
    """Take the employee's post in the demo, weigh his page, and check him in."""
    browser = Browser(port)
    _sign_in(browser)
    _, _, weight = browser.ask(PAGE)
    _, body, _ = browser.ask(PAGE, head=PLAIN)
    form = Form(body.decode())
    parts = {"page": weight}
    for link in sorted(form.links):
        parts |= _load(browser, link)
    return {
        "bytes": sum(parts.values()),
        "requests": len(parts),
        "actions": _actions(browser, form),
    }


def _sign_in(browser: Browser) -> None:
    _, body, _ = browser.ask("/demo/", head=PLAIN)
    filled = Form(body.decode()).filled
    answer, _, _ = browser.ask(f"/demo/as/{LOGIN}", filled[:1])
    if answer.status != FOUND:
        raise RuntimeError(f"the demo does not let the employee in ({answer.status})")


def _load(browser: Browser, link: str) -> Mapping[str, int]:
    """Load a file and what a style sheet names, each once."""
    found = {}
    answer, _, weight = browser.ask(link)
    if answer.status != http.client.OK:
        raise RuntimeError(f"{link} answers {answer.status}")
    found[link] = weight
    if urlsplit(link).path.endswith(".css"):
        _, plain, _ = browser.ask(link, head=PLAIN)
        for named in {each.decode() for each in OF_A_SHEET.findall(plain)}:
            if not named.startswith(("data:", "#")):
                found |= _load(browser, urljoin(link, named))
    return found


def _actions(browser: Browser, form: Form) -> int:
    """Tap a temperature and send, with all else as the page came: two actions, if it is taken."""
    told = [*form.filled, ("method", "forehead"), ("temperature", "36.5")]
    answer, _, _ = browser.ask(PAGE, told)
    if answer.status != FOUND:
        raise RuntimeError("a temperature alone does not check the employee in")
    return 2
