"""Between which days anything can be asked or told: others are slips, or tries."""

from datetime import date

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def sane(day: date) -> date:
    """Return a day that can be meant; a ValueError says that this one cannot."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} lies outside {FIRST_DAY} to {LAST_DAY}")
    return day
