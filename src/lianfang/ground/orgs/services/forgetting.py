"""Forgetting what only the machine needed: answers to old requests, sessions that are over."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session as FormerSession
from django.db import transaction
from django.db.models import Q

from lianfang.ground.doors.models import Answer
from lianfang.ground.doors.turn import turn
from lianfang.ground.orgs.models import Session

#: A device that was offline may ask again for this long, and is answered as the first time.
ANSWERS = timedelta(days=90)
AT_ONCE = 5000


def forget(machine_now: datetime) -> int:
    """Delete them, some thousands at a time, by the machine's time; return how many they were."""
    answered, over = Q(recorded_at__lt=machine_now - ANSWERS), Q(expire_date__lt=machine_now)
    gone = 0
    for model, old in ((Answer, answered), (Session, over), (FormerSession, over)):
        rows = model._default_manager.filter(old)
        keys: list[Any] = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            with turn(), transaction.atomic():
                gone += rows.filter(pk__in=keys).delete()[0]
    return gone
