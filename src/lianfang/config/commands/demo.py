"""`lianfang demo`: a fictional group to walk about in, loaded once, served until stopped."""

import argparse
import sys
import time
import webbrowser
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from lianfang.config.commands import database, serve
from lianfang.drills.demo import services
from lianfang.kernel import clock


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    demo = words.add_parser("demo", help=_("Load a fictional group and walk about in it."))
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-browser", action="store_true")
    demo.add_argument("--reset", action="store_true", help=_("Begin again from the start."))
    demo.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Load the demo unless it is there, put its clock to where it stood, and serve it."""
    if told.reset or not services.loaded():
        load_anew()
    else:
        database.upgrade(without_backup=True)  # of a rehearsal; --reset makes it anew
    services.resume()
    address = f"http://127.0.0.1:{told.port}/"
    sys.stdout.write(_("The demo is at %(address)s (stop it with Ctrl-C).") % {"address": address})
    sys.stdout.write("\n")
    sys.stdout.flush()
    if not told.no_browser and sys.stdout.isatty():
        webbrowser.open(address)
    return serve.run(argparse.Namespace(host="127.0.0.1", port=told.port, workers=1))


def load_anew() -> None:
    """Empty the demo's data directory and load it, saying how far it is."""
    begin = time.monotonic()
    connections.close_all()
    for name in ("lianfang.sqlite3", "lianfang.sqlite3-wal", "lianfang.sqlite3-shm"):
        (Path(settings.DATA) / name).unlink(missing_ok=True)
    settings.CLOCK_FILE.unlink(missing_ok=True)
    clock.follow(settings.CLOCK_FILE)
    database.migrate()

    def say(text: str) -> None:
        sys.stdout.write(f"  {time.monotonic() - begin:5.1f} s  {text}\n")
        sys.stdout.flush()

    sys.stdout.write(_("Loading the demo; this happens once.") + "\n")
    services.load(say)
    say(_("loaded"))
