"""The policy in the rail, and the response level with its day in the top bar."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.response import queries
from lianfang.ground.web import top
from lianfang.ground.web.rail import Entry, declare
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock


def level(request: ActorRequest) -> list[top.Tag]:
    """Return the response level and which day it is, as the top bar shows it."""
    head = queries.head(request.actor, clock.now())
    if head is None:
        return []
    text = _("%(level)s, day %(day)d") % {"level": _(head.words), "day": head.day}
    return [top.Tag(text, url=reverse("response:situation"))]


top.mark(level)
declare(
    Entry(
        name="response:pack",
        label=pgettext_lazy("rail", "Policy"),
        icon="adjustments",
        acts=("figures.read", "response.draft"),
        place=60,
    )
)
