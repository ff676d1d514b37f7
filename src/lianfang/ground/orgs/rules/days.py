"""For which days something may be told of a place: one rule for every act that takes a day."""

from datetime import date

from lianfang.kernel.days import FIRST_DAY
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

DAY_TO_COME = msgid("This day has not come yet.")
DAY_TOO_EARLY = msgid("This day lies before the response; nothing is told for it.")


def countable(day: date, today: date, since: date = FIRST_DAY) -> date:
    """Return a day for which something may be told: not before `since`, not after `today`.

    `today` is the operating day of the place, which for a night market ends at its own hour.
    """
    if day > today:
        raise BadInput(DAY_TO_COME, field="day")
    if day < since:
        raise BadInput(DAY_TOO_EARLY, field="day")
    return day
