"""Proving that a backup comes back: restored to scratch, brought up to date, opened, certified."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.utils.timezone import localtime

from lianfang.config.backups import noted, scratch
from lianfang.config.backups.manifest import DATABASE
from lianfang.kernel import clock
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

CERTIFICATES = "certificates"
NO_DATABASE = msgid(
    "A backup of PostgreSQL is proved in a database of its own, and this user may not make one "
    "(%(reason)s); give it the right CREATEDB."
)
NOT_PROVED = msgid("The backup does not come back (%(step)s): %(reason)s")
ADDRESS = "DATABASE_URL"
#: What stands on the disk while a backup is proved: it unpacked, put in place, and brought up to
#: date. Backups are hardly smaller than what is in them.
COPIES = 3
PREFIX = "lianfang_prove_"


def prove(source: Path) -> Mapping[str, Any]:
    """Restore a backup beside the installation and use it there; return what was proved.

    Nothing of the installation is touched: another directory, another database, the same keys.
    """
    began = time.monotonic()
    with _scratch(source.stat().st_size) as surroundings:
        steps = {
            "restore": ["lianfang", "restore", str(source.absolute()), "--json"],
            "migrate": ["lianfang", "migrate", "--without-backup"],
            "verify": ["lianfang", "audit", "verify", "--json"],
            "open": ["lianfang.config.commands.opening"],
        }
        said = {step: _run(step, words, surroundings) for step, words in steps.items()}
    restored, verified = json.loads(said["restore"]), json.loads(said["verify"])
    told = {
        "at": localtime(clock.machine()).isoformat(timespec="seconds"),
        "by_version": version("lianfang"),
        "backup": {"file": source.name, "sha256": _digest(source), **restored},
        "trail": {name: verified[name] for name in ("whole", "entries", "seals", "head")},
        "opened": json.loads(said["open"]),
        "seconds": round(time.monotonic() - began, 1),
    }
    told["certificate"] = str(_certified(told))
    noted.note(noted.PROVED, source)
    return told


def _certified(told: Mapping[str, Any]) -> Path:
    folder = settings.DATA / CERTIFICATES
    folder.mkdir(mode=0o700, exist_ok=True)
    file: Path = folder / f"restore-{localtime(clock.machine()):%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def _run(step: str, words: list[str], surroundings: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", *words],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["?"]
        raise Conflict(NOT_PROVED, step=step, reason=said[-1].removeprefix("lianfang: "))
    return done.stdout


@contextmanager
def _scratch(size: int) -> Iterator[dict[str, str]]:
    """Give the surroundings of an empty installation that has this one's keys."""
    with scratch.beside(settings.DATA / DATABASE, COPIES * size) as folder:
        (folder / "keys").symlink_to((settings.DATA / "keys").absolute())
        surroundings = {**os.environ, "LIANFANG_DATA": str(folder), "LIANFANG_LOG_LEVEL": "ERROR"}
        if connection.vendor == "sqlite":
            yield surroundings
            return
        with _database() as address:
            yield surroundings | {ADDRESS: address}


@contextmanager
def _database() -> Iterator[str]:
    """Make a database for a while on the server of this installation's own."""
    name = f"{PREFIX}{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        _sweep(cursor)
        try:
            cursor.execute(f'CREATE DATABASE "{name}"')
        except DatabaseError as no:
            raise Conflict(NO_DATABASE, reason=str(no).strip()) from no
        try:
            yield urlunsplit(urlsplit(os.environ[ADDRESS])._replace(path=f"/{name}"))
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _sweep(cursor: CursorWrapper) -> None:
    """Drop the databases of proofs that were killed: those in which nobody works any more."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname NOT IN "
        "(SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)",
        [PREFIX],
    )
    for (left,) in cursor.fetchall():
        cursor.execute(f'DROP DATABASE IF EXISTS "{left}"')


def _digest(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
