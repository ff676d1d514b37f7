"""What is asked of somebody who writes a change of the policy pack."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.response.forms.course import moment
from lianfang.ground.response.rules.drafting import Drafted, DraftKind, Line
from lianfang.ground.response.rules.leaf import Leaf, Mark

LOCAL = "%Y-%m-%dT%H:%M"
MARKS = (
    (Mark.FOUND.value, _("F: found in a document, which is named")),
    (Mark.MEMORY.value, _("M: from memory, to be checked")),
    (Mark.DEFAULT.value, _("D: our own decision, nobody's rule")),
)
KINDS = (
    (DraftKind.AMENDMENT.value, _("An amendment: it holds from a day and hour on")),
    (
        DraftKind.EDITION.value,
        _("A new version: what stands in the pack is corrected or completed"),
    ),
)
LARGEST = 400_000


class BeginDraftForm(forms.Form):
    """Which sort of change is begun, and with which value."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("draft", "Sort of change"),
        choices=KINDS,
        initial=DraftKind.AMENDMENT.value,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("What this change is called"),
        max_length=80,
        help_text=_("As in the document that orders it."),
    )
    path = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)


class HeadForm(forms.Form):
    """Title and time of a change; the number says on top of which saving it was written."""

    title = forms.CharField(label=_("What this change is called"), max_length=80)
    valid_from = moment(_("In force from"))
    valid_to = moment(_("Until"), required=False, help_text=_("Empty: until it is changed again."))
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, kind: str, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Ask for no time where the change has none of its own."""
        super().__init__(*args, **more)
        if kind != DraftKind.AMENDMENT:
            del self.fields["valid_from"], self.fields["valid_to"]

    def drafted(self, before: Drafted) -> Drafted:
        """Return the draft with what was typed in its head."""
        told = self.cleaned_data
        begins, ends = told.get("valid_from"), told.get("valid_to")
        return Drafted(
            title=told["title"].strip(),
            valid_from=begins.isoformat() if begins else "",
            valid_to=ends.isoformat() if ends else "",
            lines=before.lines,
            file=before.file,
        )


class LineForm(forms.Form):
    """One value that changes: asked in the shape that it has."""

    text = forms.CharField(label=_("New value"), required=False, max_length=20_000)
    source = forms.CharField(
        label=_("Document and issuer"),
        max_length=200,
        help_text=_("Who says so, in which paper, of what date; or that it is your own decision."),
    )
    mark = forms.ChoiceField(label=_("How sure"), choices=MARKS, widget=forms.RadioSelect)
    note = forms.CharField(label=pgettext_lazy("pack", "Note"), max_length=200, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, leaf: Leaf, choices: Sequence[str], *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Ask for the value by its shape."""
        super().__init__(*args, **more)
        self.choices = choices
        self.fields["text"].widget = _widget(leaf, self)
        self.fields["text"].required = not isinstance(leaf.value, list)

    def line(self, path: str) -> Line:
        """Return the line as it was typed."""
        told = self.cleaned_data
        return Line(path, told["text"], told["source"], told["mark"], told["note"])


class ImportForm(forms.Form):
    """A policy pack as a file, chosen or pasted."""

    title = forms.CharField(label=_("What this change is called"), max_length=80)
    file = forms.FileField(label=_("File (YAML)"), required=False)
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "data-long": ""}),
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def told(self) -> str:
        """Return the text of the file, whichever way it came."""
        sent = self.cleaned_data.get("file")
        if sent is None:
            return str(self.cleaned_data["text"])
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than a policy pack can be."))
        try:
            return str(sent.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None


def saving_read(told: Mapping[str, str]) -> int:
    """Return the number of the saving that somebody had before him; 0 where none is named."""
    number = told.get("number", "")
    return int(number) if number.isascii() and number.isdigit() else 0


def _widget(leaf: Leaf, form: LineForm) -> forms.Widget:
    """Return the way to type a value of this kind."""
    if isinstance(leaf.value, bool):
        return forms.RadioSelect(choices=(("yes", _("yes")), ("no", _("no"))))
    if isinstance(leaf.value, list | dict):
        long = any(isinstance(each, dict) for each in leaf.value)
        attrs = {"spellcheck": "false"} | ({"rows": 18, "data-long": ""} if long else {"rows": 2})
        return forms.Textarea(attrs=attrs)
    kinds = {"time": "time", "date": "date", "instant": "datetime-local"}
    if leaf.unit in kinds:
        return forms.TextInput(attrs={"type": kinds[leaf.unit]})
    if isinstance(leaf.value, int | float):
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    told = {"list": "choices"} if form.choices else {}
    return forms.TextInput(attrs={"autocomplete": "off", **told})
