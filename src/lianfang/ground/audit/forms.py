"""What is looked for in the trail."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.audit import telling
from lianfang.ground.audit.rules.asked import Asked
from lianfang.ground.orgs import queries as orgs
from lianfang.kernel.actor import Actor


class TrailForm(forms.Form):
    """The filters above the trail."""

    act = forms.ChoiceField(label=pgettext_lazy("trail", "What"), required=False)
    who = forms.CharField(label=pgettext_lazy("trail", "Who"), required=False, max_length=60)
    unit = forms.ChoiceField(label=pgettext_lazy("trail", "Where"), required=False)
    day = forms.DateField(
        label=pgettext_lazy("trail", "Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    subject = forms.UUIDField(label=_("Number of a record"), required=False)
    refused = forms.BooleanField(label=_("Refused only"), required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, data: Any) -> None:  # noqa: ANN401 - as Django types it
        """Offer the acts, and the units that the reader may see."""
        super().__init__(data)
        units = orgs.units(actor, "trail.read").values_list("path", "short_name", "name")
        self.fields["act"].choices = [("", _("Everything")), *telling.choices()]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Everywhere")),
            *((path, short or name) for path, short, name in units),
        ]

    def asked(self) -> Asked:
        """Return what is looked for; of a wrong filter nothing is found, and it says why."""
        told = {**self.cleaned_data} if self.is_valid() else {"subject": UUID(int=0)}
        return Asked(**told)
