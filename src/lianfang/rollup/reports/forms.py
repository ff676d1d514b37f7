"""What is typed on the report pages, as plain values."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.signing.rules import Heard
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.rules.states import Signing

REASON_MOST = 200
#: How the fields are named in which each figure has its own reason.
WHY = "why_"
QUICK_REASONS = (
    msgid("Told by phone, the paper is still to come"),
    msgid("Counted twice"),
    msgid("Somebody is missing from the register"),
)


class TypedForm(forms.Form):
    """A number that somebody types because no app counts it."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    value = forms.CharField(max_length=200, label=_("Value"))


class OverrideForm(forms.Form):
    """A counted number that is corrected, and why."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    value = forms.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, label=_("The right number")
    )
    reason = forms.CharField(
        max_length=200,
        label=_("Why it differs from what was counted"),
        help_text=_("The group sees the reason beside both numbers."),
    )


class NarrativeForm(forms.Form):
    """New situations, and what is asked of the superior."""

    new_issues = forms.CharField(
        required=False,
        max_length=4000,
        strip=True,
        label=_("New situations and problems"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    help_needed = forms.CharField(
        required=False,
        max_length=2000,
        label=_("To be settled by the superior"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    zero = forms.BooleanField(required=False, label=_("Zero report: nothing happened today"))


class SignForm(forms.Form):
    """A name under the numbers."""

    part = forms.ChoiceField(choices=[(part.value, part.value) for part in Signing])
    recorded_for = forms.CharField(required=False, max_length=50, label=_("Signed by"))
    heard = forms.ChoiceField(
        required=False, choices=[(heard.value, heard.value) for heard in Heard]
    )
    photo = forms.FileField(required=False)


class ReasonForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(max_length=200, label=_("What should the unit mend?"))


def seen(told: Mapping[str, str]) -> str:
    """Return the digest of the text that the page showed; nothing where none was sent."""
    return told.get("digest", "")[:64]


def reasons(told: Mapping[str, str]) -> Mapping[str, str]:
    """Return why figures of an issued version change: by figure, and under "" for all others."""
    kept = {
        key.removeprefix(WHY): text.strip()[:REASON_MOST]
        for key, text in told.items()
        if key.startswith(WHY) and text.strip()
    }
    return {**kept, "": told.get("why", "").strip()[:REASON_MOST]}


class RemarkForm(forms.Form):
    """What the office adds to the bulletin in its own words, and why it issues it once more."""

    remark = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Remarks of the office"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        label=_("Reason for all corrections that have none of their own"),
    )
