"""A walk through the house: from where a post leads, along every link, to a page of each name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.e2e.visitor import Visitor

LINKS = "Array.from(document.querySelectorAll('a[href]'), (each) => each.href)"
#: Where a walk does not go: out of the post, and to the interface of programs.
NOT_ON_FOOT = ("demo:", "api:", "set_language", "account_logout")


@dataclass
class Walk:
    """Which pages one post has seen, by the names of their addresses."""

    seen: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def pages(self, visitor: Visitor) -> Iterator[str]:
        """Open each page that was not seen yet and that this post leads to, and name it."""
        waiting = [visitor.page.url, *self._links(visitor)]
        met: set[str] = set()
        while waiting:
            path = _path(waiting.pop(0), visitor.address)
            if path is None or path in met:
                continue
            met.add(path)
            name = _name(path)
            if name in self.seen or name.startswith(NOT_ON_FOOT):
                continue
            self.seen.add(name)
            if self._opened(visitor, path):
                waiting += self._links(visitor)
                yield path

    def _opened(self, visitor: Visitor, path: str) -> bool:
        """Open a page; a file or a picture is none, and a link that leads nowhere is kept."""
        with visitor.refused():
            try:
                answer = visitor.page.goto(visitor.address + path)
            except Error as refused:
                if "Download is starting" in refused.message:
                    return False
                raise
        if answer is None or answer.ok:
            kind = answer.headers.get("content-type", "") if answer else ""
            return kind.startswith("text/html")
        self.seen.discard(_name(path))
        self.broken.append(f"{path}: answers {answer.status}")
        return False

    def _links(self, visitor: Visitor) -> list[str]:
        found: list[str] = visitor.page.evaluate(LINKS)
        return found


def _path(address: str, house: str) -> str | None:
    """Return the path of an address of the house, with its question; None for any other."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != house:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _name(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path
