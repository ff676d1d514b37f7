"""How long a post may be lent."""

from datetime import datetime, timedelta

#: Who is away for longer than a month is replaced: a post that is lent for good would be a post
#: that nobody gave. Whoever gives posts answers for it and may lend it for longer.
LONGEST_DAYS = 31


def is_too_long(since: datetime, until: datetime) -> bool:
    """Tell whether a holder may not lend his post for as long as this."""
    return until - since > timedelta(days=LONGEST_DAYS)
