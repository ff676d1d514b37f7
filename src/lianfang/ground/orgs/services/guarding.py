"""How often a name was tried in vain, from wherever."""

from datetime import datetime

from axes.models import AccessAttempt
from django.db.models import Sum


def failures_of(name: str, since: datetime) -> int:
    """Count the wrong passwords for a name since a moment of the machine's time."""
    found = AccessAttempt.objects.filter(username=name, attempt_time__gt=since)
    return int(found.aggregate(all=Sum("failures_since_start"))["all"] or 0)
