"""What a backup says of itself: the last thing in it, proved before anything is put in place."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

NAME, FORMAT = "manifest.json", 1
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Manifest:
    """When it was made of what, and how it is known again.

    `members` are SHA-256 by name, `rows` are counts by table, `steps` the migrations that the
    database had taken, `head` the trail's last seal when the copying began.
    """

    made_at: str
    vendor: str
    version: str
    head: str
    members: Mapping[str, str]
    rows: Mapping[str, int]
    steps: tuple[str, ...]
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        """Return it as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> Manifest:
    """Return a manifest as it was written."""
    told: dict[str, Any] = json.loads(content)
    told["steps"] = tuple(told["steps"])
    return Manifest(**told)
