"""`lianfang serve`: the web and the clock, kept alive together."""

import argparse
import http.client
import logging
import os
import resource
import shutil
import socket
import sys
import time
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext as _

from lianfang.config import holding
from lianfang.config.commands import database, examining
from lianfang.config.commands.findings import State
from lianfang.config.commands.output import DONE, FAILED, note, say, wrong
from lianfang.config.supervising import Supervisor

LOG = logging.getLogger(__name__)
PORTS = range(1, 65536)
#: Browsers keep connections open that ask for nothing; the server counts these too, so that a
#: lower bound would let the next browser wait. The threads bound what is worked on at once.
CONNECTIONS = 4096
FILES = CONNECTIONS * 2
PORT_PATIENCE_SECONDS = 3.0


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("serve", help=_("Serve the screens, the programs and the clock."))
    made.add_argument("--host", default="127.0.0.1", help=_("0.0.0.0 for other machines too"))
    made.add_argument("--port", type=_port, default=8000, metavar="N")
    made.add_argument("--workers", type=_workers, default=0, metavar="N")
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Serve until somebody says stop."""
    sqlite = connection.vendor == "sqlite"
    if sqlite and told.workers > 1:
        return wrong(_("SQLite has one web process; leave --workers out, or use PostgreSQL."))
    database.refuse_newer()
    if database.pending():
        return wrong(_("The database is not up to date; run `lianfang migrate` first."))
    for found in (examining.kept(), examining.keys()):
        if found.state is State.BAD:
            return wrong(f"{found.found} {found.todo}")
    with holding.alone(settings.DATA, "lianfang serve"):
        if not _free_soon(told.host, told.port):
            taken = _("Port %(port)d of %(host)s cannot be had; choose another one with --port.")
            return wrong(taken % {"port": told.port, "host": told.host})
        _look_for_room()
        connections.close_all()
        workers = told.workers or (1 if sqlite else 2)
        return serve(told.host, told.port, workers, _ready)


def serve(host: str, port: int, workers: int, announce: Callable[[str], None]) -> int:
    """Keep web and clock alive; `announce` is told the address once it answers."""
    _allow_files()
    children = [
        ("web", web_words(host, port, workers)),
        ("worker", [sys.executable, "-m", "lianfang", "worker"]),
    ]

    def announced() -> bool:
        if not _answers(host, port):
            return False
        announce(address(host, port))
        return True

    if Supervisor(children, {"POLARS_MAX_THREADS": "1"}, _ended).run(announced):
        note(_("Stopped."))
        return DONE
    return wrong(
        _("It does not stay alive; see what is said above, or run `lianfang doctor`."), FAILED
    )


def web_words(host: str, port: int, workers: int) -> Sequence[str]:
    """Return the command of the web server."""
    options = {
        "interface": "wsgi",
        "http": "1",
        "host": host,
        "port": str(port),
        "workers": str(workers),
        "blocking-threads": str(settings.THREADS),
        "backpressure": str(CONNECTIONS),
        "backlog": "1024",
        "workers-kill-timeout": "10",
        "log-level": "error",
    }
    named = [word for name, value in options.items() for word in (f"--{name}", value)]
    more = ["--no-ws", "--respawn-failed-workers"] if workers > 1 else ["--no-ws"]
    return [sys.executable, "-m", "granian", *named, *more, "lianfang.config.wsgi:application"]


def address(host: str, port: int) -> str:
    """Return the address that a browser opens."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared only
    return settings.PUBLIC_URL or f"http://{shown}:{port}"


def _ready(url: str) -> None:
    say(_("Ready: %(url)s") % {"url": url})


def _ended(name: str, status: int, wait: float) -> None:
    words = _("%(name)s ended (%(status)d) and is started again in %(wait).1f s.")
    note("lianfang: " + words % {"name": name, "status": status, "wait": wait})


def _look_for_room() -> None:
    """Say that nothing can be stored; whoever only reads is served all the same."""
    if shutil.disk_usage(settings.DATA).free < examining.TOO_LITTLE:
        place = {"place": settings.DATA}
        note("lianfang: " + _("The disk of %(place)s is nearly full; make room.") % place)


def _answers(host: str, port: int) -> bool:
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared only
    asked = http.client.HTTPConnection(shown, port, timeout=1)
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _free_soon(host: str, port: int) -> bool:
    """Tell whether a port can be had; one that was killed a moment ago gives it back soon."""
    until = time.monotonic() + PORT_PATIENCE_SECONDS
    while not _free(host, port):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _allow_files() -> None:
    """Raise the bound of open files as far as this user may; every browser costs one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) not in PORTS:
        raise argparse.ArgumentTypeError(_("%(text)s is no port") % {"text": text})
    return int(text)


def _workers(text: str) -> int:
    most = 64
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        sentence = _("%(text)s is no number of processes from 1 to %(most)d")
        raise argparse.ArgumentTypeError(sentence % {"text": text, "most": most})
    return int(text)
