"""Who wants to know at once that the policy pack has changed: screening, plans, loops."""

from collections.abc import Callable
from datetime import datetime

from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor

#: What runs inside the act that activates a new version: the actor, the pack before (none the
#: first time), the pack now, and the time of the matter.
Watcher = Callable[[Actor, Pack | None, Pack, datetime], None]

WATCHERS: list[Watcher] = []


def when_the_pack_changes(watcher: Watcher) -> None:
    """Call a plain function, never an act, whenever a version of the pack is activated."""
    WATCHERS.append(watcher)


def tell(actor: Actor, before: Pack | None, after: Pack, now: datetime) -> None:
    """Tell everybody who wants to know."""
    for watcher in WATCHERS:
        watcher(actor, before, after, now)
