"""Times of a day as they are written in a cell, and the instant that they mean at a place."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo

from lianfang.kernel.identities import BadValue
from lianfang.kernel.spreadsheets.cells import Cell, text_of
from lianfang.kernel.spreadsheets.tables import Row
from lianfang.kernel.texts import msgid

NO_TIME = msgid("This is no time of day; write it as 8:30.")
#: 8:30, 08：30, 8.30, 8点30分, 8点半, 0830, 08:30:00.
CLOCK = re.compile(r"(\d{1,2})(?:[:点时](\d{1,2})?分?(?::\d{1,2})?|\.(\d{2})(?:\.\d{2})?|(\d{2}))")
HALF = "半"
DAY = timedelta(days=1)
MINUTES = 24 * 60
#: A number in a cell that shows times is a moment of the year in which Excel's days begin.
EXCEL_BEGINS = 1900


def clock_time(cell: Cell, _row: Row) -> time:
    """Take a time of day: a time of Excel, a part of a day, or as people write it."""
    if isinstance(cell, datetime) and cell.year > EXCEL_BEGINS:
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * MINUTES) % MINUTES
        return time(minutes // 60, minutes % 60)
    if isinstance(cell, datetime | float):  # of 8.30 a spreadsheet makes 8.3: no longer a time
        raise BadValue("bad_time", NO_TIME)
    told = unicodedata.normalize("NFKC", text_of(cell)).replace(HALF, "30").replace(" ", "")
    found = CLOCK.fullmatch(told)
    if found is None:
        raise BadValue("bad_time", NO_TIME)
    hour, minute = int(found[1]), int(found[2] or found[3] or found[4] or 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise BadValue("bad_time", NO_TIME) from None


def instant(day: date, at: time, zone: tzinfo, starts: time = time.min) -> datetime:
    """Return the instant that a time of day means on the operating day of a place.

    The day of a night market begins at its own hour: what lies before it falls on the next date.
    """
    return datetime.combine(day if at >= starts else day + DAY, at, zone)
