"""Where apps above declare the routes that their papers take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.rules import Fact, Facts
from lianfang.kernel.actor import Actor

#: A plain function, never an act, that runs inside the act of a signature.
Hook = Callable[[Sheet, Decision, Actor, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step of a route: the posts that sign it, the first of which owes it.

    `limit` and `asked` are paths of the policy pack: within which time, and whether it is asked at
    all; one that names `asked` is left out where nobody could take it. Without a `needed` step
    nothing goes on. A `recordable` one may be written down by somebody else (代录). What a `final`
    one brings about cannot be taken back.
    """

    code: str
    posts: tuple[Role, ...]
    limit: str
    asked: str = ""
    needed: bool = True
    recordable: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paper as its page shows it: what differs, what is wrong with it, and what it says."""

    facts: Sequence[Fact] = ()
    warnings: Sequence[str] = ()
    parts: Sequence[tuple[str, Sequence[str]]] = ()
    picture: str = ""


def nothing(_sheet: Sheet, _decision: Decision, _actor: Actor, _now: datetime) -> None:
    """Bring nothing about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way of a kind of paper from hand to hand, and what its app does at each step.

    `facts` says what is signed; `text` how a phone shows it; `labels` how the values are called;
    `url` where the paper itself is; `instructed` the units that a leader may ask on it.
    """

    code: str
    title: str
    stops: tuple[Stop, ...]
    facts: Callable[[Actor, Sheet], Facts]
    text: Callable[[Actor, Sheet], Text]
    label: Callable[[str], str]
    url: Callable[[Sheet], str]
    on_signed: Hook = nothing
    on_returned: Hook = nothing
    on_undone: Hook = nothing
    instructed: Callable[[Actor, Sheet], Sequence[Unit]]

    def stop(self, code: str) -> Stop:
        """Return one of its steps."""
        return next(stop for stop in self.stops if stop.code == code)


ROUTES: dict[str, Route] = {}


def declare(route: Route) -> None:
    """Put a route on the register."""
    if route.code in ROUTES:
        raise ValueError(f"The route {route.code} is declared twice.")
    ROUTES[route.code] = route
