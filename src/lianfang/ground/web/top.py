"""The top bar: what the apps above know of the reader and of the day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from lianfang.ground.web.requests import ActorRequest


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the group's name, his own, and the post in which he acts."""

    group: str = ""
    name: str = ""
    post: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about the whole installation, such as the response level and its day."""

    text: str | Promise
    tone: str = ""
    url: str = ""


class _Known:
    """What the apps above have said to the top bar."""

    reader: Callable[[ActorRequest], Reader] | None = None
    tags: ClassVar[list[Callable[[ActorRequest], Sequence[Tag]]]] = []


def introduce(reader: Callable[[ActorRequest], Reader]) -> None:
    """Say who a reader is; `orgs` does so once."""
    _Known.reader = reader


def mark(tags: Callable[[ActorRequest], Sequence[Tag]]) -> None:
    """Add words about the whole installation; each app that has some does so once."""
    if tags not in _Known.tags:
        _Known.tags.append(tags)


def reader(request: ActorRequest) -> Reader:
    """Return who reads this page."""
    if not request.user.is_authenticated:
        return Reader()
    return _Known.reader(request) if _Known.reader else Reader(name=str(request.user))


def tags(request: ActorRequest) -> list[Tag]:
    """Return the words about the whole installation."""
    return [tag for told in _Known.tags for tag in told(request)]
