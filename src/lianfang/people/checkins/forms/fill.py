"""What is answered on the phone and in the clerk's grid, read into plain values."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.kernel import ids
from lianfang.people.checkins.queries.pages import NO, NONE, YES, AskPage, Row
from lianfang.people.checkins.rules import ANSWERS, Reading
from lianfang.people.checkins.rules.regions import is_region

LOW, HIGH = "low", "high"
YES_NO = ((YES, YES), (NO, NO))
CHOOSE = _("Tap the temperature that the thermometer shows.")
ANSWER = _("Answer this question.")
NOT_BOTH = _("“Nothing” and something do not go together.")
DEGREES = _("Type what the thermometer shows, with one decimal.")
NO_REGION = _("Choose where you are from the list.")
WHERE = _("Choose the province where you are; the city or county as well if you can.")


class FillForm(forms.Form):
    """The questions of today: a temperature, and what has changed since yesterday."""

    temperature = forms.CharField(max_length=5, error_messages={"required": CHOOSE})
    degrees = forms.DecimalField(max_digits=3, decimal_places=1, required=False)
    method = forms.CharField(max_length=20)
    symptoms = forms.MultipleChoiceField(required=False)
    in_town = forms.ChoiceField(choices=YES_NO, required=False)
    household_symptoms = forms.ChoiceField(choices=YES_NO, required=False)
    contact_risk_area = forms.ChoiceField(choices=YES_NO, required=False)
    contact_case = forms.ChoiceField(choices=YES_NO, required=False)
    province = forms.CharField(max_length=6, required=False)
    region = forms.CharField(max_length=6, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)

    def __init__(self, page: AskPage, *args: object, **more: object) -> None:
        """Take the page, which says what is asked anew."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.page = page
        for name in ("temperature", "method"):
            self.fields[name].required = page.limits.measured
        codes = [(each.code, each.code) for each in page.symptoms]
        self.fields["symptoms"].choices = [(NONE, NONE), *codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Ask again for what was asked anew and left out, and for the degrees behind a key."""
        told = super().clean() or {}
        if told.get("temperature") in {LOW, HIGH} and told.get("degrees") is None:
            self.add_error("degrees", DEGREES)
        symptoms = told.get("symptoms") or []
        if isinstance(symptoms, list) and NONE in symptoms and len(symptoms) > 1:
            self.add_error("symptoms", NOT_BOTH)
        for row in self.page.rows:
            if row.code in self.fields and not told.get(row.code) and row.code not in self.errors:
                self.add_error(row.code, ANSWER)
        if told.get("in_town") == NO and not is_region(self._region()):
            self.add_error("region", NO_REGION if self._region() else WHERE)
        return told

    def reading(self, now: datetime, device: str) -> Reading:
        """Return what was answered."""
        told = self.cleaned_data
        symptoms = tuple(code for code in told["symptoms"] if code != NONE)
        answers = {name: _yes(told[name]) for name in ANSWERS}
        return Reading(
            taken_at=now,
            temperature=self._temperature(),
            method=told["method"],
            symptoms=symptoms,
            region=self._region() if answers["in_town"] is False else "",
            same_as_yesterday=self._is_same(),
            device=device,
            in_town=answers["in_town"],
            household_symptoms=answers["household_symptoms"],
            contact_risk_area=answers["contact_risk_area"],
            contact_case=answers["contact_case"],
        )

    def chosen(self, row: Row) -> tuple[str, ...]:
        """Return what is chosen in a row: what was sent, or what was told last time."""
        if not self.is_bound:
            return row.chosen
        return tuple(self.data.getlist(row.code))  # type: ignore[attr-defined]

    def renew(self) -> None:
        """Print the form under a new key, so that it can be sent again on purpose."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["key"] = str(ids.new())  # type: ignore[index]

    def _temperature(self) -> Decimal | None:
        told = str(self.cleaned_data["temperature"])
        if told in {NONE, ""}:
            return None
        degrees = self.cleaned_data["degrees"] if told in {LOW, HIGH} else Decimal(told)
        return Decimal(degrees)

    def _region(self) -> str:
        told: Mapping[str, object] = self.cleaned_data
        return str(told.get("region") or told.get("province") or "")

    def _is_same(self) -> bool:
        """Tell whether every answer is the one of last time, and none was asked anew."""
        if not self.page.rows or any(row.anew for row in self.page.rows):
            return False
        return all(
            set(self.chosen(row)) == set(row.chosen)
            and (row.code != "in_town" or self._region() in {row.region, ""})
            for row in self.page.rows
        )

    def clean_temperature(self) -> str:
        """Take one of the keys only."""
        told = str(self.cleaned_data["temperature"])
        if not self.page.limits.measured:
            return ""
        if told not in {NONE, LOW, HIGH, *(str(key) for key in self.page.pad.keys)}:
            raise forms.ValidationError(CHOOSE)
        return told


def _yes(told: str) -> bool | None:
    return None if not told else told == YES
