"""The command structure in the rail."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        name="command:overview",
        label=pgettext_lazy("rail", "Command"),
        icon="building-community",
        acts=("command.read",),
        place=62,
    )
)
