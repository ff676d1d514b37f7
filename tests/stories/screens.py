"""Somebody at a screen: he opens pages and fills in the forms that really stand on them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

from lianfang.ground.orgs.models import User

Told = dict[str, object]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Form:
    """A form of a page: where it leads, and what it says before anybody types."""

    action: str
    method: str
    told: dict[str, list[str]] = field(default_factory=dict)

    def put(self, name: str | None, value: str) -> None:
        """Keep what a field holds; one without a name is not sent."""
        if name:
            self.told.setdefault(name, []).append(value)


class Reading(HTMLParser):
    """Reads the forms and the plain words of a page."""

    def __init__(self, text: str) -> None:
        """Read a page at once."""
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.asked: list[str] = []
        self.links: list[str] = []
        self._within: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None
        self._silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a form, or a field of one."""
        told = dict(attrs)
        if tag == "form":
            form = Form(told.get("action") or "", (told.get("method") or "get").lower())
            self.forms.append(form)
            self._within.append(form)
        elif tag == "a":
            self.links.append(told.get("href") or "")
        elif tag in {"script", "style"}:
            self._silent += 1
        elif self._within:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str | None]) -> None:
        form, name = self._within[-1], told.get("name")
        if name and name not in self.asked:
            self.asked.append(name)
        if tag == "textarea":
            self._area = name
            form.put(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in told or self._select not in form.told:
                form.told[self._select] = [told.get("value") or ""]
        elif tag == "input":
            self._input(form, told)

    def _input(self, form: Form, told: dict[str, str | None]) -> None:
        kind = told.get("type") or "text"
        tapped = kind not in {"radio", "checkbox"} or "checked" in told
        if tapped and kind not in {"file", "submit", "button"}:
            form.put(told.get("name"), told.get("value") or ("on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a field."""
        if tag == "form" and self._within:
            self._within.pop()
        elif tag in {"script", "style"}:
            self._silent -= 1
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        """Keep what is written."""
        if self._area and self._within:
            self._within[-1].told[self._area][-1] += data
        elif not self._silent and data.strip():
            self.words.append(" ".join(data.split()))


@dataclass
class Screen:
    """One person's browser."""

    client: Client
    user: User | None = None
    at: str = ""
    page: Reading | None = None
    weight: int = 0

    def opens(self, url: str) -> str:
        """Sign in, after the time that has gone by, open a page and return its words."""
        if self.user is not None:
            self.client.force_login(self.user, BACKEND)
        answer = self.client.get(url, follow=True)
        return self._shown(url, answer)

    def sends(self, ending: str, **typed: object) -> str:
        """Fill in the form that leads to an address with this ending, and return what is shown."""
        url, told = self._filled(ending, typed)
        answer = self.client.post(url, told, follow=True)
        return self._shown(url, answer)

    def follows(self, within: str) -> str:
        """Follow the first link of the page in whose address this stands."""
        assert self.page is not None
        here = [link for link in self.page.links if within in link]
        assert here, f"{self.at} has no link to {within}: {self.page.links}"
        return self.opens(urljoin(self.at, here[0]))

    def takes(self, ending: str, **typed: object) -> bytes:
        """Fill in the form that leads to a file, and take the file down."""
        url, told = self._filled(ending, typed)
        answer = self.client.post(url, told)
        assert "attachment" in answer.headers.get("Content-Disposition", ""), answer.status_code
        whole: bytes = answer.getvalue()
        return whole

    def choice(self, beginning: str, value: str) -> Told:
        """Tap an answer of the first question whose name begins so; nothing if there is none."""
        assert self.page is not None
        for name in self.page.asked:
            if name.startswith(beginning):
                return {name: value}
        return {}

    def sees(self, *words: str) -> None:
        """Expect to read these words on the page."""
        assert self.page is not None
        text = " ".join(self.page.words)
        for each in words:
            assert each in text, f"{self.at} does not say {each}: {text}"

    def _filled(self, ending: str, typed: Told) -> tuple[str, Told]:
        assert self.page is not None
        posted = [form for form in self.page.forms if form.method == "post"]
        here = [form for form in posted if urlsplit(self._leads(form)).path.endswith(ending)]
        assert here, f"{self.at} has no form for {ending}: {[f.action for f in self.page.forms]}"
        unknown = set(typed) - set(self.page.asked)
        assert not unknown, f"{self.at} does not ask for {unknown}: {self.page.asked}"
        return self._leads(here[0]), {**here[0].told, **typed}

    def _leads(self, form: Form) -> str:
        return urljoin(self.at, form.action) if form.action else self.at

    def _shown(self, url: str, answer: object) -> str:
        status = getattr(answer, "status_code", 0)
        body: bytes = getattr(answer, "content", b"")
        text = body.decode("utf-8", "replace")
        assert status == 200, f"{url} answers {status}: {' '.join(Reading(text).words)[:600]}"
        request = getattr(answer, "request", {"PATH_INFO": url})
        query = request.get("QUERY_STRING", "")
        self.at = request["PATH_INFO"] + (f"?{query}" if query else "")
        self.page, self.weight = Reading(text), len(body)
        return " ".join(self.page.words)
