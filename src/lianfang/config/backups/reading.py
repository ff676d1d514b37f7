"""Reading a backup: proved in a scratch folder first, then put in place where nothing stands."""

import hashlib
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lianfang.config.backups import copying, manifest, scratch
from lianfang.config.backups.manifest import DATABASE, Manifest
from lianfang.config.backups.writing import FOLDERS
from lianfang.ground.audit import queries as audit
from lianfang.ground.audit.rules.chain import Verdict
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.streams import Damaged, Reader
from lianfang.kernel.texts import msgid

DAMAGED = msgid(
    "%(place)s is no backup of this installation, or it is damaged or was cut off; "
    "nothing was restored. Take another one, or put the right keys in place first."
)
OTHER_DATABASE = msgid(
    "%(place)s was made of %(made)s and this installation is on %(here)s; "
    "set DATABASE_URL accordingly."
)
USED = msgid(
    "There is something in this installation already; a backup is restored into an empty one. "
    "Set LIANFANG_DATA and DATABASE_URL to a new place."
)
NEWER = msgid(
    "%(place)s was made by a newer version (%(version)s); install that one or a later one first."
)
ROWS_DIFFER = msgid(
    "The table %(table)s has %(found)d rows and not %(told)d; do not use this copy."
)


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup whose every byte was proved, unpacked in a scratch folder."""

    folder: Path
    manifest: Manifest


def prove(source: Path) -> Manifest:
    """Read a backup to its end and prove all of it; nothing is put in place."""
    with _unpacked(source) as proved:
        _examine(proved)
        return proved.manifest


def restore(source: Path) -> tuple[Manifest, Verdict]:
    """Put a backup in the place of an empty installation, and verify the trail in it."""
    if copying.used() or any((settings.DATA / folder).exists() for folder in FOLDERS):
        raise Conflict(USED)
    with _unpacked(source) as proved:
        told = proved.manifest
        if told.vendor != connection.vendor:
            raise Conflict(OTHER_DATABASE, place=source, made=told.vendor, here=connection.vendor)
        if _unknown(told):
            raise Conflict(NEWER, place=source, version=told.version)
        _examine(proved)
        copying.put(proved.folder / DATABASE)  # first: where it fails, nothing else was put
        for folder in FOLDERS:
            if (proved.folder / folder).exists():
                shutil.move(proved.folder / folder, settings.DATA / folder)
    _compare(told)
    return told, audit.verify(OPERATOR, told.head)


@contextmanager
def _unpacked(source: Path) -> Iterator[Proved]:
    with (
        source.open("rb") as file,
        scratch.beside(settings.DATA / DATABASE, source.stat().st_size) as folder,
    ):
        try:
            yield Proved(folder, _unpack(file, folder))
        except (Damaged, tarfile.TarError, KeyError, ValueError, TypeError) as wrong:
            raise Conflict(DAMAGED, place=source) from wrong


def _unpack(file: BinaryIO, folder: Path) -> Manifest:
    """Write out every member under its name and compare all of them with the manifest."""
    stream = Reader(file, settings.KEYRING.stream_key)
    found: dict[str, str] = {}
    told: Manifest | None = None
    with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|", bufsize=1 << 20) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                raise Damaged
            if member.name == manifest.NAME:
                told = manifest.read(content.read())
            else:
                found[member.name] = _write(cast("BinaryIO", content), _place(folder, member.name))
    stream.read()
    if told is None or found != told.members:
        raise Damaged
    return told


def _place(folder: Path, name: str) -> Path:
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise Damaged
    return place


def _write(content: BinaryIO, place: Path) -> str:
    digest = hashlib.sha256()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("wb") as file:
        while block := content.read(1 << 20):
            digest.update(block)
            file.write(block)
    place.chmod(0o600)
    return digest.hexdigest()


def _examine(proved: Proved) -> None:
    copy = proved.folder / DATABASE
    if proved.manifest.vendor == "sqlite":
        copying.examine(copy)
    else:
        copying.run("pg_restore", "--list", str(copy))


def _unknown(told: Manifest) -> set[str]:
    """Return the steps that the backup's database had taken and this version does not know."""
    known = MigrationLoader(None).disk_migrations
    return set(told.steps) - {f"{app}.{name}" for app, name in known}


def _compare(told: Manifest) -> None:
    found = copying.count()
    for table, rows in told.rows.items():
        if found.get(table, 0) != rows:
            raise Conflict(ROWS_DIFFER, table=table, found=found.get(table, 0), told=rows)
