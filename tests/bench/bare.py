"""What the database can do at all: the same columns, inserted durably by hand."""

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.types.json import Jsonb

from lianfang.people.checkins.models import CheckIn

TABLE = CheckIn._meta.db_table
SAMPLE = 1000


class Bare:
    """A table with the columns of a check-in and a key, in the same database or beside it."""

    def __init__(self) -> None:
        """Take real rows as a sample, and make the table anew."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {TABLE} LIMIT {SAMPLE}")  # noqa: S608 - our own table
            self._columns = [each[0] for each in cursor.description]
            self._sample = cursor.fetchall()
        self._key = self._columns.index("id")
        self._next = 0
        made = _sqlite if connection.vendor == "sqlite" else _postgres
        self._cursor, self._insert = made(self._columns)

    def single(self, seconds: float) -> float:
        """Insert one row a transaction, and return rows a second."""
        began, many = time.perf_counter(), 0
        while (took := time.perf_counter() - began) < seconds:
            self._cursor.execute(self._insert, self._row())
            many += 1
        return many / took

    def batch(self, many: int) -> float:
        """Insert many rows in one transaction, and return the seconds it took."""
        rows = [self._row() for _ in range(many)]
        began = time.perf_counter()
        self._cursor.execute("BEGIN")
        self._cursor.executemany(self._insert, rows)
        self._cursor.execute("COMMIT")
        return time.perf_counter() - began

    def _row(self) -> Sequence[Any]:
        self._next += 1
        row = list(self._sample[self._next % len(self._sample)])
        key = uuid.uuid4()
        row[self._key] = key.hex if connection.vendor == "sqlite" else key
        return row if connection.vendor == "sqlite" else [_plain(each) for each in row]


def measure(seconds: str) -> Mapping[str, float]:
    """Return how many rows a second can be inserted singly."""
    return {"single": median(Bare().single(float(seconds) / 3) for _ in range(3))}


def _sqlite(columns: Sequence[str]) -> tuple[Any, str]:
    database = sqlite3.connect(settings.DATA / "bare.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    return _made(database.execute, columns), _words(columns, "?")


def _postgres(columns: Sequence[str]) -> tuple[Any, str]:
    database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    cursor = database.cursor()
    cursor.execute("DROP TABLE IF EXISTS bare")
    cursor.execute(f"CREATE TABLE bare AS SELECT * FROM {TABLE} WITH NO DATA".encode())  # noqa: S608
    cursor.execute("ALTER TABLE bare ADD PRIMARY KEY (id)")
    return cursor, _words(columns, "%s")


def _made(execute: Callable[[str], Any], columns: Sequence[str]) -> Any:  # noqa: ANN401 - a cursor
    execute("DROP TABLE IF EXISTS bare")
    told = ", ".join(f'"{name}"' + (" PRIMARY KEY" if name == "id" else "") for name in columns)
    return execute(f"CREATE TABLE bare ({told})")


def _words(columns: Sequence[str], mark: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO bare ({names}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608


def _plain(value: object) -> object:
    return Jsonb(value) if isinstance(value, list) else value
