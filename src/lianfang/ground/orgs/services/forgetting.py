"""Forgetting what only the machine needed: answers to old requests, sessions that are over."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from lianfang.ground.doors.models import Answer
from lianfang.ground.doors.turn import turn

#: A device that was offline may ask again for this long, and is answered as the first time.
ANSWERS = timedelta(days=90)
AT_ONCE = 5000


def forget(machine_now: datetime) -> int:
    """Delete them, some thousands at a time, by the machine's time; return how many they were."""
    found = Q(recorded_at__lt=machine_now - ANSWERS), Q(expire_date__lt=machine_now)
    gone = 0
    for model, old in zip((Answer, Session), found, strict=True):
        keys = list(model._default_manager.filter(old).values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            with turn(), transaction.atomic():
                gone += model._default_manager.filter(pk__in=keys).delete()[0]
    return gone
