"""A person: what is told when he is entered or changed, and where he moves to."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.forms.fields import (
    CodeField,
    Data,
    Known,
    SiteField,
    UnitField,
    day_input,
    offered,
)
from lianfang.kernel import clock, identities
from lianfang.kernel.actor import Actor
from lianfang.people.register.forms.fields import RegionField, ThreeWays, kept, offer
from lianfang.people.register.queries import day_of
from lianfang.people.register.queries.words import choices
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.wording import DOCUMENT, EMPLOYMENT, GENDER
from lianfang.people.register.rules.words import (
    ON_SITE,
    STAFF,
    DocumentKind,
    Employment,
    HowTold,
    Population,
)

TEXT = partial(forms.CharField, required=False)
SEALED_HINT = _("Empty leaves what is registered.")


class PersonForm(forms.Form):
    """All that is told of a person; what is sealed is typed anew or left empty."""

    name = forms.CharField(label=_("Name"), max_length=50)
    employment = forms.ChoiceField(label=_("Employment"))
    person_no = CodeField(label=_("Staff number"), max_length=40, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=partial(choices, GENDER, _("not told"))
    )
    document_kind = forms.ChoiceField(
        label=_("Document"),
        choices=partial(choices, DOCUMENT),
        initial=DocumentKind.IDENTITY_CARD,
    )
    document = TEXT(label=_("Document number"), max_length=40)
    phone = TEXT(label=_("Mobile number"), max_length=40)
    department = TEXT(label=_("Department or team"), max_length=60)
    job = TEXT(label=_("Job"), max_length=60)
    home_region = RegionField(label=_("Home region"))
    live_region = RegionField(label=_("Lives in"))
    address = TEXT(label=_("Present address"), max_length=200)
    party_member = ThreeWays(_("yes"), _("no"), label=_("Party member"))
    remark = TEXT(label=_("Remark"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, population: Population, data: Data = None, initial: Known = None) -> None:
        """Offer the ways of belonging of one population, or of both where somebody is known."""
        super().__init__(data, initial=initial)
        ways = STAFF if population is Population.STAFF else ON_SITE
        offer(self, "employment", choices(EMPLOYMENT, only=() if initial else ways))
        if initial:
            for name in ("document", "phone", "address", "remark"):
                self.fields[name].help_text = SEALED_HINT

    def clean_document(self) -> str:
        """See that the number of the document can be one."""
        kind = identities.Document(self.cleaned_data.get("document_kind") or "identity_card")
        today = day_of(None, clock.now())
        return kept(self, "document", lambda told: identities.document(kind, told, today))

    def clean_phone(self) -> str:
        """See that the number can be called."""
        return kept(self, "phone", identities.mobile)

    def line(self) -> PersonLine:
        """Return what was told of the person."""
        told = {name: self.cleaned_data[name] for name in PersonForm.base_fields}
        told["employment"] = Employment(told["employment"])
        told["document_kind"] = DocumentKind(told["document_kind"])
        return PersonLine(**told)


class EnterForm(PersonForm):
    """A person who is new: also at which unit, on which site, and where he is."""

    unit = UnitField(label=_("Unit"), queryset=None, to_field_name="code")
    site = SiteField(
        label=_("Site"),
        queryset=None,
        required=False,
        empty_label=_("none"),
        to_field_name="code",
    )
    in_town = ThreeWays(_("yes"), _("no"), label=_("In town today?"))
    region = RegionField(label=_("Where now"))
    left_on = forms.DateField(label=_("Left on"), required=False, widget=day_input())
    planned_return = forms.DateField(label=_("Planned return"), required=False, widget=day_input())
    returned_on = forms.DateField(label=_("Came back on"), required=False, widget=day_input())

    def __init__(self, actor: Actor, population: Population, data: Data = None) -> None:
        """Offer the units at which the actor may enter people, and their sites."""
        super().__init__(population, data)
        units = orgs.units(actor, "people.enter")
        offered(self, "unit").offer(units)
        self.fields["unit"].initial = units.order_by("path").values_list("code", flat=True).first()
        offered(self, "site").offer(orgs.sites(actor, "people.enter"))
        if population is Population.STAFF:
            del self.fields["site"]

    def where(self) -> Whereabouts:
        """Return where the person is, as it was told."""
        names = ("in_town", "region", "left_on", "planned_return", "returned_on")
        told = {name: self.cleaned_data[name] for name in names}
        return Whereabouts(**told, how=HowTold.IN_PERSON)


class MoveForm(forms.Form):
    """The unit at which somebody counts from now on."""

    to = UnitField(label=_("Unit"), queryset=None, to_field_name="code")

    def __init__(self, actor: Actor, data: Data = None) -> None:
        """Offer the units to which the actor may move people."""
        super().__init__(data)
        offered(self, "to").offer(orgs.units(actor, "people.move"))
