"""What is typed about how people get in: the name of a passkey, why a second step is taken away."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The name of a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60)


class TakeFactorsForm(forms.Form):
    """Why somebody's second step is taken away."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_(
            "Say also how you made sure that it is really he who asks: by telephone, in person."
            " The reason stands in the trail."
        ),
    )
