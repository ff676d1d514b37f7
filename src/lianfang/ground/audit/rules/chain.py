"""The chain of seals: what is hashed, and what a broken chain shows."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

#: What stands before the first seal.
GENESIS = "0" * 64
#: An entry is written at the end of its transaction and committed at once; whatever says that it
#: was recorded longer than this before the seal that came before its own was put in afterwards.
GRACE = timedelta(minutes=10)
#: How far back the clock looks for entries that are not sealed yet.
WINDOW = timedelta(days=1)


class Broken(StrEnum):
    """What is wrong with the trail."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CHAIN = "chain"
    FORGED = "forged"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong: of what kind, in which seal, at which entry."""

    broken: Broken
    seal: int | None = None
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """One seal as it is stored, and whether its mark was made with this installation's key."""

    id: UUID
    number: int
    prev: str
    count: int
    digest: str
    sealed_at: datetime
    hash: str
    genuine: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """An entry's place in a seal, and the digest of the entry as it stands now; None if gone."""

    position: int
    entry: UUID
    digest: str
    fresh: str | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of reading the whole trail."""

    seals: int
    entries: int
    unsealed: int
    head: str
    finding: Finding | None = None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.finding is None


def entry_digest(entry: Mapping[str, object], subjects: Iterable[tuple[int, UUID]]) -> str:
    """Return the digest of an entry together with its subjects."""
    told = {name: _plain(value) for name, value in entry.items()}
    told["subjects"] = [[key, str(subject)] for key, subject in subjects]
    return _sha(told)


def fold(digests: Iterable[str]) -> str:
    """Return the digest of the entries of one seal, in their order."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def seal_hash(seal: Sealed) -> str:
    """Return the hash by which the next seal holds on to this one."""
    return _sha(
        {
            "id": str(seal.id),
            "number": seal.number,
            "prev": seal.prev,
            "count": seal.count,
            "digest": seal.digest,
            "sealed_at": _plain(seal.sealed_at),
        }
    )


def examine(seal: Sealed, before: Sealed | None, rows: Sequence[Covered]) -> Finding | None:
    """Return the first thing that is wrong with a seal and the entries that it covers."""
    number = before.number + 1 if before else 1
    if seal.number != number:
        return Finding(Broken.CHAIN, number)
    if seal.prev != (before.hash if before else GENESIS) or seal.hash != seal_hash(seal):
        return Finding(Broken.CHAIN, number)
    if not seal.genuine:
        return Finding(Broken.FORGED, number)
    return _rows(seal, rows) or _backdated(number, floor(before, seal.sealed_at), rows)


def floor(before: Sealed | None, now: datetime) -> datetime | None:
    """Return the time before which no entry may say that it was recorded; none at the start."""
    return min(before.sealed_at, now) - GRACE if before else None


def _rows(seal: Sealed, rows: Sequence[Covered]) -> Finding | None:
    for row in rows:
        if row.fresh is None:
            return Finding(Broken.MISSING, seal.number, row.entry)
        if row.fresh != row.digest:
            return Finding(Broken.CHANGED, seal.number, row.entry)
    if len(rows) != seal.count:
        broken = Broken.MISSING if len(rows) < seal.count else Broken.INSERTED
        return Finding(broken, seal.number)
    ordered = sorted(row.entry for row in rows)
    for at, row in enumerate(rows):
        if row.position != at or row.entry != ordered[at]:
            return Finding(Broken.REORDERED, seal.number, row.entry)
    if fold(row.digest for row in rows) != seal.digest:
        return Finding(Broken.CHANGED, seal.number)
    return None


def _backdated(
    number: int | None, since: datetime | None, rows: Iterable[Covered]
) -> Finding | None:
    for row in rows:
        if since and row.recorded_at and row.recorded_at < since:
            return Finding(Broken.INSERTED, number, row.entry)
    return None


def id_at(instant: datetime) -> UUID:
    """Return the lowest UUIDv7 of a millisecond, so that a range of time is a range of keys."""
    return UUID(int=max(int(instant.timestamp() * 1000), 0) << 80)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def _sha(told: Mapping[str, object]) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
