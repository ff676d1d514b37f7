"""Sites: what is told of one with its gates, and what is looked for among them."""

import re
from datetime import time
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.forms.fields import (
    CodeField,
    Data,
    Known,
    UnitField,
    checked,
    offered,
    time_input,
)
from lianfang.ground.orgs.queries.words import choices
from lianfang.ground.orgs.rules import SiteKind
from lianfang.ground.orgs.rules.words import SITE_KIND
from lianfang.ground.orgs.services import SiteLine
from lianfang.kernel import identities
from lianfang.kernel.actor import Actor

BETWEEN = re.compile(r"[、,，;；\n]")
GATE_LENGTH = 60


class SiteForm(forms.Form):
    """All that is told of a site; it begins with what is known of it."""

    code = CodeField(label=_("Site code"), max_length=40)
    name = forms.CharField(label=_("Name of the site"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind of site"), choices=partial(choices, SITE_KIND), initial=SiteKind.OFFICE
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    region = forms.CharField(
        label=_("Region code"),
        max_length=6,
        required=False,
        help_text=_("Six digits of the county or district (GB/T 2260)."),
    )
    subdistrict = forms.CharField(label=_("Subdistrict"), max_length=60, required=False)
    area_m2 = forms.DecimalField(
        label=_("Area (m²)"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    capacity = forms.IntegerField(
        label=_("People at most"), min_value=0, max_value=999_999_999, required=False
    )
    gates = forms.CharField(
        label=pgettext_lazy("site", "Gates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One to a line; a gate that is named no more is closed, not deleted."),
    )
    day_starts = forms.TimeField(
        label=_("The operating day starts at"),
        initial=time.min,
        widget=time_input(),
        help_text=_("A night market counts until its own hour, say 06:00; else leave 00:00."),
    )

    def clean_region(self) -> str:
        """See that the code is in force."""
        return checked(identities.region_in_force, self.cleaned_data["region"])

    def clean_gates(self) -> tuple[str, ...]:
        """Return the names of the gates in their order."""
        names = [name.strip() for name in BETWEEN.split(self.cleaned_data["gates"])]
        if any(len(name) > GATE_LENGTH for name in names):
            raise ValidationError(_("The name of a gate has at most 60 characters."))
        return tuple(filter(None, names))

    def told(self) -> SiteLine:
        """Return what was told."""
        return SiteLine(**self.cleaned_data)


class SitesFilter(forms.Form):
    """What is looked for among the sites."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind of site"),
        required=False,
        choices=partial(choices, SITE_KIND, pgettext_lazy("filter", "All kinds")),
    )
    unit = UnitField(
        label=_("Unit"),
        queryset=None,
        required=False,
        empty_label=_("All units"),
        to_field_name="code",
    )

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the units that the actor may see."""
        super().__init__(data, initial=initial)
        offered(self, "unit").offer(queries.units(actor))
