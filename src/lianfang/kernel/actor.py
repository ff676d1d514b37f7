"""Who acts, and how far their posts reach."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What sort of actor this is."""

    USER = "user"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    PERSON = "person"
    DEVICE = "device"
    OPERATOR = "operator"
    CLOCK = "clock"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Subtree:
    """A unit and everything below it."""

    path: str


@dataclass(frozen=True, slots=True)
class Self:
    """One person's own rows."""

    person: UUID


@dataclass(frozen=True, slots=True)
class AtSite:
    """One site's rows."""

    site: UUID


@dataclass(frozen=True, slots=True)
class Assigned:
    """Rows that name the actor or his unit as addressee."""

    user: UUID | None
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The whole installation: the operator of the command line and the clock."""


Reach = Subtree | Self | AtSite | Assigned | Everywhere


@dataclass(frozen=True, slots=True)
class Grant:
    """The acts that a post allows, within its reach; None stands for every act.

    `stead` is the user whose post it is, where a deputy holds it for him.
    """

    acts: frozenset[str] | None
    reach: Reach
    role: str = ""
    stead: UUID | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """An idempotency key, what it came with, and how the answer will be written."""

    key: str
    route: str
    body: str
    render: Callable[[object], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Actor:
    """In whose name something is done; `human` names the person behind, whatever the way in."""

    kind: Kind
    id: str = ""
    grants: tuple[Grant, ...] = ()
    via: str = ""
    request_id: str = ""
    once: Once | None = None
    human: str = ""

    def reaches(self, act: str) -> tuple[Reach, ...]:
        """Return how far this actor may do the act."""
        return tuple(dict.fromkeys(g.reach for g in self.grants if g.acts is None or act in g.acts))

    def in_stead(self, act: str) -> tuple[UUID, ...]:
        """Return for whom this actor does the act, where no post of his own allows it."""
        able = [g for g in self.grants if g.acts is None or act in g.acts]
        own = any(grant.stead is None for grant in able)
        return () if own else tuple(dict.fromkeys(g.stead for g in able if g.stead))

    def holds(self, role: str) -> bool:
        """Tell whether one of the actor's posts is this one."""
        return any(grant.role == role for grant in self.grants)

    @property
    def who(self) -> str:
        """Return what the trail calls the one behind this actor."""
        return self.human or f"{self.kind}:{self.id}"


STRANGER = Actor(Kind.NOBODY)
OPERATOR = Actor(Kind.OPERATOR, "operator", (Grant(None, Everywhere(), "operator"),), "cli")
CLOCK = Actor(Kind.CLOCK, "clock", (Grant(None, Everywhere(), "clock"),), "tick")
