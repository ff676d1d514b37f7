"""Where sessions are kept: one row each, which says whose it is, where and since when."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Store

from lianfang.ground.orgs.models import Session

#: When the session began and when it was last used, in seconds of the machine's clock.
SINCE, SEEN = "since", "seen"
#: Its own number, from which browser and address it began.
NUMBER, ADDRESS, AGENT = "number", "address", "agent"
#: Who passed the second step in it; which posts he held when it was last used; what they allow.
SECOND, POSTS, GUARDED = "second", "posts", "guarded"


class SessionStore(Store):
    """Django's own, with a row that can be listed and ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table of sessions."""
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        """Return the row of a session, with what its owner is shown of it."""
        made = super().create_model_instance(data)  # type: ignore[arg-type]
        if not isinstance(made, Session):
            raise TypeError(made)
        made.user_id, made.number = data.get(SESSION_KEY), data.get(NUMBER)
        made.address, made.agent = data.get(ADDRESS, ""), data.get(AGENT, "")
        made.began_at, made.seen_at = _instant(data.get(SINCE)), _instant(data.get(SEEN))
        return made


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
