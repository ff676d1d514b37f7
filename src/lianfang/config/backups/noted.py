"""What was last backed up, and which backup was last proved to come back: for doctor and metrics.

It stands in the data directory and not in the database, which a restore makes older.
"""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from lianfang.kernel import clock

FILE = "backups.json"
MADE, PROVED = "made", "proved"


def note(what: str, place: Path) -> None:
    """Note that a backup was made, or proved, just now."""
    told = {**_all(), what: {"at": clock.machine().isoformat(), "file": str(place.absolute())}}
    file = settings.DATA / FILE
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(told, indent=1), encoding="utf-8")
    fresh.replace(file)


def last(what: str) -> tuple[datetime, Path] | None:
    """Return when that was done last, and with which file."""
    told = _all().get(what)
    return (datetime.fromisoformat(told["at"]), Path(told["file"])) if told else None


def _all() -> Mapping[str, Any]:
    try:
        told: Mapping[str, Any] = json.loads((settings.DATA / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return told
