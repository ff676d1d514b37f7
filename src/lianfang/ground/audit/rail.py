"""The trail in the auditor's rail, and "who looked at me" in everybody's own menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        name="audit:trail",
        label=pgettext_lazy("rail", "Trail"),
        icon="history",
        acts=("trail.read",),
        place=95,
    )
)
declare(
    Entry(
        name="audit:own",
        label=_("Who looked at my data"),
        icon="eye",
        acts=("trail.own",),
        place=80,
        mine=True,
    )
)
