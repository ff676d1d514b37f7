"""The rail at the left edge and the reader's own menu: which screens stand there, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from lianfang.ground.web.requests import ActorRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen in the rail, or in the reader's own menu; seen by who may do one of its acts.

    It is marked on every screen of its app, or on those only whose names begin with `screens`.
    One that stands only at times, as the policy says, tells so by `stands`.
    """

    name: str
    label: Promise
    icon: str
    acts: tuple[str, ...]
    badge: Callable[[ActorRequest], int] | None = None
    place: int = 50
    mine: bool = False
    screens: tuple[str, ...] = ()
    stands: Callable[[ActorRequest], bool] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one reader sees it."""

    url: str
    icon: str
    label: Promise
    count: int
    current: bool


_ENTRIES: dict[str, Entry] = {}


def declare(entry: Entry) -> None:
    """Put a screen into the rail or the menu; its app does so in its `rail.py`."""
    _ENTRIES[entry.name] = entry


def shown(request: ActorRequest, *, mine: bool = False) -> list[Shown]:
    """Return the entries that the sender of this request may open, in their order."""
    fitting = [entry for entry in _ENTRIES.values() if entry.mine == mine]
    ordered = sorted(fitting, key=lambda entry: entry.place)
    return [_shown(entry, request) for entry in ordered if _open_to(entry, request)]


def _open_to(entry: Entry, request: ActorRequest) -> bool:
    reached = any(request.actor.reaches(act) for act in entry.acts)
    return reached and (entry.stands is None or entry.stands(request))


def _shown(entry: Entry, request: ActorRequest) -> Shown:
    count = entry.badge(request) if entry.badge else 0
    return Shown(reverse(entry.name), entry.icon, entry.label, count, _current(entry, request))


def _current(entry: Entry, request: ActorRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    if entry.screens:
        return match.view_name.startswith(entry.screens)
    app, _, _ = entry.name.rpartition(":")
    if match.view_name in _ENTRIES:
        return match.view_name == entry.name
    return bool(app and app in match.namespaces)
