"""What is not sealed yet, and whether the chain is whole."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.ground.audit.marks import mark
from lianfang.ground.audit.models import Seal, Sealing
from lianfang.ground.audit.rules import chain
from lianfang.ground.audit.rules.chain import Broken, Covered, Finding, Sealed, Verdict
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor

#: The seal's own entries wait for the next entry of another act, or a quiet night would be sealed.
OWN = "trail.seal"
VERIFY = "trail.verify"
COLUMNS = tuple(field.attname for field in Entry._meta.concrete_fields)
CHUNK = 5000
#: How many entries a seal covers at most: on SQLite nobody else writes while it is made.
AT_ONCE = 1000
SEALS = 500


def unsealed(actor: Actor, act: str = "trail.read") -> QuerySet[Entry]:
    """Return the entries that no seal covers yet, oldest first.

    Whoever is missing from the seals is found by what is missing, not by the highest number: an
    entry may be committed after a later one. The keys are looked at as far back as the window.
    """
    found = visible(Entry, actor, act).order_by("pk")
    last = _seals(actor, act).last()
    if last is not None:
        since = min(last.sealed_at, clock.machine()) - chain.WINDOW
        found = found.filter(pk__gte=chain.id_at(since))
    return found.exclude(Exists(visible(Sealing, actor, act).filter(entry=OuterRef("pk"))))


def waiting(actor: Actor) -> bool:
    """Tell whether there is anything to seal."""
    return unsealed(actor, OWN).exclude(act=OWN).exists()


def head(actor: Actor) -> Sealed | None:
    """Return the newest seal, whose hash stands for everything before it."""
    last = _seals(actor, "trail.read").last()
    return _value(last) if last else None


def begun(actor: Actor) -> bool:
    """Tell whether anything was ever sealed."""
    return _seals(actor, "trail.read").exists()


def covered(actor: Actor, entries: Sequence[Entry], act: str) -> dict[UUID, str]:
    """Return the digest of each entry with its subjects, as they stand now."""
    subjects: dict[UUID, list[tuple[int, UUID]]] = {}
    found = visible(Subject, actor, act).filter(entry__in=[entry.pk for entry in entries])
    for key, entry, subject in found.order_by("pk").values_list("pk", "entry_id", "subject"):
        subjects.setdefault(entry, []).append((key, subject))
    return {
        entry.pk: chain.entry_digest(
            {name: getattr(entry, name) for name in COLUMNS}, subjects.get(entry.pk, ())
        )
        for entry in entries
    }


def verify(actor: Actor, anchor: str = "") -> Verdict:
    """Read the whole trail and say what is wrong first; an anchor is a head noted elsewhere."""
    seals = entries = 0
    before: Sealed | None = None
    anchored = not anchor
    finding: Finding | None = None
    for seal, rows in _links(actor):
        finding = chain.examine(seal, before, rows)
        if finding:
            break
        seals, entries, before = seals + 1, entries + seal.count, seal
        anchored = anchored or seal.hash == anchor
    open_ = unsealed(actor, VERIFY).count()
    finding = finding or _strays(actor, before)
    if finding is None and not anchored:
        finding = Finding(Broken.ANCHOR)
    return Verdict(seals, entries, open_, before.hash if before else chain.GENESIS, finding)


def _links(actor: Actor) -> Iterator[tuple[Sealed, Sequence[Covered]]]:
    """Return the seals in their order, each with what it covers, a handful read at a time."""
    batch: list[Sealed] = []
    weight = 0
    for seal in _seals(actor, VERIFY).iterator(SEALS):
        batch.append(_value(seal))
        weight += seal.count
        if weight >= CHUNK or len(batch) >= SEALS:
            yield from _covering(actor, batch)
            batch, weight = [], 0
    yield from _covering(actor, batch)


def _covering(actor: Actor, seals: Sequence[Sealed]) -> Iterator[tuple[Sealed, Sequence[Covered]]]:
    found = visible(Sealing, actor, VERIFY).filter(seal__in=[seal.id for seal in seals])
    sealings = list(found.order_by("position", "pk"))
    keys = [sealing.entry_id for sealing in sealings]
    entries = visible(Entry, actor, VERIFY).in_bulk(keys)
    fresh = covered(actor, list(entries.values()), VERIFY)
    rows: dict[UUID, list[Covered]] = {seal.id: [] for seal in seals}
    for sealing in sealings:
        entry = entries.get(sealing.entry_id)
        rows[sealing.seal_id].append(
            Covered(
                sealing.position,
                sealing.entry_id,
                sealing.digest,
                fresh.get(sealing.entry_id),
                entry.recorded_at if entry else None,
            )
        )
    return ((seal, rows[seal.id]) for seal in seals)


def _strays(actor: Actor, last: Sealed | None) -> Finding | None:
    """Look for a place in a seal that is gone, and for an old entry that no seal covers."""
    seals = visible(Seal, actor, VERIFY).filter(pk=OuterRef("seal_id"))
    lost = visible(Sealing, actor, VERIFY).exclude(Exists(seals)).order_by("entry_id").first()
    if lost is not None:
        return Finding(Broken.CHAIN, last.number + 1 if last else 1, lost.entry_id)
    since = chain.floor(last, clock.machine())
    if since is None:
        return None
    sealed = visible(Sealing, actor, VERIFY).filter(entry=OuterRef("pk"))
    late = visible(Entry, actor, VERIFY).exclude(Exists(sealed)).filter(recorded_at__lt=since)
    first = late.order_by("pk").first()
    return Finding(Broken.INSERTED, None, first.pk) if first else None


def _seals(actor: Actor, act: str) -> QuerySet[Seal]:
    return visible(Seal, actor, act).order_by("number")


def _value(seal: Seal) -> Sealed:
    return Sealed(
        seal.pk,
        seal.number,
        seal.prev,
        seal.count,
        seal.digest,
        seal.sealed_at,
        seal.hash,
        genuine=seal.mark == mark(seal.hash),
    )
