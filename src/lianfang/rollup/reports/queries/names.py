"""The names of those who did something, and those under a report."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.signing import queries as signing
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports.models import Signature
from lianfang.rollup.reports.rules.days import loop_key
from lianfang.rollup.reports.rules.states import DAILY_REPORT, Signed, Signing


def names_of(whos: Collection[str]) -> Mapping[str, str]:
    """Return the names of users by `user:…` or `person:…`, all by one query."""
    keys = {UUID(key) for kind, _, key in (who.partition(":") for who in whos) if kind in KINDS}
    found = visible(User, OPERATOR, "users.use").filter(Q(pk__in=keys) | Q(person__in=keys))
    names: dict[str, str] = {}
    for user, person, name in found.values_list("pk", "person", "name"):
        names[f"user:{user}"] = names[f"person:{person}"] = name
    return names


KINDS = frozenset({"user", "person"})


def signatures_of(actor: Actor, unit: Unit, day: date, digest: str = "") -> Sequence[Signed]:
    """Return every name that was put under a report, and whether it stands under these numbers."""
    kept = visible(Signature, actor, "reports.read").filter(unit=unit, day=day)
    old = [
        Signed(
            part=row.part,
            name=row.recorded_for or row.by_name,
            at=row.signed_at,
            recorder=row.by_name if row.recorded_for else "",
            valid=row.digest == digest,
            who="" if row.recorded_for else row.by,
        )
        for row in kept
    ]
    return [*old, *_on_sheet(actor, loop_key(unit.pk, day), digest)]


def _on_sheet(actor: Actor, key: str, digest: str) -> Sequence[Signed]:
    rows, held = signing.said_on(actor, DAILY_REPORT, key, [*Signing], digest)
    return [
        Signed(
            part=hand.part,
            name=hand.name,
            at=hand.at,
            stead=hand.stead,
            recorder=hand.recorder,
            heard=hand.heard,
            valid=row.pk in held,
            who=row.by,
        )
        for row, hand in rows
    ]
