import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from lianfang.ground.audit.jobs import seal_trail
from lianfang.ground.audit.models import Seal, Sealing
from lianfang.ground.audit.queries import head, unsealed, verify
from lianfang.ground.audit.rules.chain import Broken, Verdict
from lianfang.ground.audit.services import seal
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import ids
from lianfang.kernel.actor import CLOCK, OPERATOR

Forge = Callable[..., None]
MUTATIONS = 1000
TEXTS = ("act", "actor_kind", "actor_id", "who", "via", "place", "refused", "request_id")
NUMBERS = ("count",)
TIMES = ("happened_at", "recorded_at")


def key(value: UUID) -> object:
    return value if connection.vendor == "postgresql" else value.hex


def broken() -> Verdict:
    found = verify(OPERATOR)
    assert not found.whole
    return found


def entry_of(number: int, position: int = 2) -> Entry:
    return Sealing.objects.select_related("entry").get(seal__number=number, position=position).entry


def test_a_sealed_trail_is_whole(sealed: Unit) -> None:
    found = verify(OPERATOR)
    assert found.whole
    assert found.seals == 5
    assert found.entries + found.unsealed == Entry.objects.count()
    newest = head(OPERATOR)
    assert newest is not None
    assert found.head == newest.hash


def test_an_empty_trail_is_whole(db: None) -> None:
    assert verify(OPERATOR) == Verdict(0, 0, 0, "0" * 64)


def test_nothing_new_needs_no_seal(sealed: Unit) -> None:
    assert seal_trail() == 0
    assert [entry.act for entry in unsealed(OPERATOR)] == ["trail.seal"]


def test_sealing_by_hand_when_nothing_waits_makes_no_seal(db: None) -> None:
    assert seal(CLOCK, None) is None
    assert not Seal.objects.exists()


def test_of_two_workers_the_quicker_one_seals(mill: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(*_words: object) -> None:
        raise IntegrityError("audit_seal.number")

    monkeypatch.setattr("lianfang.ground.audit.jobs.services.seal", second)
    assert seal_trail() == 0


def test_an_entry_committed_late_is_sealed_by_the_next_seal(sealed: Unit) -> None:
    late = entry_of(5)
    late.pk, late.act = ids.new(), "units.change"
    early = UUID(int=late.pk.int - (5000 << 80))
    late.pk = early
    late.save(force_insert=True)
    seal_trail()
    assert Sealing.objects.get(entry_id=early).seal.number == 6
    assert verify(OPERATOR).whole


def test_seals_can_be_neither_changed_nor_deleted(sealed: Unit) -> None:
    for change in (
        lambda: Seal.objects.update(count=1),
        lambda: Sealing.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_changed_entry_is_named(sealed: Unit, forger: Forge) -> None:
    entry = entry_of(3)
    forger("UPDATE doors_entry SET who = 'user:nobody' WHERE id = %s", key(entry.pk))
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal, finding.entry) == (Broken.CHANGED, 3, entry.pk)


def test_a_deleted_entry_is_named(sealed: Unit, forger: Forge) -> None:
    entry = entry_of(2)
    with transaction.atomic():
        forger("DELETE FROM doors_subject WHERE entry_id = %s", key(entry.pk))
        forger("DELETE FROM doors_entry WHERE id = %s", key(entry.pk))
        finding = broken().finding
        transaction.set_rollback(True)
    assert finding is not None
    assert (finding.broken, finding.seal, finding.entry) == (Broken.MISSING, 2, entry.pk)


def test_an_entry_deleted_with_its_place_is_found_by_the_count(sealed: Unit, forger: Forge) -> None:
    entry = entry_of(4)
    forger("DELETE FROM audit_sealing WHERE entry_id = %s", key(entry.pk))
    forger("DELETE FROM doors_subject WHERE entry_id = %s", key(entry.pk))
    forger("DELETE FROM doors_entry WHERE id = %s", key(entry.pk))
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal) == (Broken.MISSING, 4)


