"""What broke, in one sentence that says what to do: no command ends in a traceback."""

import errno
import logging
import shutil
from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from lianfang.ground.web.requests import sentence
from lianfang.kernel.refusals import BadInput, NotAllowed, Refused
from lianfang.kernel.sealed import KeyMissing, Tampered
from lianfang.kernel.texts import msgid

LOG = logging.getLogger(__name__)
WRONG, FAILED = 2, 1
IN_USE = msgid(
    "The database is in use by another process and did not become free; "
    "try again, or stop the process that holds it."
)
READ_ONLY = msgid("The database cannot be written; give this user the right to %(place)s.")
FULL = msgid("The disk is full; make room at %(place)s and try again.")
NOT_THERE = msgid(
    "The database at %(place)s cannot be opened; see that its folder is there "
    "and that this user may write in it."
)
BROKEN_DISK = msgid("The disk at %(place)s cannot be read or written; see whether it is sound.")
NOT_UP_TO_DATE = msgid("The database is not up to date; run `lianfang migrate` first.")
BROKEN_FILE = msgid("%(place)s is no sound database; restore the last backup.")
OUT_OF_REACH = msgid("The database cannot be reached: %(reason)s; see DATABASE_URL.")
NO_RIGHT = msgid("%(place)s cannot be read or written; give this user the right to it.")
NO_FILE = msgid("There is no file %(place)s.")
KEY_GONE = msgid("The key %(key)s is missing from %(place)s; put it back from its own backup.")
CHANGED = msgid("A sealed value was changed or stands in another row: %(place)s.")
UNKNOWN = msgid("Something went wrong (%(kind)s); set LIANFANG_LOG_LEVEL=DEBUG to see where.")

#: What SQLite and the system's own words mean.
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "locked": IN_USE,
        "readonly": READ_ONLY,
        "read-only": READ_ONLY,
        "disk is full": FULL,
        "no space left": FULL,
        "unable to open": NOT_THERE,
        "no such table": NOT_UP_TO_DATE,
        "no such column": NOT_UP_TO_DATE,
        "malformed": BROKEN_FILE,
        "not a database": BROKEN_FILE,
    }
)
ERRORS: Mapping[int | None, str] = MappingProxyType(
    {
        errno.ENOSPC: FULL,
        errno.EDQUOT: FULL,
        errno.EACCES: NO_RIGHT,
        errno.EPERM: NO_RIGHT,
        errno.EROFS: NO_RIGHT,
        errno.ENOENT: NO_FILE,
    }
)


DISK_ERROR, LEAST_ROOM = "disk i/o error", 1 << 20


def told(broken: Exception) -> tuple[int, str]:
    """Return the status to leave with and the sentence to say."""
    if isinstance(broken, Refused):
        status = WRONG if isinstance(broken, BadInput | NotAllowed) else FAILED
        return status, sentence(broken)
    if isinstance(broken, ImproperlyConfigured):
        return WRONG, str(broken)
    LOG.debug("the command failed", exc_info=broken)
    return FAILED, _sentence(broken)


def _sentence(broken: Exception) -> str:
    if isinstance(broken, KeyMissing):
        return _(KEY_GONE) % {"key": broken, "place": settings.DATA / "keys"}
    if isinstance(broken, Tampered):
        return _(CHANGED) % {"place": broken}
    if isinstance(broken, DatabaseError | InterfaceError):
        return _database(broken)
    if isinstance(broken, OSError) and broken.errno in ERRORS:
        return _(ERRORS[broken.errno]) % {"place": broken.filename or settings.DATA}
    return _(UNKNOWN) % {"kind": type(broken).__name__}


def _database(broken: Exception) -> str:
    text = str(broken).lower()
    place = connection.settings_dict["NAME"]
    if DISK_ERROR in text:
        return _(BROKEN_DISK if _room() else FULL) % {"place": place}
    for sign, words in SIGNS.items():
        if sign in text:
            return _(words) % {"place": place}
    if isinstance(broken, ProgrammingError):
        return _(NOT_UP_TO_DATE)
    if isinstance(broken, OperationalError) and connection.vendor == "postgresql":
        return _(OUT_OF_REACH) % {"reason": str(broken).strip().splitlines()[0]}
    return _(UNKNOWN) % {"kind": type(broken).__name__}


def _room() -> bool:
    """Tell whether there is room on the disk; SQLite says of a full one only that it failed."""
    return shutil.disk_usage(settings.DATA).free > LEAST_ROOM
