"""The log of calls in the rail."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        name="liaison:coverage",
        label=pgettext_lazy("rail", "Liaison"),
        icon="phone",
        acts=("contacts.read",),
        place=64,
    )
)
