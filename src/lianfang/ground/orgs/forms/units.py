"""Units: what is told of one, where it goes, which names it had."""

from datetime import time
from functools import partial
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.forms.fields import (
    CodeField,
    Data,
    UnitField,
    checked,
    day_input,
    offered,
    time_input,
)
from lianfang.ground.orgs.queries.words import choices
from lianfang.ground.orgs.rules import Sector, UnitKind
from lianfang.ground.orgs.rules.words import SECTOR, UNIT_KIND
from lianfang.ground.orgs.services import FormerName, UnitLine
from lianfang.kernel import identities
from lianfang.kernel.actor import Actor


class UnitForm(forms.Form):
    """All that is told of a unit; it begins with what is known of it."""

    code = CodeField(label=_("Unit code"), max_length=40)
    name = forms.CharField(label=_("Full name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    second_plate = forms.CharField(
        label=_("Second name plate"),
        max_length=120,
        required=False,
        help_text=_("The other name under which the same unit also appears."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of unit"), choices=partial(choices, UNIT_KIND), initial=UnitKind.SUBSIDIARY
    )
    sector = forms.ChoiceField(
        label=_("Line of business"), choices=partial(choices, SECTOR), initial=Sector.OTHER
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False
    )
    registered_capital = forms.DecimalField(
        label=_("Registered capital (CNY)"),
        max_digits=16,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    principal = forms.CharField(label=_("Person in charge"), max_length=50, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=60,
        required=False,
        help_text=_("Several numbers may stand here, with a space between them."),
    )
    fax = forms.CharField(label=_("Fax"), max_length=40, required=False)
    post_code = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Post code"),
        required=False,
        error_messages={"invalid": _("A post code has six digits.")},
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    day_starts = forms.TimeField(
        label=_("The operating day starts at"),
        initial=time.min,
        widget=time_input(),
        help_text=_("A night market counts until its own hour, say 06:00; else leave 00:00."),
    )

    def clean_credit_code(self) -> str:
        """See that the check character is right."""
        return checked(identities.credit_code, self.cleaned_data["credit_code"])

    def told(self) -> UnitLine:
        """Return what was told."""
        return UnitLine(**self.cleaned_data)


class MoveForm(forms.Form):
    """Under which superior a unit goes."""

    parent = UnitField(label=_("New superior"), queryset=None)

    def __init__(self, actor: Actor, unit: UUID, data: Data = None) -> None:
        """Offer the units under which the actor may move this one."""
        super().__init__(data)
        moved = queries.unit(actor, unit, "units.move")
        inside = queries.below(actor, moved, "units.move").values("pk")
        offered(self, "parent").offer(queries.units(actor, "units.move").exclude(pk__in=inside))


class FormerNameForm(forms.Form):
    """A name that a unit had, and when."""

    name = forms.CharField(label=_("Former name"), max_length=120)
    short_name = forms.CharField(label=_("Former short name"), max_length=40, required=False)
    valid_from = forms.DateField(
        label=pgettext_lazy("day", "From"), required=False, widget=day_input()
    )
    valid_to = forms.DateField(
        label=pgettext_lazy("day", "Until"),
        widget=day_input(),
        help_text=_("The first day of the next name; papers of earlier days print this one."),
    )

    def told(self) -> FormerName:
        """Return what was told."""
        return FormerName(**self.cleaned_data)


class UnitsFilter(forms.Form):
    """What is looked for in the tree of units."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind of unit"),
        required=False,
        choices=partial(choices, UNIT_KIND, pgettext_lazy("filter", "All kinds")),
    )
    sector = forms.ChoiceField(
        label=_("Line of business"),
        required=False,
        choices=partial(choices, SECTOR, _("All lines of business")),
    )
