"""Many new rows of one table at once, for files of tens of thousands of people."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)
#: Values that every column keeps as they are.
PLAIN = frozenset((str, int, bool, type(None)))


def made(model: type[M], told: Mapping[str, object]) -> M:
    """Make a row of what is told by column, as `model(...)` does in three times the time."""
    values = [
        told[name] if name in told else default() if callable(default) else default
        for name, default in _columns(model)
    ]
    return model(*values)


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
    columns = [_values(field, rows, database) for field in table.concrete_fields]
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({places})",  # noqa: S608
            list(zip(*columns, strict=True)),
        )


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, Callable[[], object] | object], ...]:
    """Return the columns of a model, each with the value or the maker of one that is not told."""
    return tuple((field.attname, _default(field)) for field in model._meta.concrete_fields)


def _default(field: "Field[Any, Any]") -> Callable[[], object] | object:
    made_anew = field.has_default() and callable(field.default)
    found: Callable[[], object] | object = field.default if made_anew else field.get_default()
    return found


def _values(
    field: "Field[Any, Any]", rows: Sequence[Model], database: BaseDatabaseWrapper
) -> list[Any]:
    """Return the values of a column as the database takes them; one after itself is made once."""
    values = list(map(attrgetter(field.attname), rows))
    if set(map(type, values)) <= PLAIN:
        return values
    before: Any = None
    prepared: Any = None
    for at, value in enumerate(values):
        if value is not before:
            before, prepared = value, field.get_db_prep_save(value, connection=database)
        values[at] = prepared
    return values
