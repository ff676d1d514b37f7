"""What the apps above add: parts of a person's page, followers of facts, where a link leads."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise

from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a person's page: who may see it, how it is loaded and printed.

    `load(actor, person)` returns what the template finds as `part.told`; None leaves it out.
    """

    code: str
    title: str | Promise
    template: str
    load: Callable[[Actor, Any], object]
    act: str = "people.read"
    place: int = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """A part of a person's page, ready to be printed."""

    code: str
    title: str | Promise
    template: str
    told: object


#: Called inside the act after movements or history of people changed, to work out what follows.
Follower = Callable[[Sequence[Person], datetime], None]


class _Known:
    """What the apps above have said to the register."""

    parts: ClassVar[dict[str, Part]] = {}
    followers: ClassVar[list[Follower]] = []
    link_page: ClassVar[str] = ""


def declare_part(part: Part) -> None:
    """Add a part to every person's page."""
    _Known.parts[part.code] = part


def parts_of(actor: Actor, person: Model) -> list[Loaded]:
    """Return the parts of a person's page that this reader may see, in their order."""
    shown = sorted(_Known.parts.values(), key=lambda part: part.place)
    loaded = [_loaded(part, actor, person) for part in shown if actor.reaches(part.act)]
    return [part for part in loaded if part.told is not None]


def follow(follower: Follower) -> None:
    """Have a plain function called whenever what is known of people's whereabouts changes."""
    if follower not in _Known.followers:
        _Known.followers.append(follower)


def changed(people: Iterable[Person], now: datetime) -> None:
    """Tell the followers whose movements or history changed; call it inside the act."""
    found = tuple(dict.fromkeys(people))
    if found:
        for follower in _Known.followers:
            follower(found, now)


def lead_links_to(name: str) -> None:
    """Say on which page a personal link ends: the name of an URL that takes the secret."""
    _Known.link_page = name


def link_page() -> str:
    """Return the name of the page of personal links; empty where no app has one."""
    return _Known.link_page


def _loaded(part: Part, actor: Actor, person: Model) -> Loaded:
    return Loaded(part.code, part.title, part.template, part.load(actor, person))
