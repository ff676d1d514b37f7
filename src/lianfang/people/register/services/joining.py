"""Posters by which people ask to be taken in, and what a clerk says to each who asked."""

import secrets
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import blind, reveal, seal
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.kernel import clock, masks
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import Joining, Person, PersonalLink, Poster
from lianfang.people.register.rules.joining import Asked, Outcome
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment, HowTold, SealedColumn
from lianfang.people.register.services import rows
from lianfang.people.register.services.links import days_good
from lianfang.people.register.services.people import Place, entered

POSTER_DAYS = 30
#: How long a stranger's name is kept: as long as his telephone may still ask what became of it.
REFUSED_FOR, AT_ONCE = timedelta(days=7), 500
SETTLING = ("outcome", "person", "settled_at", "settled_by")
CLOSED = msgid("This poster is not valid any more; ask at the office of your company.")
OTHER_UNIT = msgid("This site belongs to another unit.")
SETTLED = msgid("This was settled already by somebody else.")
CHECK_FIRST = msgid(
    "%(name)s is registered with another number; see who asks, and say that it is this person."
)
LEFT = msgid("%(name)s has left; take him back first.")


class Told:
    """What somebody told at a poster, on its way through the door; the trail repeats none of it."""

    __slots__ = ("asked", "digest")

    def __init__(self, asked: Asked, digest: str) -> None:
        """Take what was told and the digest of the secret that his browser keeps."""
        self.asked, self.digest = asked, digest


def new_code() -> str:
    """Make the code of a poster: nobody guesses it, and a small QR code holds it."""
    return secrets.token_urlsafe(12)


@act("posters.hang")
def hang(
    actor: Actor, unit: Unit, code: str, site: Site | None = None, days: int = POSTER_DAYS
) -> Poster:
    """Open a way by which people ask to be taken in at a unit, or at one of its sites."""
    if site is not None and site.unit_id != unit.pk:
        raise BadInput(OTHER_UNIT, field="site")
    now = clock.machine()
    return Poster.objects.create(
        unit=unit,
        site=site,
        code=code,
        created_at=now,
        expires_at=now + timedelta(days=days),
        by=actor.who,
    )


@act("posters.take_down")
def take_down(actor: Actor, poster: Poster) -> Poster:
    """Let a poster open nothing any more."""
    poster.revoked_at = poster.revoked_at or clock.machine()
    poster.save(update_fields=["revoked_at"])
    return poster


@act("joins.ask")
def ask(actor: Actor, poster: Poster, told: Told) -> Joining:
    """Ask to be taken in; whoever is known already is answered the same as anybody else."""
    if poster.revoked_at is not None or poster.expires_at <= clock.machine():
        raise Conflict(CLOSED)
    said = told.asked
    row = Joining(
        unit_id=poster.unit_id,
        poster=poster,
        name=said.name,
        employment=said.employment,
        stall_said=said.stall,
        digest=told.digest,
        asked_at=clock.now(),
    )
    row.phone = seal(row, "phone", said.phone)
    row.phone_index = blind(said.phone, SealedColumn.PHONE)
    row.phone_mask = masks.phone(said.phone)
    row.save(force_insert=True)
    return row


@act("joins.take_in")
def take_in(actor: Actor, joining: Joining) -> Person:
    """Enter who asked as somebody new; his phone, which waits, opens his own page from now on."""
    row = _open(joining)
    told = PersonLine(
        name=row.name, employment=Employment(row.employment), phone=reveal(row, "phone")
    )
    where = Whereabouts(how=HowTold.SELF)
    person = entered(actor, row.unit, told, where, Place(row.poster.site, _stall(row)))
    _settle(actor, row, Outcome.TAKEN, person)
    return person


@act("joins.merge", also=("person",))
def merge(actor: Actor, joining: Joining, person: Person, *, checked: bool = False) -> Person:
    """Take who asked for somebody who is registered; a telephone that is there stays.

    His link goes over to the telephone that asks: where that is another number than the one
    registered, somebody has to say that he checked who it is.
    """
    row = _open(joining)
    if person.left_at is not None:
        raise Conflict(LEFT, name=person.name)
    if not checked and _has_other_number(person, row):
        raise BadInput(CHECK_FIRST, field="checked", name=person.name)
    if person.phone_index is None:
        rows.fill(
            person,
            PersonLine(
                name=person.name,
                employment=Employment(person.employment),
                phone=reveal(row, "phone"),
            ),
        )
        rows.saved(person, fresh=False)
    _settle(actor, row, Outcome.MERGED, person)
    return person


@act("joins.refuse")
def refuse(actor: Actor, joining: Joining) -> Joining:
    """Say no to who asked; his phone tells him to go to the office."""
    row = _open(joining)
    _settle(actor, row, Outcome.REFUSED, None)
    return row


@act("joins.forget")
def forget_refused(actor: Actor, nowhere: None, now: datetime) -> int:
    """Forget who was refused a while ago: he is a stranger, and nothing of his is needed here."""
    keys = list(_refused_before(now).values_list("pk", flat=True)[:AT_ONCE])
    return Joining.objects.filter(pk__in=keys).delete()[0]


def look_for_refused(actor: Actor, now: datetime) -> None:
    """Let those be forgotten who were refused a while ago, if there are any."""
    if _refused_before(now).exists():
        forget_refused(actor, None, now)


def _refused_before(now: datetime) -> QuerySet[Joining]:
    return Joining.objects.filter(outcome=Outcome.REFUSED, settled_at__lt=now - REFUSED_FOR)


def _open(joining: Joining) -> Joining:
    found = Joining.objects.select_for_update(of=("self",)).select_related("unit", "poster__site")
    row = found.get(pk=joining.pk)
    if row.outcome:
        raise Conflict(SETTLED)
    return row


def _has_other_number(person: Person, row: Joining) -> bool:
    if person.phone_index is None:
        return False
    return bytes(person.phone_index) != bytes(row.phone_index or b"")


def _stall(row: Joining) -> Stall | None:
    """Return the stall that was named, if the site has one of this number."""
    if row.poster.site is None or not row.stall_said:
        return None
    return Stall.objects.filter(site=row.poster.site, number__iexact=row.stall_said).first()


def _settle(actor: Actor, row: Joining, outcome: Outcome, person: Person | None) -> None:
    """Write what came of it; the secret that his phone keeps becomes his personal link.

    The number has served: whoever was taken in has it in the register, and a stranger's goes.
    """
    row.outcome, row.person = outcome, person
    row.settled_at, row.settled_by = clock.now(), actor.who
    row.phone, row.phone_index, row.phone_mask = None, None, ""
    row.save(update_fields=[*SETTLING, "phone", "phone_index", "phone_mask"])
    if person is None:
        return
    now = clock.machine()
    rows.revoke_links([person.pk])
    PersonalLink.objects.create(
        unit_id=person.unit_id,
        person=person,
        digest=row.digest,
        created_at=now,
        expires_at=now + timedelta(days=days_good()),
    )
