"""Where the reports stand in the rail."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        "reports:index",
        pgettext_lazy("rail", "Reports"),
        "report",
        ("reports.read",),
        place=20,
        screens=("reports:index", "reports:day", "reports:page", "reports:rows", "reports:version"),
    )
)
declare(
    Entry(
        "reports:faces",
        pgettext_lazy("rail", "Typefaces"),
        "books",
        ("faces.read",),
        place=90,
        mine=True,
        screens=("reports:faces",),
    )
)
declare(
    Entry(
        "reports:bulletins",
        pgettext_lazy("rail", "Daily situation"),
        "file-text",
        ("bulletins.draft", "bulletins.release"),
        place=80,
        screens=("reports:bulletin",),
    )
)
