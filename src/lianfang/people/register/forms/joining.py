"""What is told at a poster, and how long a poster hangs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.forms.fields import SiteField, UnitField, offered
from lianfang.kernel import identities
from lianfang.kernel.actor import Actor
from lianfang.kernel.spreadsheets.cells import plain
from lianfang.people.register.forms.fields import kept, offer
from lianfang.people.register.models import Poster
from lianfang.people.register.queries.words import choices
from lianfang.people.register.rules.joining import BY_SITE, BY_UNIT, Asked
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services.joining import POSTER_DAYS

NAME = _("Type your name.")
PHONE = _("Type your own mobile number.")


class AskForm(forms.Form):
    """Name and telephone of somebody at a poster; at a site also his stall."""

    name = forms.CharField(
        max_length=50,
        label=_("Your name"),
        error_messages={"required": NAME},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        max_length=20,
        label=_("Your mobile number"),
        error_messages={"required": PHONE},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    employment = forms.ChoiceField(label=_("In what way do you belong here?"))
    stall = forms.CharField(max_length=40, required=False, label=_("Number of the stall"))

    def __init__(self, poster: Poster, data: object = None) -> None:
        """Offer the ways of belonging to a unit, or to one of its sites."""
        super().__init__(data)  # type: ignore[arg-type]
        ways = BY_SITE if poster.site_id else BY_UNIT
        offer(self, "employment", choices("employment", only=ways))
        self.fields["employment"].initial = ways[0].value
        if not poster.site_id:
            del self.fields["stall"]

    def clean_name(self) -> str:
        """Take a name as it is written, without what cannot be seen."""
        name = plain(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(NAME)
        return name

    def clean_phone(self) -> str:
        """See that the number can be called."""
        return kept(self, "phone", identities.mobile)

    def asked(self) -> Asked:
        """Return what was told."""
        told = self.cleaned_data
        return Asked(
            told["name"],
            told["phone"],
            Employment(told["employment"]),
            plain(told.get("stall", "")),
        )


class PosterForm(forms.Form):
    """For which unit or site a poster is, and how long it is good."""

    unit = UnitField(label=_("Unit"), queryset=None, to_field_name="code")
    site = SiteField(
        label=_("Site"),
        queryset=None,
        required=False,
        empty_label=_("none"),
        to_field_name="code",
    )
    days = forms.IntegerField(
        label=_("Good for days"), min_value=1, max_value=180, initial=POSTER_DAYS
    )

    def __init__(self, actor: Actor, data: object = None) -> None:
        """Offer the units and sites for which the actor may hang one."""
        super().__init__(data)  # type: ignore[arg-type]
        units = orgs.units(actor, "posters.hang")
        offered(self, "unit").offer(units)
        self.fields["unit"].initial = units.order_by("path").values_list("code", flat=True).first()
        offered(self, "site").offer(orgs.sites(actor, "posters.hang"))
