"""What the doctor looks at, one question each."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.config.commands import database, safeguards
from lianfang.config.commands.findings import Finding, State
from lianfang.ground.audit import queries as audit
from lianfang.ground.doors import triggers
from lianfang.ground.loops.queries.pulse import last_tick
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as responses
from lianfang.ground.web.requests import sentence
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.sealed import INSTALLATION

SOUND_SQLITE = (3, 51, 3)
GIGABYTE = 1 << 30
LITTLE, TOO_LITTLE = 2 * GIGABYTE, GIGABYTE // 5
OTHERS = 0o077
AHEAD = timedelta(minutes=5)
FULL_SYNC = 2


def examine() -> Sequence[Finding]:
    """Look at everything; what stands in the database is left out while it cannot be asked."""
    found = [look() for look in OUTSIDE]
    reached = _reached()
    found.append(reached)
    if reached.state is not State.BAD:
        found += [look() for look in INSIDE]
    return found


def _reached() -> Finding:
    try:
        database.refuse_newer()
        waiting = database.pending()
    except DatabaseError as broken:
        text = _("The database does not answer: %(reason)s") % {"reason": str(broken).strip()}
        return Finding("database", State.BAD, text, _("See DATABASE_URL and the data directory."))
    except Conflict as newer:
        return Finding("database", State.BAD, sentence(newer), _("See `pip show lianfang`."))
    if waiting:
        text = _("The database is %(n)d steps behind.") % {"n": len(waiting)}
        return Finding("database", State.BAD, text, _("Run `lianfang migrate`."))
    name = connection.display_name
    return Finding("database", State.GOOD, _("%(name)s is up to date.") % {"name": name})


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if connection.vendor != "sqlite":
        return Finding("sqlite", State.GOOD, _("SQLite is not used."))
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        text = _("SQLite %(version)s has a fault that can damage a database (WAL reset).")
        todo = _("Keep backups; use SQLite 3.51.3 or newer, or PostgreSQL for a larger group.")
        return Finding("sqlite", State.WARN, text % {"version": version}, todo)
    return Finding("sqlite", State.GOOD, _("SQLite %(version)s.") % {"version": version})


def _durable() -> Finding:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            safe = cursor.fetchone()[0] not in {"off", "local"}
    else:
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            sync = cursor.execute("PRAGMA synchronous").fetchone()[0]
            safe = (mode, sync) == ("wal", FULL_SYNC)
    if safe:
        return Finding("durable", State.GOOD, _("What is acknowledged is on the disk."))
    todo = _("Set synchronous_commit=on; on SQLite, WAL and synchronous=FULL.")
    text = _("What is acknowledged may be lost when the power fails.")
    return Finding("durable", State.BAD, text, todo)


def kept() -> Finding:
    """Look whether what is never changed cannot be changed."""
    lost = triggers.lost()
    if lost:
        text = _("%(n)d triggers that keep tables append-only are missing: %(names)s.")
        told = {"n": len(lost), "names": ", ".join(sorted({each.table for each in lost}))}
        return Finding("kept", State.BAD, text % told, _("Run `lianfang migrate`."))
    return Finding("kept", State.GOOD, _("The trail and the facts cannot be changed."))


def keys() -> Finding:
    """Look for the keys: without them a new one would be made, and nothing old could be read."""
    folder: Path = settings.DATA / "keys"
    if not (folder / f"{INSTALLATION}.key").exists():
        if audit.begun(OPERATOR):
            text = _("The key of the installation is missing: sealed data cannot be read.")
            todo = _("Put the folder %(place)s back from its own backup.") % {"place": folder}
            return Finding("keys", State.BAD, text, todo)
        return Finding("keys", State.GOOD, _("Keys are made when the first one is needed."))
    loose = [file for file in folder.iterdir() if file.stat().st_mode & OTHERS]
    if loose or folder.stat().st_mode & OTHERS:
        text = _("Other users of this machine can read the keys.")
        todo = _("Run `chmod -R go= %(place)s`.") % {"place": folder}
        return Finding("keys", State.BAD, text, todo)
    text = _("The keys are there; keep a backup of %(place)s apart from the data.")
    return Finding("keys", State.GOOD, text % {"place": folder})


def _room() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    told = {"free": f"{free / GIGABYTE:.1f}", "place": settings.DATA}
    text = _("%(free)s GB are free at %(place)s.") % told
    state = State.GOOD if free >= LITTLE else State.WARN if free >= TOO_LITTLE else State.BAD
    todo = "" if state is State.GOOD else _("Make room before nothing can be stored any more.")
    return Finding("room", state, text, todo)


def _clock() -> Finding:
    now = clock.machine()
    shown = f"{localtime(now):%Y-%m-%d %H:%M:%S %Z}"
    last = last_tick(OPERATOR)
    if last is not None and last.machine_at > now + AHEAD:
        text = _("The machine's clock (%(now)s) stands before the last tick.") % {"now": shown}
        return Finding("clock", State.BAD, text, _("Set the machine's clock right (NTP)."))
    return Finding("clock", State.GOOD, _("The machine's clock: %(now)s.") % {"now": shown})


def _ticking() -> Finding:
    last = last_tick(OPERATOR)
    todo = _("Start `lianfang serve`, or `lianfang worker` beside it.")
    if last is None:
        return Finding("tick", State.WARN, _("The clock of the house has never ticked."), todo)
    at = f"{localtime(last.machine_at):%Y-%m-%d %H:%M:%S}"
    if last.dead:
        text = _("The last tick was at %(at)s: reminders are late.") % {"at": at}
        return Finding("tick", State.BAD, text, todo)
    if last.failed:
        text = _("At the last tick, %(at)s, these jobs failed: %(jobs)s")
        told = {"at": at, "jobs": ", ".join(last.failed)}
        return Finding("tick", State.BAD, text % told, _("See the log of the worker."))
    return Finding("tick", State.GOOD, _("The last tick was at %(at)s.") % {"at": at})


def _assets() -> Finding:
    if (settings.DIST / "manifest.json").exists():
        return Finding("assets", State.GOOD, _("Styles and scripts are built."))
    text = _("Styles and scripts are not built: the screens stay empty.")
    return Finding("assets", State.BAD, text, _("Run `make build`, or install a released wheel."))


def _words() -> Finding:
    places = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    missing = [
        place.parent.name
        for place in places
        if place.is_dir() and "lianfang" in place.parts and not list(place.rglob("*.mo"))
    ]
    if not missing:
        return Finding("words", State.GOOD, _("The Chinese words are compiled."))
    text = _("Chinese words are not compiled: %(apps)s") % {"apps": ", ".join(missing)}
    return Finding("words", State.BAD, text, _("Run `make build`, or install a released wheel."))


def _address() -> Finding:
    if settings.HTTPS:
        return Finding("address", State.GOOD, settings.PUBLIC_URL)
    text = _("Passwords travel unprotected: the public address is not an https address.")
    todo = _("Put a proxy with a certificate in front and set LIANFANG_PUBLIC_URL=https://….")
    return Finding("address", State.WARN, text, todo)


def _languages() -> Finding:
    codes = [code for code, _name in settings.LANGUAGES]
    if settings.LANGUAGE_CODE in codes:
        text = _("The language is %(code)s where nobody chose another.")
        return Finding("language", State.GOOD, text % {"code": settings.LANGUAGE_CODE})
    text = _("The language %(code)s is not there.") % {"code": settings.LANGUAGE_CODE}
    todo = _("Set LIANFANG_LANGUAGE to one of %(codes)s.") % {"codes": ", ".join(codes)}
    return Finding("language", State.BAD, text, todo)


def _people() -> Finding:
    if not orgs.holders(OPERATOR, Role.ADMINISTRATOR).exists():
        text = _("There is no administrator yet.")
        return Finding("setup", State.WARN, text, _("Run `lianfang setup`."))
    if responses.current(OPERATOR) is None:
        text = _("No response is in force: nothing is owed and nothing reminded.")
        todo = _("Begin one on the screen, or with `lianfang setup --pack CODE --since DAY`.")
        return Finding("setup", State.WARN, text, todo)
    return Finding("setup", State.GOOD, _("Group, administrator and response are there."))


Look = Callable[[], Finding]
OUTSIDE: Sequence[Look] = (
    _sqlite,
    _room,
    _assets,
    _words,
    safeguards.faces,
    _address,
    safeguards.proxies,
    safeguards.filing,
    _languages,
    safeguards.kept_in_time,
    safeguards.backed_up,
    safeguards.proved,
)
INSIDE: Sequence[Look] = (
    _durable,
    kept,
    keys,
    _clock,
    safeguards.agrees,
    _ticking,
    safeguards.told,
    _people,
    safeguards.second_steps,
)
