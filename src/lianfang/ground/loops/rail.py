"""The inbox in the rail with the number of open loops; a word where the clock stands still."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy, pgettext_lazy

from lianfang.ground.loops import queries
from lianfang.ground.orgs.rules import Role
from lianfang.ground.web.rail import Entry, declare
from lianfang.ground.web.requests import ActorRequest
from lianfang.ground.web.top import Tag, mark

TOLD = (Role.ADMINISTRATOR, Role.GROUP_OFFICE)


def _open(request: ActorRequest) -> int:
    return queries.open_count(request.actor)


def _standstill(request: ActorRequest) -> Sequence[Tag]:
    """Tell the office and the administrator that nobody is reminded of anything."""
    if not any(request.actor.holds(role) for role in TOLD):
        return ()
    last = queries.last_tick(request.actor)
    if last is None or not last.dead:
        return ()
    return (Tag(gettext_lazy("Clock stopped, no reminders"), "bad"),)


mark(_standstill)
declare(
    Entry(
        name="loops:inbox",
        label=pgettext_lazy("rail", "Loops"),
        icon="progress-check",
        acts=("loops.read",),
        badge=_open,
        place=40,
    )
)
