"""Fields that several forms share: a region by code or name, yes, no or not known."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs.forms.fields import checked
from lianfang.kernel import identities
from lianfang.kernel.spreadsheets.cells import plain
from lianfang.people.register.queries.words import Choices
from lianfang.people.register.rules.names import place_name, places_named

Text = str | Promise
SHOWN = 6
YES, NO = "yes", "no"
NOT_KNOWN = pgettext_lazy("answer", "not known")


class RegionField(forms.CharField):
    """A region, typed as its six digits or by its name; kept as the digits."""

    def __init__(self, **told: Any) -> None:  # noqa: ANN401 (as every field of a form)
        """Take the label; nobody has to know the region."""
        hint = _("A name such as 湖北武汉, or the six digits.")
        super().__init__(max_length=40, required=False, help_text=hint, **told)

    def prepare_value(self, value: object) -> object:
        """Show a code by its name."""
        told = str(value or "")
        return place_name(told) if told.isdigit() else told

    def clean(self, value: object) -> str:
        """Return the code, or say which places the name can mean."""
        told = plain(super().clean(value) or "")
        if not told or told.isdigit():
            return checked(identities.region_in_force, told)
        found = places_named(told)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No region is called so; try province and city together."))
        listed = "、".join(f"{place_name(code)} {code}" for code in found[:SHOWN])
        raise ValidationError(_("Which one: %(places)s?") % {"places": listed})


class ThreeWays(forms.TypedChoiceField):
    """Yes, no, or not known: the three are never the same."""

    def __init__(self, yes: Text, no: Text, **told: Any) -> None:  # noqa: ANN401 (as above)
        """Take the words of two of the answers."""
        super().__init__(
            choices=[(YES, yes), (NO, no), ("", NOT_KNOWN)],
            coerce=lambda answer: answer == YES,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **told,
        )

    def prepare_value(self, value: object) -> object:
        """Show a truth as the answer that stands for it."""
        if isinstance(value, bool):
            return YES if value else NO
        return "" if value is None else value


def kept(form: forms.Form, name: str, check: Callable[[str], str]) -> str:
    """Return a text as it is kept, or say at its field what is wrong with it."""
    return checked(check, str(form.cleaned_data.get(name) or ""))


def offer(form: forms.Form, name: str, listed: Choices) -> None:
    """Offer these choices at a field."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = listed