def test_an_entry_put_in_afterwards_with_an_old_date_is_found(sealed: Unit) -> None:
    planted = entry_of(2)
    planted.pk = ids.new()
    planted.recorded_at -= timedelta(days=3)
    planted.save(force_insert=True)
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal, finding.entry) == (Broken.INSERTED, None, planted.pk)
    seal_trail()
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal, finding.entry) == (Broken.INSERTED, 6, planted.pk)


def test_an_entry_put_into_a_seal_is_found(sealed: Unit) -> None:
    planted = entry_of(2)
    planted.pk = ids.new()
    planted.save(force_insert=True)
    third = Seal.objects.get(number=3)
    last = Sealing.objects.filter(seal=third).last()
    assert last is not None
    Sealing.objects.create(entry=planted, seal=third, position=third.count, digest=last.digest)
    assert broken().finding is not None


def test_two_entries_that_changed_places_are_found(sealed: Unit, forger: Forge) -> None:
    third = Seal.objects.get(number=3)
    for old, new in ((1, 900), (2, 1), (900, 2)):
        forger(
            "UPDATE audit_sealing SET position = %s WHERE seal_id = %s AND position = %s",
            new,
            key(third.pk),
            old,
        )
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal) == (Broken.REORDERED, 3)


def test_a_missing_seal_is_named(sealed: Unit, forger: Forge) -> None:
    third = Seal.objects.get(number=3)
    forger("DELETE FROM audit_sealing WHERE seal_id = %s", key(third.pk))
    forger("DELETE FROM audit_seal WHERE id = %s", key(third.pk))
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal) == (Broken.CHAIN, 3)


def test_a_chain_written_anew_without_the_key_is_found(sealed: Unit, forger: Forge) -> None:
    fifth = Seal.objects.get(number=5)
    forger("UPDATE audit_seal SET mark = %s WHERE id = %s", "0" * 32, key(fifth.pk))
    finding = broken().finding
    assert finding is not None
    assert (finding.broken, finding.seal) == (Broken.FORGED, 5)


def test_a_tail_that_was_cut_off_is_found_by_a_head_noted_elsewhere(
    sealed: Unit, forger: Forge
) -> None:
    noted = verify(OPERATOR).head
    fifth = Seal.objects.get(number=5)
    cut = [key(sealing.entry_id) for sealing in Sealing.objects.filter(seal=fifth)]
    forger("DELETE FROM audit_sealing WHERE seal_id = %s", key(fifth.pk))
    forger("DELETE FROM audit_seal WHERE id = %s", key(fifth.pk))
    for entry in cut:
        forger("DELETE FROM doors_subject WHERE entry_id = %s", entry)
        forger("DELETE FROM doors_entry WHERE id = %s", entry)
    assert verify(OPERATOR).whole
    finding = verify(OPERATOR, noted).finding
    assert finding is not None
    assert finding.broken == Broken.ANCHOR


def test_a_seal_cut_off_that_left_its_entries_is_found(sealed: Unit, forger: Forge) -> None:
    fifth = Seal.objects.get(number=5)
    with transaction.atomic():
        forger("DELETE FROM audit_seal WHERE id = %s", key(fifth.pk))
        finding = broken().finding
        transaction.set_rollback(True)
    assert finding is not None
    assert (finding.broken, finding.seal) == (Broken.CHAIN, 5)


def test_a_thousand_random_changes_are_all_found(sealed: Unit, forger: Forge) -> None:
    dice = random.Random(20200131)
    sealings = list(Sealing.objects.select_related("entry", "seal"))
    missed = []
    for number in range(MUTATIONS):
        with transaction.atomic():
            done = mutate(dice, forger, dice.choice(sealings))
            if verify(OPERATOR).whole:
                missed.append((number, done))
            transaction.set_rollback(True)
    assert missed == []
    assert verify(OPERATOR).whole


