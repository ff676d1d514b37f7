"""Sealing the trail, and taking a copy of it away."""

from lianfang.ground.audit.marks import mark
from lianfang.ground.audit.models import Seal, Sealing
from lianfang.ground.audit.queries import chain as reading
from lianfang.ground.audit.queries import most
from lianfang.ground.audit.rules import chain
from lianfang.ground.audit.rules.asked import MOST_COPIED, Asked, Line
from lianfang.ground.audit.rules.chain import Sealed
from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules.reach import narrowed
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

TOO_MANY = msgid("There are more than %(most)s entries; choose a day, a unit or an act.")


@act("trail.seal")
def seal(actor: Actor, where: None) -> Seal | None:
    """Seal the entries that are not sealed yet, as the next link of the chain."""
    entries = list(reading.unsealed(actor, reading.OWN)[: reading.AT_ONCE])
    if not entries:
        return None
    digests = reading.covered(actor, entries, reading.OWN)
    made = _next(actor, [digests[entry.pk] for entry in entries])
    Sealing.objects.bulk_create(
        [
            Sealing(entry=entry, seal=made, position=at, digest=digests[entry.pk])
            for at, entry in enumerate(entries)
        ],
        batch_size=500,
    )
    return made


def _next(actor: Actor, digests: list[str]) -> Seal:
    """Write the next seal; of two workers at once the second breaks the number's uniqueness."""
    last = reading.head(actor)
    value = Sealed(
        id=ids.new(),
        number=last.number + 1 if last else 1,
        prev=last.hash if last else chain.GENESIS,
        count=len(digests),
        digest=chain.fold(digests),
        sealed_at=clock.machine(),
        hash="",
        genuine=True,
    )
    done = chain.seal_hash(value)
    return Seal.objects.create(
        id=value.id,
        number=value.number,
        prev=value.prev,
        count=value.count,
        digest=value.digest,
        sealed_at=value.sealed_at,
        hash=done,
        mark=mark(done),
    )


@act("trail.export", tells=("act",))
def export(actor: Actor, unit: Unit, asked: Asked) -> list[Line]:
    """Take a copy of what was found in a unit's trail; who took it stands in that trail."""
    found = most(narrowed(actor, unit.path), asked, "trail.export", MOST_COPIED)
    if len(found) > MOST_COPIED:
        raise BadInput(TOO_MANY, most=f"{MOST_COPIED:,}")
    return found
