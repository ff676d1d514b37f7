"""Who is called about a loop, and in which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.words import seat
from lianfang.ground.loops.rules import OWNER, Call
from lianfang.ground.loops.services.opening import owner_of, verifier_of
from lianfang.ground.notices.rules import NoticeKind, Sentence
from lianfang.ground.notices.services import Posting, To, post_all
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import tree
from lianfang.kernel.actor import CLOCK
from lianfang.kernel.texts import msgid

VERIFIER = "verifier"
SAID: Mapping[Call, str] = {
    Call.REMIND: msgid("Due at %(due)s: %(title)s"),
    Call.CHASE: msgid("Was due at %(due)s and is not reported done: %(title)s"),
    Call.ESCALATE: msgid("%(owner)s has not reported done what was due at %(due)s: %(title)s"),
    Call.ACKNOWLEDGE: msgid("Not acknowledged yet: %(title)s"),
    Call.VERIFY: msgid("%(unit)s reported done and waits for you to verify: %(title)s"),
}
BUNDLED = msgid("The clock stood still for a while: several matters are due or overdue.")
ABOUT: Mapping[Call, NoticeKind] = {
    Call.ESCALATE: NoticeKind.ESCALATION,
    Call.VERIFY: NoticeKind.TASK,
}


@dataclass(frozen=True, slots=True)
class Called:
    """A call to be made about a loop."""

    loop: Loop
    call: Call
    step: str
    to: To


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Who holds which post at this moment."""

    now: datetime
    holders: Mapping[tuple[str, str], Unit]
    heads: Mapping[str, Unit]

    @classmethod
    def at(cls, now: datetime) -> "Switchboard":
        """Look up who holds a post, and the head of the group."""
        posts = orgs.posts(CLOCK, "units.read")
        held = {(post.unit.path, post.role): post.unit for post in posts}
        tops = [unit for unit in orgs.units(CLOCK) if tree.is_root(unit.path)]
        return cls(now, held, {unit.path: unit for unit in tops})

    def addressee(self, loop: Loop, to: str) -> To:
        """Return who is meant: a side of the loop, or a post at the unit or at one above it.

        A post that nobody holds is passed over to the group office, so that no call is lost.
        """
        if to == OWNER:
            return owner_of(loop)
        if to == VERIFIER:
            return verifier_of(loop)
        for path in reversed(tree.ancestors(loop.unit.path)):
            if (path, to) in self.holders:
                return To(unit=self.holders[path, to], role=to)
        return To(unit=self.heads[loop.unit.path[: tree.WIDTH]], role=Role.GROUP_OFFICE)

    def ring(self, calls: Sequence[Called], *, bundled: bool) -> None:
        """Write the notices: one for each call, or one for each addressee after a standstill."""
        post_all(list(self._bundles(calls) if bundled else map(_posting, calls)), self.now)

    def _bundles(self, calls: Sequence[Called]) -> Iterator[Posting]:
        heaps: dict[str, list[Called]] = {}
        for each in calls:
            heaps.setdefault(each.to.key, []).append(each)
        for key, heap in heaps.items():
            if len(heap) == 1:
                yield _posting(heap[0])
            else:
                yield Posting(
                    to=heap[0].to,
                    sentence=Sentence(BUNDLED),
                    kind=NoticeKind.REMINDER,
                    key=f"loops:bundle:{self.now.isoformat()}:{key}",
                    url="/loops/",
                )


def _posting(told: Called) -> Posting:
    loop = told.loop
    owner = Sentence.of(str(loop.owner)) if loop.owner else seat(loop.owner_role, loop.unit)
    params = {"title": loop.title, "unit": str(loop.unit), "owner": owner, "due": loop.due or ""}
    return Posting(
        to=told.to,
        sentence=Sentence(SAID[told.call], params),
        kind=ABOUT.get(told.call, NoticeKind.REMINDER),
        key=f"loop:{loop.pk}:call:{told.step}:{told.to.key}",
        url=f"/loops/{loop.pk}/",
    )
