"""What the office types of a briefing."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BriefingForm(forms.Form):
    """Title, text and foot of a briefing."""

    title = forms.CharField(max_length=60, label=_("Title of the briefing"))
    day = forms.DateField(
        label=_("Date on the paper"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    body = forms.CharField(
        max_length=20000,
        label=pgettext_lazy("briefing", "Text"),
        help_text=_(
            "A paragraph a line. Lines that begin with 一、 or （一） become heads."
            " A name in braces stands for its figure, which is put in and frozen when you save."
        ),
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    report_to = forms.CharField(required=False, max_length=120, label=_("Reported to (报)"))
    send_to = forms.CharField(required=False, max_length=120, label=_("Copied to (送)"))
    issue_to = forms.CharField(required=False, max_length=120, label=_("Issued to (发)"))
    copies = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=_("Printed copies")
    )


def seen(told: Mapping[str, str]) -> str:
    """Return the digest of the text that the page showed; nothing where none was sent."""
    return told.get("digest", "")[:64]
