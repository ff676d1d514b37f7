"""What waits for the reader's signature, in his own menu."""

from django.utils.translation import gettext_lazy as _

from lianfang.ground.web.rail import Entry, declare

declare(
    Entry(
        name="signing:waiting",
        label=_("Waits for my signature"),
        icon="pencil",
        acts=("signing.agree",),
        place=5,
        mine=True,
    )
)
