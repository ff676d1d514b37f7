"""Where the briefings stand in the rail."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        "briefings:index",
        pgettext_lazy("rail", "Briefings"),
        "file-description",
        ("briefings.draft", "briefings.release"),
        place=81,
        screens=("briefings:new", "briefings:page", "briefings:write"),
    )
)