def mutate(dice: random.Random, forge: Forge, at: Sealing) -> str:
    """Change, delete, insert or move one row, as somebody who holds the database could."""
    moves = (change_text, change_number, change_time, change_arguments, delete_entry)
    more = (insert_entry, change_subject, delete_subject, add_subject, change_seal, move_place)
    move = dice.choice(moves + more)
    move(dice, forge, at)
    return move.__name__


def change_text(dice: random.Random, forge: Forge, at: Sealing) -> None:
    column = dice.choice(TEXTS)
    sql = f"UPDATE doors_entry SET {column} = {column} || 'x' WHERE id = %s"  # noqa: S608
    forge(sql, key(at.entry_id))


def change_number(dice: random.Random, forge: Forge, at: Sealing) -> None:
    sql = "UPDATE doors_entry SET count = count + %s WHERE id = %s"
    forge(sql, dice.randint(1, 9), key(at.entry_id))


def change_time(dice: random.Random, forge: Forge, at: Sealing) -> None:
    column = dice.choice(TIMES)
    moved = getattr(at.entry, column) + timedelta(milliseconds=dice.randint(1, 10**9))
    sql = f"UPDATE doors_entry SET {column} = %s WHERE id = %s"  # noqa: S608
    value = moved if connection.vendor == "postgresql" else str(moved.replace(tzinfo=None))
    forge(sql, value, key(at.entry_id))


def change_arguments(dice: random.Random, forge: Forge, at: Sealing) -> None:
    sql = "UPDATE doors_entry SET arguments = %s WHERE id = %s"
    forge(sql, f'{{"told.code": "Z{dice.randint(0, 99)}"}}', key(at.entry_id))


def delete_entry(dice: random.Random, forge: Forge, at: Sealing) -> None:
    if dice.random() < 0.5:
        forge("DELETE FROM audit_sealing WHERE entry_id = %s", key(at.entry_id))
    forge("DELETE FROM doors_subject WHERE entry_id = %s", key(at.entry_id))
    forge("DELETE FROM doors_entry WHERE id = %s", key(at.entry_id))


def insert_entry(dice: random.Random, forge: Forge, at: Sealing) -> None:
    made = Entry.objects.get(pk=at.entry_id)
    made.pk = UUID(int=made.pk.int + dice.randint(1, 10**6))
    if dice.random() < 0.5:
        made.recorded_at -= timedelta(minutes=dice.randint(11, 10**5))
        made.save(force_insert=True)
        return
    made.save(force_insert=True)
    Sealing.objects.create(entry=made, seal=at.seal, position=at.seal.count, digest=at.digest)


def change_subject(dice: random.Random, forge: Forge, at: Sealing) -> None:
    one = dice.choice(list(Subject.objects.filter(entry__act="units.enter")))
    forge("UPDATE doors_subject SET subject = %s WHERE id = %s", key(ids.new()), one.pk)


def delete_subject(dice: random.Random, forge: Forge, at: Sealing) -> None:
    one = dice.choice(list(Subject.objects.filter(entry__act="units.enter")))
    forge("DELETE FROM doors_subject WHERE id = %s", one.pk)


def add_subject(dice: random.Random, forge: Forge, at: Sealing) -> None:
    Subject.objects.create(entry_id=at.entry_id, subject=ids.new())


def change_seal(dice: random.Random, forge: Forge, at: Sealing) -> None:
    column = dice.choice(("prev", "digest", "hash", "mark"))
    sql = f"UPDATE audit_seal SET {column} = %s WHERE id = %s"  # noqa: S608
    forge(sql, f"{dice.getrandbits(256):064x}", key(at.seal_id))


def move_place(dice: random.Random, forge: Forge, at: Sealing) -> None:
    sql = "UPDATE audit_sealing SET position = position + %s WHERE id = %s"
    forge(sql, dice.randint(100, 999), at.pk)
