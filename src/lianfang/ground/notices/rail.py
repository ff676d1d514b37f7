"""The bell in the rail, with the number of what is unread."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.notices import queries
from lianfang.ground.web.rail import Entry, declare
from lianfang.ground.web.requests import ActorRequest


def _unread(request: ActorRequest) -> int:
    return queries.unread_count(request.actor)


declare(
    Entry(
        name="notices:inbox",
        label=pgettext_lazy("rail", "Notices"),
        icon="bell",
        acts=("notices.read",),
        badge=_unread,
        place=90,
    )
)
