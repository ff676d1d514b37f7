"""What is chosen and brought on the pages of the workbooks, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianfang.rollup.daybooks.rules.settling import Chosen, Met, Sort
from lianfang.rollup.daybooks.rules.words import REASON_WORDS, Reason

Files = MultiValueDict[str, Any] | None
PREFIX = "choice-"


class GiveForm(forms.Form):
    """Why a workbook leaves the house, and in which language it is filled in."""

    reason = forms.ChoiceField(
        label=_("Why it is given out"),
        choices=[(code.value, _(words)) for code, words in REASON_WORDS.items()],
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Offer the reader's own language first."""
        super().__init__(data)
        self.fields["language"].initial = get_language()

    def told(self) -> tuple[Reason, str]:
        """Return the reason and the language that were chosen."""
        return Reason(str(self.cleaned_data["reason"])), str(self.cleaned_data["language"])


class BringForm(forms.Form):
    """A workbook that came back."""

    file = forms.FileField(
        label=_("The workbook that came back"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,application/*"}),
        help_text=_("As it came by chat or mail; its name does not matter."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, files: Files = None) -> None:
        """Take what was sent."""
        super().__init__(data, files)


def choices_of(data: Mapping[str, Any]) -> Mapping[str, Chosen]:
    """Return which of two values was chosen to count, for each that was asked."""
    known = {each.value: each for each in Chosen}
    return {
        name.removeprefix(PREFIX): known[str(value)]
        for name, value in data.items()
        if name.startswith(PREFIX) and str(value) in known
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """Two values of one thing, what was chosen so far, and whether both can be kept."""

    met: Met
    chosen: str
    both: bool


def offered(met: Sequence[Met], chosen: Mapping[str, Chosen]) -> Sequence[Choice]:
    """Return what is asked, and whether both can be kept: texts can, numbers cannot."""
    return [
        Choice(each, chosen.get(each.about, ""), both=each.sort is Sort.NEWS)
        for each in met
        if each.asks
    ]
