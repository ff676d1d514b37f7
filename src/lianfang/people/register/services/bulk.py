"""Many new rows of one table at once, for files of tens of thousands of people."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

#: Values that every column keeps as they are.
PLAIN = (str, int, bool, type(None))


def insert(rows: Sequence[Model]) -> None:
    """Insert rows by one statement that is prepared once.

    `bulk_create` writes the text of its statement anew for every handful of rows, which is most
    of the time that a large file takes.
    """
    if not rows:
        return
    database, table = connections[DEFAULT_DB_ALIAS], type(rows[0])._meta
    quote = database.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in table.concrete_fields)
    places = ", ".join(["%s"] * len(table.concrete_fields))
    columns = [_column(field, rows, database) for field in table.concrete_fields]
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({places})",  # noqa: S608
            list(zip(*columns, strict=True)),
        )


def _column(
    field: "Field[Any, Any]", rows: Sequence[Model], database: BaseDatabaseWrapper
) -> list[Any]:
    """Return the values of one column as the database takes them; a value twice is made once."""
    found: list[Any] = []
    before: Any = None
    made: Any = None
    for row in rows:
        value = getattr(row, field.attname)
        if type(value) not in PLAIN:
            if value is not before:
                before, made = value, field.get_db_prep_save(value, connection=database)
            value = made
        found.append(value)
    return found
