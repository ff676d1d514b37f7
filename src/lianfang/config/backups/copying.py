"""The database as one file, as it stood at one instant, while everybody goes on working."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

PAGES, PAUSE_SECONDS = 2_000, 0.01
NO_TOOL = msgid("%(tool)s is not on the path; install the client tools of PostgreSQL.")
TOOL_FAILED = msgid("%(tool)s failed: %(reason)s")
NOT_SOUND = msgid("The database is not sound (%(reason)s); restore the last good backup.")
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def take(target: Path) -> Mapping[str, int]:
    """Copy the database into a file and return how many rows each table has in the copy."""
    return _take_sqlite(target) if connection.vendor == "sqlite" else _take_postgres(target)


def put(source: Path) -> None:
    """Put a copy in the place of an empty database."""
    if connection.vendor == "sqlite":
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        for journal in ("-wal", "-shm"):
            place.with_name(place.name + journal).unlink(missing_ok=True)
        shutil.move(source, place)
        return
    words = ["--no-owner", "--single-transaction", "--exit-on-error", "--dbname"]
    run("pg_restore", *words, str(connection.settings_dict["NAME"]), str(source))


def count() -> Mapping[str, int]:
    """Return how many rows each table of the database has."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES[connection.vendor])
        names = sorted(name for (name,) in cursor.fetchall())
        found = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = int(cursor.fetchone()[0])
        return found


def size() -> int:
    """Return how many bytes the database takes."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def used() -> bool:
    """Tell whether the database holds anything that a restore would write over."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES[connection.vendor])
        return cursor.fetchone() is not None


def examine(copy: Path) -> None:
    """Refuse a copy of SQLite's that is not sound."""
    with closing(sqlite3.connect(copy)) as database:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
        strays = database.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or strays:
        raise Conflict(NOT_SOUND, reason=said if said != "ok" else f"foreign key: {strays[0]}")


def run(tool: str, *words: str) -> str:
    """Run one of PostgreSQL's tools against the database of this installation."""
    found = shutil.which(tool)
    if found is None:
        raise Conflict(NO_TOOL, tool=tool)
    done = subprocess.run(  # noqa: S603 - our own words
        [found, *words], env=_surroundings(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip()[-300:] or f"status {done.returncode}"
        raise Conflict(TOOL_FAILED, tool=tool, reason=reason)
    return done.stdout


def _take_sqlite(target: Path) -> Mapping[str, int]:
    """Copy page by page; writers go on, and what they write meanwhile is copied too."""
    place = connection.settings_dict["NAME"]
    with (
        closing(sqlite3.connect(place)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=PAGES, sleep=PAUSE_SECONDS)
    examine(target)
    with closing(sqlite3.connect(target)) as copy:
        names = sorted(name for (name,) in copy.execute(TABLES["sqlite"]))
        return {
            name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in names
        }


def _take_postgres(target: Path) -> Mapping[str, int]:
    """Dump what one snapshot shows, and count in the same snapshot."""
    with _snapshot() as name:
        run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={name}", f"--file={target}")
        return count()


@contextmanager
def _snapshot() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            yield str(cursor.fetchone()[0])
        finally:
            cursor.execute("ROLLBACK")


def _surroundings() -> dict[str, str]:
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    found = {name: str(told[key]) for name, key in names.items() if told[key]}
    return {**os.environ, **found, "PGDATABASE": str(told["NAME"])}
