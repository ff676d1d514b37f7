from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from lianfang.ground.doors.bulk import STREAMED, insert, made
from lianfang.ground.doors.models import Entry, Subject
from lianfang.kernel import ids

NOW = datetime(2020, 1, 31, 8, tzinfo=UTC)
MANY = STREAMED + 5


def entry(number: int, **told: object) -> Entry:
    row = {
        "act": "units.enter",
        "actor_kind": "user",
        "actor_id": str(number),
        "who": "user:一\t\\N",
        "via": "",
        "place": "001",
        "arguments": {"of": number % 3, "whole": number % 3 == 1, "names": ["甲", None]},
        "refused": "",
        "count": number,
        "request_id": "",
        "happened_at": NOW,
        "recorded_at": NOW,
    }
    return made(Entry, row | told)


@pytest.mark.parametrize("many", [1, MANY])
@pytest.mark.django_db
def test_rows_inserted_at_once_are_the_rows_that_were_made(many: int) -> None:
    told = [entry(number) for number in range(many)]
    insert(told)
    found = {row.pk: row for row in Entry.objects.filter(pk__in=[row.pk for row in told])}
    assert len(found) == many
    for row in told:
        names = [field.attname for field in Entry._meta.concrete_fields]
        assert [getattr(found[row.pk], name) for name in names] == [
            getattr(row, name) for name in names
        ]


@pytest.mark.django_db
def test_a_key_that_the_database_gives_is_given_by_it() -> None:
    about, subjects = entry(1), [ids.new() for _ in range(MANY)]
    insert([about])
    insert([made(Subject, {"entry_id": about.pk, "subject": each}) for each in subjects])
    rows = Subject.objects.filter(entry=about).order_by("id")
    assert list(rows.values_list("subject", flat=True)) == subjects


@pytest.mark.parametrize("many", [2, MANY])
@pytest.mark.django_db
def test_a_row_that_is_there_already_is_refused_with_all_the_others(many: int) -> None:
    told = [entry(number) for number in range(many)]
    twin = entry(0, id=told[0].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([*told, twin])
    assert not Entry.objects.filter(actor_id__in=map(str, range(many))).exists()


def test_a_row_is_made_as_its_model_makes_it() -> None:
    row = entry(1)
    assert isinstance(row.pk, UUID)
    assert (row._state.adding, str(row)) == (True, "units.enter 001")  # noqa: SLF001 - as Django reads it
    with pytest.raises(TypeError, match="no column"):
        made(Entry, {"price": Decimal(1)})


@pytest.mark.django_db
def test_rows_among_many_keys_are_those_of_the_keys() -> None:
    told = [entry(number) for number in range(5)]
    insert(told)
    insert([made(Subject, {"entry_id": row.pk, "subject": row.pk}) for row in told])
    wanted = [row.pk for row in told[:2]]
    for rows in (
        Subject.objects.filter(entry__among=wanted),
        Subject.objects.filter(subject__among=wanted),
    ):
        assert set(rows.values_list("entry", flat=True)) == set(wanted)
    assert not Entry.objects.filter(pk__among=[]).exists()
