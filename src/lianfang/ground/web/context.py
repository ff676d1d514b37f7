"""What every page is given: the rail, the top bar, the theme; all of it only when it is printed."""

from datetime import datetime
from functools import cached_property, partial
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localtime

from lianfang.ground.web import rail, top
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock

THEMES = frozenset({"light", "dark"})


class Shell:
    """The frame of a page; a part that htmx fetches alone asks it for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request until something is asked."""
        self._request = cast("ActorRequest", request)

    @cached_property
    def reader(self) -> top.Reader:
        """Return who reads."""
        return top.reader(self._request)

    @cached_property
    def tags(self) -> list[top.Tag]:
        """Return the words about the whole installation."""
        return top.tags(self._request)

    @cached_property
    def links(self) -> list[rail.Shown]:
        """Return what stands in the reader's own menu."""
        return rail.shown(self._request, mine=True)

    @cached_property
    def now(self) -> datetime:
        """Return the time of the matter, at the place."""
        return localtime(clock.now())

    @property
    def theme(self) -> str:
        """Return the chosen theme; nothing leaves it to the reader's machine."""
        chosen = self._request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def rehearsal(self) -> bool:
        """Tell whether this is a demo or a drill and no tag says so already."""
        return clock.movable() and all(tag.tone != "drill" for tag in self.tags)

    @property
    def in_wechat(self) -> bool:
        """Tell whether the page stands in WeChat's own browser, which saves no files."""
        return "MicroMessenger" in self._request.headers.get("User-Agent", "")

    @property
    def icp(self) -> str:
        """Return the filing number that a public site in China has to show."""
        return str(settings.ICP)


def shell(request: HttpRequest) -> dict[str, object]:
    """Give a template `shell` and `rail`."""
    entries = partial(rail.shown, cast("ActorRequest", request))
    return {"shell": Shell(request), "rail": SimpleLazyObject(entries)}
