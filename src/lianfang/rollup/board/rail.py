"""The board in the rail, and a liaison leader's own units in his menu."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        "board:today",
        pgettext_lazy("rail", "Board"),
        "layout-dashboard",
        ("board.read",),
        place=10,
    )
)
declare(
    Entry(
        "board:liaison",
        pgettext_lazy("rail", "My units"),
        "device-mobile",
        ("contacts.log",),
        place=8,
        mine=True,
    )
)
