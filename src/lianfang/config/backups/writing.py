"""Writing a backup: database, files and papers into one encrypted file, whole or not at all."""

import hashlib
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lianfang.config.backups import copying, noted, scratch
from lianfang.config.backups.manifest import DATABASE, NAME, Manifest
from lianfang.ground.audit import queries as audit
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.streams import Writer
from lianfang.kernel.texts import msgid

PURPOSE = b"backup"
#: What lies beside the database in the data directory; keys are never among it.
FOLDERS = ("files", "papers", "fonts", "verify")
BLOCK = 1 << 20
BROKE_OFF = msgid(
    "The backup broke off (%(reason)s) and left nothing at %(place)s; make room there, "
    "or name another folder."
)
THERE = msgid("%(place)s is there already; name a new file.")


def write(target: Path) -> Manifest:
    """Write a backup and return what it holds; no file stands under its name until it is whole."""
    if target.exists():
        raise Conflict(THERE, place=target)
    with _told(target), scratch.beside(target, _needed()) as folder:
        fresh, copy = folder / "backup", folder / DATABASE
        seal = audit.head(OPERATOR)
        head = seal.hash if seal else ""
        made_at = clock.machine()
        rows = copying.take(copy)
        with fresh.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            with Writer(file, settings.KEYRING.stream_key) as stream:
                members = _members(stream, copy)
                manifest = Manifest(
                    made_at=made_at.astimezone(UTC).isoformat(timespec="seconds"),
                    vendor=connection.vendor,
                    version=version("lianfang"),
                    head=head,
                    members=members,
                    rows=rows,
                    steps=steps(),
                )
                _add(stream, NAME, manifest.as_bytes())
                stream.write(b"\0" * tarfile.BLOCKSIZE * 2)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(target)
        _settle(target.parent)
    with suppress(OSError):  # the backup stands, though the disk of the data be full
        noted.note(noted.MADE, target)
    return manifest


def steps() -> tuple[str, ...]:
    """Return the migrations that the database has taken."""
    taken = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in taken))


def _members(stream: Writer, copy: Path) -> dict[str, str]:
    """Write the database and every file, and return the SHA-256 of each."""
    found = {DATABASE: _add_file(stream, DATABASE, copy)}
    copy.unlink()
    for name in _files():
        found[name] = _add_file(stream, name, settings.DATA / name)
    return found


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Say in one sentence why a backup broke off; the folder in which it was made is gone then."""
    try:
        yield
    except (OSError, sqlite3.Error) as broken:
        reason = getattr(broken, "strerror", None) or str(broken)
        raise Conflict(BROKE_OFF, place=target.parent, reason=reason) from broken


def _needed() -> int:
    """Return the bytes that a backup takes while it is made: two copies, and files once."""
    files = sum((settings.DATA / name).stat().st_size for name in _files())
    return 2 * copying.size() + files + BLOCK


def _settle(folder: Path) -> None:
    """Put the file's name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files() -> Iterator[str]:
    for folder in FOLDERS:
        for place in sorted((settings.DATA / folder).rglob("*")):
            if place.is_file() and not place.is_symlink() and place.suffix != ".part":
                yield str(place.relative_to(settings.DATA))


def _add_file(stream: Writer, name: str, place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        stream.write(_header(name, size))
        left = size
        while left:
            block = file.read(min(BLOCK, left))
            if not block:
                raise OSError(f"{place} became shorter while it was copied")
            digest.update(block)
            stream.write(block)
            left -= len(block)
    stream.write(_padding(size))
    return digest.hexdigest()


def _add(stream: Writer, name: str, content: bytes) -> None:
    stream.write(_header(name, len(content)))
    stream.write(content)
    stream.write(_padding(len(content)))


def _header(name: str, size: int) -> bytes:
    told = tarfile.TarInfo(name)
    told.size, told.mode = size, 0o600
    return told.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return b"\0" * (-size % tarfile.BLOCKSIZE)
