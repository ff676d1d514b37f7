"""The board in the rail."""

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
