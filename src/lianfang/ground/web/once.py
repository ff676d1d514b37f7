"""A form that is sent twice has its effect once: a double tap, a back button, a lost answer."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import Once

UNSAID = frozenset({"csrfmiddlewaretoken"})


def once(request: ActorRequest, key: UUID | str, received: Callable[[object], datetime]) -> Once:
    """Return the key under which a form was printed, and how its first answer is kept."""
    told = [pair for pair in sorted(request.POST.lists()) if pair[0] not in UNSAID]
    body = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return Once(
        str(key),
        f"{request.method} {request.path}",
        body,
        lambda result: (200, received(result).isoformat()),
    )


def received_at(text: str) -> datetime:
    """Return when a form was received the first time."""
    return datetime.fromisoformat(text)
