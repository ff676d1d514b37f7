"""What is never changed stays so when its table is made anew."""

import pytest
from django.db import DatabaseError, connection, transaction

from lianfang.ground.doors import triggers
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit


def test_every_trigger_that_a_migration_declares_stands(db: None) -> None:
    assert triggers.lost() == []


def test_a_trigger_that_a_later_migration_takes_away_is_missed_and_put_back(mill: Unit) -> None:
    _take_away()
    lost = triggers.lost()
    assert {each.table for each in lost} == {"doors_entry"}
    assert {each.verb for each in lost} == {"UPDATE", "DELETE"}
    assert triggers.restore() == lost
    assert triggers.lost() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(who="somebody else")


def test_the_step_can_be_taken_back(db: None) -> None:
    step = triggers.append_only("doors_subject", verbs=("DELETE",))
    assert "doors_subject" in step.describe()
    with connection.cursor() as cursor:
        for trigger in step.triggers:
            cursor.execute(trigger.removal(connection.vendor))
    assert [each.name for each in triggers.lost()] == ["doors_subject_no_delete"]
    triggers.restore()


def _take_away() -> None:
    """Lose the triggers of the trail, on SQLite as a migration does that changes a column."""
    with connection.cursor() as cursor:
        for trigger in triggers.append_only("doors_entry").triggers:
            cursor.execute(trigger.removal(connection.vendor))
