"""Check-ins in the rail and in the reader's own menu, on a person's page, behind his link."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import while_on
from lianfang.ground.web.rail import Entry, declare
from lianfang.people.checkins import queries
from lianfang.people.register import seams

declare(
    Entry(
        name="checkins:grid",
        label=pgettext_lazy("rail", "Check-ins"),
        icon="temperature",
        acts=("checkins.attempt",),
        place=20,
        stands=while_on(Feature.CHECK_IN),
    )
)
declare(
    Entry(
        name="checkins:me",
        label=_("My check-in"),
        icon="clipboard-check",
        acts=("people.own",),
        place=10,
        mine=True,
        stands=while_on(Feature.CHECK_IN),
    )
)
seams.declare_part(
    seams.Part(
        code="checkins",
        title=_("Readings"),
        template="checkins/_person.html",
        load=queries.readings_of,
        act="checkins.read",
        place=30,
    )
)
seams.lead_links_to("checkins:link")
