"""What comes with a word on a paper, as plain values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.signing.rules import NOTE_LENGTH, Heard
from lianfang.kernel import ids


class WordForm(forms.Form):
    """A word on a paper: at which step, under which text, and the form's own key."""

    step = forms.CharField(max_length=20)
    digest = forms.CharField(max_length=64)
    key = forms.UUIDField(initial=ids.new)
    text = forms.CharField(required=False, max_length=NOTE_LENGTH, label=_("What to change"))


class InstructForm(forms.Form):
    """An instruction: what, who owes it, by when, the photo if any."""

    key = forms.UUIDField(initial=ids.new)
    text = forms.CharField(required=False, max_length=NOTE_LENGTH, label=_("Instruction"))
    whom = forms.CharField(max_length=80)
    due = forms.DateTimeField(label=_("To be done by"))
    photo = forms.FileField(required=False)


class RecordForm(forms.Form):
    """A decision of somebody else: whose, how it was heard, the photo of a signed paper."""

    step = forms.CharField(max_length=20)
    digest = forms.CharField(max_length=64)
    key = forms.UUIDField(required=False, initial=ids.new)
    recorded_for = forms.CharField(max_length=50, label=_("Whose decision"))
    heard = forms.ChoiceField(choices=[(heard.value, heard.value) for heard in Heard])
    photo = forms.FileField(required=False, label=_("Photo of the signed paper"))
