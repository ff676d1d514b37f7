"""Numbers, times and distances in the words that a screen prints."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from lianfang.ground.web import lunar

Number = int | float | Decimal
HOUR, DAY = 60, 1440


def counted(value: Number | None) -> str:
    """Write a number with its thousands set apart and no empty decimals; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,.2f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def clocktime(moment: datetime) -> str:
    """Write the time of day, 16:20."""
    return localtime(moment).strftime("%H:%M")


def stamp(moment: datetime) -> str:
    """Write day and time as records do, 1-31 15:20."""
    here = localtime(moment)
    return f"{here.month}-{here.day} {here:%H:%M}"


def short_day(day: date) -> str:
    """Write month and day, 1 月 31 日 or 31 Jan."""
    if chinese():
        return f"{day.month} 月 {day.day} 日"
    return f"{day.day} {day:%b}"


def long_day(day: date) -> str:
    """Write year, month and day, 2020 年 1 月 31 日 or 31 Jan 2020."""
    if chinese():
        return f"{day.year} 年 {short_day(day)}"
    return f"{short_day(day)} {day.year}"


def weekday(day: date) -> str:
    """Write the day of the week, 周五 or Fri."""
    if chinese():
        return "周" + "一二三四五六日"[day.weekday()]
    return str(WEEKDAYS_ABBR[day.weekday()])


def lunar_day(day: date) -> str:
    """Write the lunar day for who reads Chinese, 正月初七."""
    return lunar.name(day) if chinese() else ""


def distance(gap: timedelta) -> str:
    """Write how long something is, in the two largest units: 2 hours 20 min."""
    minutes = int(abs(gap).total_seconds() // 60)
    days, hours, rest = minutes // DAY, minutes % DAY // HOUR, minutes % HOUR
    parts = []
    if days:
        parts.append(ngettext("%(n)d day", "%(n)d days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not parts:
        parts.append(gettext("%(n)d min") % {"n": rest})
    return " ".join(parts[:2])


def left(due: datetime, now: datetime) -> str:
    """Write how far a due time lies ahead or behind: 39 min left, 20 min late."""
    gap = due - now
    if gap >= timedelta(0):
        return gettext("%(time)s left") % {"time": distance(gap)}
    return gettext("%(time)s late") % {"time": distance(gap)}


def chinese() -> bool:
    """Tell whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")
