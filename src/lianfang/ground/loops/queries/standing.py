"""Where loops stand, as conditions that the database can test."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import F, Q

from lianfang.ground.loops.rules import State

#: Where the pack says within how long what is done is looked at, and what is asked acknowledged.
VERIFY_WITHIN = "loops.verify_within"
ACKNOWLEDGE_WITHIN = "loops.acknowledge_within"

_UNDECIDED = Q(verified_at=None, waived_at=None)
#: Not reported done, or returned.
OPEN = _UNDECIDED & (Q(done_at=None) | Q(returned_at__isnull=False))
#: Reported done, and nobody has looked at it yet.
WAITING = _UNDECIDED & Q(done_at__isnull=False, returned_at=None)
UNCLOSED = _UNDECIDED
CLOSED = Q(verified_at__isnull=False) | Q(waived_at__isnull=False)

IN_STATE: Mapping[State, Q] = MappingProxyType(
    {
        State.ASSIGNED: OPEN & Q(acknowledged_at=None, returned_at=None),
        State.ACKNOWLEDGED: OPEN & Q(acknowledged_at__isnull=False, returned_at=None),
        State.RETURNED: _UNDECIDED & Q(returned_at__isnull=False),
        State.DONE: WAITING,
        State.VERIFIED: Q(verified_at__isnull=False, waived_at=None),
        State.WAIVED: Q(waived_at__isnull=False),
    }
)
#: Reported done after the due time.
DONE_LATE = Q(done_at__isnull=False, returned_at=None, came_at__gt=F("due"))
