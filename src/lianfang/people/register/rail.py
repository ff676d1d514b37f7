"""The register in the rail."""

from django.utils.translation import pgettext_lazy

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        name="register:people",
        label=pgettext_lazy("rail", "People"),
        icon="users",
        acts=("people.read",),
        place=30,
    )
)
