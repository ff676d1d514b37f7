from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lianfang.ground.audit.rules import chain
from lianfang.ground.audit.rules.chain import GENESIS, Broken, Covered, Finding, Sealed
from lianfang.kernel import ids

NOON = datetime(2020, 1, 31, 12, tzinfo=UTC)


def row(position: int, recorded_at: datetime = NOON) -> Covered:
    digest = chain.entry_digest({"act": "units.enter", "at": position}, ())
    return Covered(position, UUID(int=position + 1), digest, digest, recorded_at)


def sealed(rows: list[Covered], before: Sealed | None = None, at: datetime = NOON) -> Sealed:
    bare = Sealed(
        id=ids.new(),
        number=before.number + 1 if before else 1,
        prev=before.hash if before else GENESIS,
        count=len(rows),
        digest=chain.fold(one.digest for one in rows),
        sealed_at=at,
        hash="",
        genuine=True,
    )
    return replace(bare, hash=chain.seal_hash(bare))


def test_the_order_of_subjects_and_the_hour_of_the_zone_are_part_of_an_entry() -> None:
    here, there = (0, UUID(int=1)), (1, UUID(int=2))
    told = {"happened_at": NOON}
    shanghai = NOON.astimezone(tz=None)
    assert chain.entry_digest(told, (here, there)) != chain.entry_digest(told, (there, here))
    assert chain.entry_digest(told, ()) == chain.entry_digest({"happened_at": shanghai}, ())


def test_a_seal_that_holds_on_to_the_one_before_is_whole() -> None:
    first = sealed([row(0)])
    assert chain.examine(first, None, [row(0)]) is None
    rows = [row(0), row(1)]
    assert chain.examine(sealed(rows, first), first, rows) is None


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"number": 7}, Broken.CHAIN),
        ({"prev": "1" * 64}, Broken.CHAIN),
        ({"count": 3}, Broken.CHAIN),
        ({"sealed_at": NOON + timedelta(seconds=1)}, Broken.CHAIN),
        ({"genuine": False}, Broken.FORGED),
    ],
)
def test_a_changed_seal_is_not_the_one_that_was_made(
    change: dict[str, object], broken: Broken
) -> None:
    rows = [row(0), row(1)]
    forged = replace(sealed(rows), **change)  # type: ignore[arg-type]
    assert chain.examine(forged, None, rows) == Finding(broken, 1)


def test_an_entry_recorded_before_the_former_seal_was_put_in_afterwards() -> None:
    first = sealed([row(0)])
    late = row(0, NOON - timedelta(minutes=11))
    second = sealed([late], first, NOON + timedelta(minutes=1))
    assert chain.examine(second, first, [late]) == Finding(Broken.INSERTED, 2, late.entry)


def test_a_machine_whose_clock_was_set_right_accuses_nobody() -> None:
    first = sealed([row(0)])
    hour_earlier = NOON - timedelta(hours=1)
    after = row(0, hour_earlier)
    second = sealed([after], first, hour_earlier + timedelta(minutes=1))
    assert chain.examine(second, first, [after]) is None


def test_a_seal_whose_digest_is_not_that_of_its_entries_is_named_without_an_entry() -> None:
    rows = [row(0), row(1)]
    other = [row(0), replace(row(1), digest="a" * 64, fresh="a" * 64)]
    assert chain.examine(sealed(rows), None, other) == Finding(Broken.CHANGED, 1)


def test_the_keys_of_an_hour_lie_between_its_ends() -> None:
    key = ids.new()
    made = datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
    assert chain.id_at(made) <= key < chain.id_at(made + timedelta(milliseconds=1))
