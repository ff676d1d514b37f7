"""Personal links: by which one person answers for himself, without a password."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import cast
from uuid import UUID

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.orgs.queries import digest
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.register.models import Person, PersonalLink
from lianfang.people.register.queries.policy import link_days

#: How long a link is good where neither the pack nor its maker says so.
LINK_DAYS = 90
HAS_LEFT = msgid("%(name)s has left; there is no link for him.")
REVOKED = msgid("This link was revoked already.")


@act("links.make")
def make_link(actor: Actor, person: Person, secret: str, days: int | None = None) -> PersonalLink:
    """Give a person a link of his own; the one that he had opens nothing any more."""
    return _made([(person, secret, days or days_good())])[0]


@make_link.together
def _make_links(actor: Actor, items: Sequence[Pending[PersonalLink]]) -> Sequence[PersonalLink]:
    """Give many people a link each."""
    return _made([_told(item) for item in items])


@act("links.revoke")
def revoke_link(actor: Actor, link: PersonalLink) -> PersonalLink:
    """Let a link open nothing any more."""
    if link.revoked_at is not None:
        raise Conflict(REVOKED)
    link.revoked_at = clock.machine()
    link.save(update_fields=["revoked_at"])
    return link


def days_good() -> int:
    """Return how long a link is good where its maker does not say: as the pack in force says."""
    return link_days(OPERATOR) or LINK_DAYS  # it holds for whoever acts, whatever he may read


def new_secret() -> str:
    """Make a secret of 192 bits, short enough for a small QR code; only its digest is kept."""
    return secrets.token_urlsafe(24)


def _made(told: Sequence[tuple[Person, str, int]]) -> list[PersonalLink]:
    now = clock.machine()
    for person, _, _ in told:
        if person.left_at is not None:
            raise Conflict(HAS_LEFT, name=person.name)
    keys: list[UUID] = [person.pk for person, _, _ in told]
    PersonalLink.objects.filter(person__in=keys, revoked_at=None).update(revoked_at=now)
    made = [
        PersonalLink(
            unit_id=person.unit_id,
            person=person,
            digest=digest(secret),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        for person, secret, days in told
    ]
    PersonalLink.objects.bulk_create(made)
    return made


def _told(item: Pending[PersonalLink]) -> tuple[Person, str, int]:
    named = dict(zip(("secret", "days"), item.told.args, strict=False)) | dict(item.told.kwargs)
    days = cast("int | None", named.get("days"))
    return cast("Person", item.where), str(named["secret"]), days or days_good()
