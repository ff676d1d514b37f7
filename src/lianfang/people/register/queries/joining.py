"""Posters and who asked by them: found by a code or a secret, or by the post of a clerk."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Stall
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor, Grant, Kind, Subtree
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import Joining, Person, PersonalLink, Poster
from lianfang.people.register.queries.words import word
from lianfang.people.register.rules.joining import Alike, Outcome, alike
from lianfang.people.register.rules.names import same_name

TAKE_IN = "joins.take_in"
MOST = 200
NOBODY = msgid("Nobody waits here any more.")
NO_POSTER = msgid("This poster does not hang any more.")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody registered who may be the one who asks, and why."""

    person: Person
    why: Alike
    other_phone: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who asked, whom he is like, and what does not fit."""

    joining: Joining
    like: tuple[Likeness, ...]
    twice: bool
    stall: Stall | None

    @property
    def way(self) -> str:
        """Return in what way he says to belong."""
        return word("employment", self.joining.employment)


def poster_by(code: str) -> Poster | None:
    """Return the poster of a code, as long as it is valid."""
    found = visible(Poster, OPERATOR, "posters.use").filter(code=code, revoked_at=None)
    return found.filter(expires_at__gt=clock.machine()).select_related("unit", "site").first()


def joining_by(digest: str) -> Joining | None:
    """Return who asked, by the digest of the secret that his own browser keeps."""
    found = visible(Joining, OPERATOR, "joins.use").filter(digest=digest)
    return found.select_related("unit", "poster__site").first()


def at_poster(poster: Poster, request_id: str) -> Actor:
    """Return the actor of somebody before a poster: he may ask there, and nothing else."""
    grant = Grant(frozenset({"joins.ask"}), Subtree(poster.unit.path))
    return Actor(Kind.NOBODY, str(poster.pk), (grant,), "poster", request_id)


def posters(actor: Actor, act: str = "posters.hang") -> QuerySet[Poster]:
    """Return the posters that hang now, with how many asked by each."""
    found = visible(Poster, actor, act).filter(revoked_at=None, expires_at__gt=clock.machine())
    return found.select_related("unit", "site")


def poster(actor: Actor, key: UUID, act: str = "posters.hang") -> Poster:
    """Return one poster that hangs now, or say that it does not."""
    found = posters(actor, act).filter(pk=key).first()
    if found is None:
        raise NotAllowed(NO_POSTER)
    return found


def joining(actor: Actor, key: UUID, act: str = TAKE_IN) -> Joining:
    """Return one who asked, if the actor may do this to him."""
    found = visible(Joining, actor, act).filter(pk=key).select_related("unit").first()
    if found is None:
        raise NotAllowed(NOBODY)
    return found


def waiting_number(actor: Actor) -> int:
    """Return how many wait for an answer."""
    return visible(Joining, actor, TAKE_IN).filter(outcome="").count()


def waiting(actor: Actor) -> list[Waiting]:
    """Return who waits for an answer, each with those whom he is like."""
    rows = list(
        visible(Joining, actor, TAKE_IN)
        .filter(outcome="")
        .select_related("unit", "poster__site")
        .order_by("asked_at", "id")[:MOST]
    )
    names = {row.name for row in rows}
    phones = {bytes(row.phone_index) for row in rows if row.phone_index}
    same = Q(name__in=names) | Q(phone_index__in=phones)
    people = list(
        visible(Person, actor, "people.enter")
        .filter(same, left_at=None)
        .select_related("unit", "stall")
    )
    counts = _asked(actor, phones)
    stalls = _stalls(actor, rows)
    return [_waiting(row, people, counts, stalls) for row in rows]


def settled(actor: Actor) -> QuerySet[Joining]:
    """Return who was answered lately."""
    rows = visible(Joining, actor, TAKE_IN).exclude(outcome="")
    return rows.select_related("person", "unit").order_by("-settled_at")[:20]


def is_taken(row: Joining) -> bool:
    """Tell whether somebody was taken in, so that his secret opens his own page."""
    return row.outcome in {Outcome.TAKEN, Outcome.MERGED}


def opens(row: Joining) -> bool:
    """Tell whether the link that his secret became opens his page now."""
    found = visible(PersonalLink, OPERATOR, "links.use").filter(digest=row.digest, revoked_at=None)
    return found.filter(expires_at__gt=clock.machine()).exists()


def _waiting(
    row: Joining,
    people: Sequence[Person],
    counts: dict[bytes, int],
    stalls: dict[tuple[UUID, str], Stall],
) -> Waiting:
    phone = bytes(row.phone_index or b"")
    like = tuple(
        Likeness(each, why, bool(each.phone_index) and bytes(each.phone_index or b"") != phone)
        for each in people
        if (
            why := alike(
                same_phone=bytes(each.phone_index or b"") == phone,
                same_name=same_name(each.name, row.name),
            )
        )
    )
    site = row.poster.site_id
    stall = stalls.get((site, row.stall_said.casefold())) if site else None
    return Waiting(row, like, counts.get(phone, 0) > 1, stall)


def _asked(actor: Actor, phones: set[bytes]) -> dict[bytes, int]:
    rows = visible(Joining, actor, TAKE_IN).filter(outcome="", phone_index__in=phones)
    found = rows.order_by().values_list("phone_index").annotate(Count("pk"))
    return {bytes(index): number for index, number in found if index}


def _stalls(actor: Actor, rows: Sequence[Joining]) -> dict[tuple[UUID, str], Stall]:
    sites = {row.poster.site_id for row in rows if row.poster.site_id and row.stall_said}
    found = visible(Stall, actor, "stalls.read").filter(site__in=sites)
    return {(stall.site_id, stall.number.casefold()): stall for stall in found}
