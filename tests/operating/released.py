"""The databases that each release left: laid out as an installation, and what was told of them."""

import json
import lzma
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests import postgres
from tests.place import Place

RELEASES = Path(__file__).parent / "releases"


@dataclass(frozen=True)
class Release:
    """One release's installation on one kind of database."""

    version: str
    kind: str

    @property
    def _folder(self) -> Path:
        return RELEASES / self.version / self.kind

    @cached_property
    def told(self) -> Any:  # noqa: ANN401 - what the release itself answered
        """Return what the release told of its own database."""
        return json.loads(lzma.decompress((self._folder / "told.json.xz").read_bytes()))

    def laid_out(self, data: Path, database: str = "") -> Place:
        """Lay it out in a directory, and on an empty database of PostgreSQL's where it is one."""
        data.mkdir(parents=True, exist_ok=True)
        for name in ("keys", "files"):
            shutil.copytree(self._folder / name, data / name)
        for key in (data / "keys").iterdir():
            key.chmod(0o400)
        content = lzma.decompress((self._folder / "database.xz").read_bytes())
        if self.kind == "sqlite":
            (data / "lianfang.sqlite3").write_bytes(content)
            return Place(data)
        dump = data / "dump"
        dump.write_bytes(content)
        words = [str(postgres.tools() / "pg_restore"), "--no-owner", f"--dbname={database}"]
        subprocess.run([*words, str(dump)], check=True)
        dump.unlink()
        return Place(data, database)


def versions() -> list[str]:
    """Return the releases of which a database is kept, the oldest first."""
    return sorted(folder.name for folder in RELEASES.iterdir() if folder.is_dir())


def kind() -> str:
    """Return which database this run is about."""
    return "postgres" if os.environ.get("DATABASE_URL") else "sqlite"


def empty_database() -> str:
    """Make an empty database beside the one of this run; nothing on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    return postgres.another(server)
