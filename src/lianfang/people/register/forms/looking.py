"""Why somebody looks at what is sealed."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.people.register.queries.words import choices
from lianfang.people.register.rules.wording import PURPOSE
from lianfang.people.register.rules.words import Purpose


class RevealForm(forms.Form):
    """The purpose of a look, and in a few words what for."""

    purpose = forms.ChoiceField(
        label=_("What for"), choices=partial(choices, PURPOSE), initial=Purpose.REACH
    )
    words = forms.CharField(label=_("In a few words"), max_length=200, required=False)

    def told(self) -> tuple[Purpose, str]:
        """Return the purpose and the words."""
        return Purpose(self.cleaned_data["purpose"]), self.cleaned_data["words"]
