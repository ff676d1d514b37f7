"""Many more people like the ones that came through the door, made by the database itself."""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Exposure, Membership, Movement, Person
from lianfang.people.screening.models import Decision

#: The first digits of a key are the days since 1970 and the same for all; a round has its own.
ROUND_DIGITS = 4
OF_A_PERSON = (Membership, Movement, Exposure, CheckIn, Decision)
#: What must differ from one person to the next; everything else is copied.
DIFFERS = {
    "person_no": "person_no || '-{round}'",
    "document_index": "randomblob(16)",
    "phone_index": "randomblob(16)",
    "replaces_id": "NULL",
}


def multiply(wanted: str) -> Mapping[str, int]:
    """Copy people with all that is known of them until there are so many (on SQLite)."""
    people, many, round_ = Person._meta.db_table, Person.objects.count(), 0
    first = many
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE first AS SELECT id FROM {people}")  # noqa: S608
        while many < int(wanted):
            round_ += 1
            more = min(first, int(wanted) - many)
            for model in (Person, *OF_A_PERSON):
                cursor.execute(_copy(model, round_, more))
            many += more
    return {"people": many}


def _copy(model: type[Model], round_: int, more: int) -> str:
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields]
    key = "id" if model is Person else "person_id"
    told = ", ".join(_told(column, round_) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    chosen = f"{key} IN (SELECT id FROM temp.first LIMIT {more})"  # noqa: S608
    return f"INSERT INTO {table} ({names}) SELECT {told} FROM {table} WHERE {chosen}"  # noqa: S608


def _told(column: str, round_: int) -> str:
    if column in {"id", "person_id"}:
        return f"'{round_:0{ROUND_DIGITS}x}' || substr({column}, {ROUND_DIGITS + 1})"
    return DIFFERS.get(column, f'"{column}"').format(round=round_)
