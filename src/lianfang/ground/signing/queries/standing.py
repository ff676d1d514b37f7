"""Where a paper stands on its route, and in which capacity somebody takes part."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.queries.handing import Holder
from lianfang.ground.response import queries as responses
from lianfang.ground.response.rules import Pack
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.ground.signing.registry import ROUTES, Route, Stop
from lianfang.ground.signing.rules import (
    Course,
    Facts,
    Step,
    course,
    refuse_step,
    seatable,
)
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor, Subtree
from lianfang.kernel.refusals import Refused

READ = "signing.read"
#: Who can take each step of a route now.
Holders = Mapping[str, Sequence[Holder]]


@dataclass(frozen=True, slots=True)
class Seat:
    """In which capacity somebody signs: in his own post, or in the stead of its holder."""

    role: str
    stead: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A paper on its route at this moment."""

    sheet: Sheet
    route: Route
    facts: Facts
    decisions: Sequence[Decision]
    holders: Holders
    course: Course

    @property
    def over(self) -> bool:
        """Tell whether the paper has gone and waits for nobody any more."""
        return self.facts.over

    def decision(self, step: str) -> Decision | None:
        """Return the signature that stands under a step."""
        held = self.course.held.get(step)
        return next((row for row in self.decisions if held and row.pk == held.id), None)

    def answered(self, decision: Decision) -> bool:
        """Tell whether a decision was taken back or objected to."""
        return any(row.answers_id == decision.pk for row in self.decisions)

    def refusal(self, step: str, who: str) -> Refused | None:
        """Return why somebody may not take a step now; nothing where he may."""
        held = self.decision(step)
        return refuse_step(self.course, step, who, held.by_name if held else "")


def standing(
    actor: Actor, sheet: Sheet, facts: Facts | None = None, holders: Holders | None = None
) -> Standing:
    """Return where a paper stands, under the text as it is now."""
    route = ROUTES[sheet.route]
    now = facts or route.facts(actor, sheet)
    rows = list(visible(Decision, actor, READ).filter(sheet=sheet))
    people = holders or _holders(route, sheet.unit.path)
    pack = responses.pack_or_none(actor, clock.now())
    said = [row.said for row in rows]
    plain = course([Step(stop.code) for stop in route.stops], said, now.digest)
    signers = {each.who for each in plain.held.values()}
    steps = [
        Step(stop.code, stop.needed, _asked(route, stop, pack, people, plain, signers))
        for stop in route.stops
    ]
    return Standing(
        sheet=sheet,
        route=route,
        facts=now,
        decisions=rows,
        holders=people,
        course=course(steps, said, now.digest),
    )


def _holders(route: Route, path: str) -> Holders:
    """Return who can take each step of a route, all looked up at once."""
    roles = {post for stop in route.stops for post in stop.posts}
    found = orgs.able(path, roles)
    return {stop.code: [each for each in found if each.role in stop.posts] for stop in route.stops}


def _asked(
    route: Route,
    stop: Stop,
    pack: Pack | None,
    people: Mapping[str, Sequence[Holder]],
    plain: Course,
    signers: Collection[str],
) -> bool:
    """Tell whether a step is asked: the pack wants it, and there are hands enough for the rest."""
    if not stop.asked or stop.code in plain.held:
        return True
    if pack is None or not pack.flag(stop.asked):
        return False
    at = route.stops.index(stop)
    rest = [each for each in route.stops[at:] if each is stop or (each.needed and not each.asked)]
    first = _beginners(route, people) if at and not signers else ()
    wanted = [{holder.who for holder in people[each.code]} for each in rest]
    wanted = [one for each, one in zip(rest, wanted, strict=True) if each.code not in plain.held]
    return seatable([*first, *wanted], signers)


def _beginners(route: Route, people: Mapping[str, Sequence[Holder]]) -> Sequence[Collection[str]]:
    """Return who may take the first step, so that nobody is counted twice before it is taken."""
    return [{holder.who for holder in people[route.stops[0].code]}]


def seat_of(actor: Actor, path: str, roles: Collection[str]) -> Seat | None:
    """Return the capacity in which somebody signs at a unit: his own post before another's."""
    found = [
        Seat(grant.role, grant.stead)
        for grant in actor.grants
        if grant.role in roles
        and isinstance(grant.reach, Subtree)
        and tree.within(path, grant.reach.path)
    ]
    return min(found, key=lambda seat: seat.stead is not None, default=None)
