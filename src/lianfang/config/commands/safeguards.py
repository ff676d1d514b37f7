"""What keeps an installation safe over the years: backups, a true clock, second steps, fonts."""

import ctypes
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lianfang.config.backups import noted
from lianfang.config.commands.findings import Finding, State
from lianfang.ground.doors.visible import visible
from lianfang.ground.notices.models import Outbox
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services.factors import has_factor
from lianfang.ground.papers import faces as papers
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

#: A night's backup is late after a day and a half; what was not proved for a week is red.
NIGHTLY, WEEKLY = timedelta(hours=36), timedelta(days=7)
ASKEW = timedelta(minutes=1)
NOT_SYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)
TIMEX_BYTES = 512
PROVE = "`lianfang restore --prove FILE`"


def backed_up() -> Finding:
    """Look when the last backup was made."""
    todo = _("Let a timer run `lianfang backup FOLDER` every night (docs/operating.md).")
    if settings.DEMO:
        return Finding("backup", State.GOOD, _("A rehearsal needs no backup."))
    last = noted.last(noted.MADE)
    if last is None:
        return Finding("backup", _since_founded(), _("No backup was made yet."), todo)
    words = _("The last backup was made at %(at)s: %(file)s") % _told(last)
    return Finding("backup", _aged(last[0]), words, "" if _aged(last[0]) is State.GOOD else todo)


def proved() -> Finding:
    """Look when a backup was last proved to come back."""
    todo = _("Run %(command)s once a week.") % {"command": PROVE}
    if settings.DEMO:
        return Finding("proved", State.GOOD, _("A rehearsal needs no restore."))
    last = noted.last(noted.PROVED)
    if last is None:
        return Finding("proved", _since_founded(), _("No backup was proved to come back."), todo)
    words = _("A backup was last proved to come back at %(at)s.") % _told(last)
    late = clock.machine() - last[0] > WEEKLY
    return Finding("proved", State.BAD if late else State.GOOD, words, todo if late else "")


def _told(last: tuple[datetime, Path]) -> dict[str, object]:
    return {"at": f"{localtime(last[0]):%Y-%m-%d %H:%M}", "file": last[1]}


def _aged(at: datetime) -> State:
    age = clock.machine() - at
    return State.GOOD if age <= NIGHTLY else State.WARN if age <= WEEKLY else State.BAD


def _since_founded() -> State:
    """Be patient with a new installation for a week: its keys tell when it was founded."""
    key = settings.DATA / "keys" / "installation.key"
    if not key.exists():
        return State.WARN
    age = clock.machine().timestamp() - key.stat().st_mtime
    return State.BAD if age > WEEKLY.total_seconds() else State.WARN


def kept_in_time() -> Finding:
    """Ask the kernel whether something keeps the machine's clock right."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
    except (AttributeError, OSError):
        state = -1
    if state < 0:  # another system, or a service that may not ask
        return Finding("ntp", State.GOOD, _("This system does not say what keeps its clock right."))
    if state == NOT_SYNCHRONISED:
        text = _("Nothing keeps the machine's clock right.")
        todo = _("Install chrony or systemd-timesyncd; `timedatectl` shows it.")
        return Finding("ntp", State.WARN, text, todo)
    return Finding("ntp", State.GOOD, _("The machine's clock is kept right."))


def agrees() -> Finding:
    """Compare the machine's clock with that of a database elsewhere."""
    if connection.vendor == "sqlite":
        return Finding("agrees", State.GOOD, _("Database and machine share one clock."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(clock.machine() - cursor.fetchone()[0])
    if apart <= ASKEW:
        return Finding("agrees", State.GOOD, _("The clocks of machine and database agree."))
    text = _("The clocks of machine and database are %(seconds)d s apart.")
    told = {"seconds": apart.total_seconds()}
    return Finding("agrees", State.BAD, text % told, _("Set the machine's clock right (NTP)."))


def faces() -> Finding:
    """Look for the faces in which papers are set: own ones, damaged ones, stand-ins."""
    own = settings.DATA / "fonts"
    try:
        found = papers.faces(own)
    except papers.NoFaces:
        text = _("There are no fonts: PDF and pictures cannot be made.")
        todo = _("Run `make build`, or install a released wheel.")
        return Finding("fonts", State.BAD, text, todo)
    if found.damaged:
        text = _("Font files that cannot be read: %(names)s.") % {"names": ", ".join(found.damaged)}
        todo = _("Copy them once more to %(place)s.") % {"place": own}
        return Finding("fonts", State.WARN, text, todo)
    licensed = sum(1 for each in found.chosen.values() if each.own)
    if not licensed:
        text = _("Papers are set in free faces; licensed ones go to %(place)s.")
        return Finding("fonts", State.GOOD, text % {"place": own})
    text = _("%(n)d of %(all)d parts of papers are set in font files of your own.")
    return Finding("fonts", State.GOOD, text % {"n": licensed, "all": len(found.chosen)})


def proxies() -> Finding:
    """Look whether a proxy is counted where one is needed."""
    if settings.HTTPS and not settings.PROXIES:
        text = _("No proxy is counted: every address is the proxy's, and locks hit everybody.")
        todo = _("Set LIANFANG_PROXIES to the number of your own proxies in front.")
        return Finding("proxies", State.BAD, text, todo)
    text = _("%(n)d proxies of your own stand in front.") % {"n": settings.PROXIES}
    return Finding("proxies", State.GOOD, text)


def filing() -> Finding:
    """Look for the filing number that a public site in China shows in its foot."""
    if settings.ICP or not settings.HTTPS:
        return Finding("icp", State.GOOD, settings.ICP or _("No filing number is needed here."))
    text = _("No filing number (ICP) stands in the foot.")
    todo = _("Set LIANFANG_ICP, if phones reach this from outside (docs/phones.md).")
    return Finding("icp", State.WARN, text, todo)


def told() -> Finding:
    """Look whether notices go out."""
    waiting = visible(Outbox, OPERATOR, "notices.read").filter(sent_at=None)
    trouble = waiting.exclude(problem="").count()
    if trouble:
        text = _("%(n)d notices could not be sent yet.") % {"n": trouble}
        return Finding("notices", State.WARN, text, _("See the log of the worker."))
    return Finding("notices", State.GOOD, _("No notice is stuck."))


def second_steps() -> Finding:
    """Look whether everybody who administers signs in with a second step."""
    if not settings.SECOND_STEP:
        return Finding("second_step", State.GOOD, _("A rehearsal is entered without one."))
    held = orgs.holders(OPERATOR, Role.ADMINISTRATOR).select_related("user")
    without = sorted({post.user.username for post in held if not has_factor(post.user)})
    if without:
        text = _("Administrators without a second step: %(names)s") % {"names": ", ".join(without)}
        todo = _("They set it up under their name, at the next sign-in.")
        return Finding("second_step", State.WARN, text, todo)
    return Finding("second_step", State.GOOD, _("Administrators sign in with a second step."))
