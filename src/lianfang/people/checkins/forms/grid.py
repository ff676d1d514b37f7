"""A row of the clerk's grid: what was told by or for somebody without a phone."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.kernel import ids
from lianfang.kernel.refusals import BadInput
from lianfang.people.checkins.queries import GridRow
from lianfang.people.checkins.queries.pages import NO, YES
from lianfang.people.checkins.rules import (
    ANSWERS,
    IMPLAUSIBLE,
    Channel,
    Earlier,
    NextStep,
    Outcome,
    Reading,
    Tried,
)
from lianfang.people.checkins.rules.typed import NO_NUMBER, typed_temperature
from lianfang.people.register.forms.fields import RegionField
from lianfang.people.register.rules.words import HowTold

TYPE_SOMETHING = _("Type the temperature; Lo where the thermometer shows none.")
SAY_ANEW = _(
    "Choose “asked: in town, nothing else”; if something is different, answer each question."
)
SAY_YESTERDAY = _(
    "Choose “the same as yesterday” or “asked: in town, nothing else”; "
    "if something is different, answer each question."
)
SAY_TODAY = _(
    "Choose “as told before today” or “asked: in town, nothing else”; "
    "if something is different, answer each question."
)
NOTHING_BEFORE = _("There is nothing to be the same as, or for too long; ask again.")
ALL_THREE = _("Say how you tried, what came of it and what comes next.")
WHERE = _("Say where the person is: at least the province.")


ANSWER = ((YES, YES), (NO, NO))


class Base(StrEnum):
    """What the answers of a row rest on, before what is changed in it."""

    SAME = "same"
    NOTHING = "nothing"


def _codes(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in words]


class RowForm(forms.Form):
    """A row: temperature, where it was measured, the answers, how they were learnt."""

    temperature = forms.CharField(max_length=8, required=False)
    method = forms.CharField(max_length=20, required=False)
    base = forms.ChoiceField(choices=_codes(Base), required=False)
    symptoms = forms.MultipleChoiceField(required=False)
    in_town = forms.ChoiceField(choices=ANSWER, required=False)
    region = RegionField()
    household_symptoms = forms.ChoiceField(choices=ANSWER, required=False)
    contact_risk_area = forms.ChoiceField(choices=ANSWER, required=False)
    contact_case = forms.ChoiceField(choices=ANSWER, required=False)
    how = forms.ChoiceField(choices=_codes(HowTold), required=False)
    channel = forms.ChoiceField(choices=_codes(Channel), required=False)
    outcome = forms.ChoiceField(choices=_codes(Outcome), required=False)
    next_step = forms.ChoiceField(choices=_codes(NextStep), required=False)
    key = forms.UUIDField(initial=ids.new, required=False)

    def __init__(self, row: GridRow, data: object = None) -> None:
        """Take the row, whose person gives the prefix."""
        super().__init__(data, prefix=str(row.person.pk))  # type: ignore[arg-type]
        self.row = row
        codes = [(each.code, each.code) for each in row.policy.symptoms]
        self.fields["symptoms"].choices = codes  # type: ignore[attr-defined]

    @property
    def is_typed(self) -> bool:
        """Tell whether somebody typed a temperature, or the answers where none is measured."""
        told = "temperature" if self.row.policy.thresholds.measured else "base"
        return bool(self.is_bound and self.data.get(f"{self.prefix}-{told}", "").strip())

    @property
    def chosen_method(self) -> str:
        """Return where it is measured: as typed, as last time, or where the pack confirms it."""
        typed = str(self["method"].value() or "")
        before, limits = self.row.before, self.row.policy.thresholds
        usual = before.method if before and before.method else self.row.policy.usual_method
        return typed or (limits.confirm_method if self.row.again else usual)

    @property
    def chosen_base(self) -> str:
        """Return what the answers rest on: as typed, else as before where that is allowed."""
        if self.is_bound:
            return str(self["base"].value() or "")
        return Base.SAME if self.row.carries and self.row.policy.thresholds.measured else ""

    @property
    def chosen_how(self) -> str:
        """Return how it was learnt: as typed, else in person."""
        return str(self["how"].value() or HowTold.IN_PERSON)

    @property
    def chosen_symptoms(self) -> list[str]:
        """Return the symptoms that are ticked."""
        return list(self["symptoms"].value() or ())

    @property
    def chosen_codes(self) -> dict[str, str]:
        """Return what is chosen in the other lists, by name."""
        names = (*ANSWERS, "channel", "outcome", "next_step")
        return {name: str(self[name].value() or "") for name in names}

    @property
    def has_more(self) -> bool:
        """Tell whether an answer was changed, so that the changes stay in sight."""
        return bool(self.chosen_symptoms) or any(self.chosen_codes[name] for name in ANSWERS)

    @property
    def has_tried(self) -> bool:
        """Tell whether an attempt was begun, so that it stays in sight."""
        return bool(self.chosen_codes["channel"] or self.chosen_codes["outcome"])

    def clean_temperature(self) -> str:
        """Read 36.5, 365 and 36，5 alike; keep what says that there is no number."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["temperature"]).strip().lower()
        if text in NO_NUMBER or not text:
            return text
        try:
            value = typed_temperature(text)
        except BadInput as wrong:
            raise forms.ValidationError(gettext(wrong.sentence)) from None
        limits = self.row.policy.thresholds
        if value is not None and not limits.lowest <= value <= limits.highest:
            told = {"value": value, "low": limits.lowest, "high": limits.highest}
            raise forms.ValidationError(gettext(IMPLAUSIBLE) % told)
        return str(value)

    def wants_reading(self) -> bool:
        """Tell whether the row can be saved as a reading; say at each field what is missing."""
        self.full_clean()
        told = dict(self.cleaned_data)
        if told.get("temperature") == "" and self.row.policy.thresholds.measured:
            self.add_error("temperature", TYPE_SOMETHING)
        self._check_base(told)
        if told.get("in_town") == NO and told.get("region") == "" and not self._known_region(told):
            self.add_error("region", WHERE)
        return not self.errors

    def _check_base(self, told: Mapping[str, object]) -> None:
        base = told.get("base")
        if base == Base.SAME and not self.row.carries:
            self.add_error("base", NOTHING_BEFORE)
        elif base == "" and not all(told.get(name) for name in self._answers):
            say = SAY_TODAY if self.row.again else SAY_YESTERDAY
            self.add_error("base", say if self.row.carries else SAY_ANEW)

    @property
    def _answers(self) -> list[str]:
        """Return the answers that the policy asks for."""
        return [name for name in ANSWERS if self.row.policy.asks_for(name)]

    def _known_region(self, told: Mapping[str, object]) -> bool:
        before = self.row.before
        return told.get("base") == Base.SAME and before is not None and bool(before.region)

    def reading(self) -> Reading:
        """Return what was typed: the base of the answers with what was changed."""
        told, before = self.cleaned_data, self.row.before
        same = told["base"] == Base.SAME and before is not None
        typed = {name: told[name] == YES for name in ANSWERS if told[name]}
        asked = self._answers
        answers = {
            name: each if name in asked else None
            for name, each in (_base(told["base"], before) | typed).items()
        }
        known = before if same else None
        region = told["region"] or (known.region if known is not None else "")
        return Reading(
            taken_at=self.row.now,
            temperature=_number(told["temperature"]),
            method=told["method"] or self.row.policy.usual_method,
            symptoms=tuple(told["symptoms"]) or (known.symptoms if known is not None else ()),
            symptoms_known=bool(told["symptoms"]) or known is None or known.symptoms_known,
            region=region if answers["in_town"] is False else "",
            same_as_yesterday=same and not typed and not told["symptoms"] and not self.row.again,
            how=HowTold(told["how"] or HowTold.IN_PERSON),
            in_town=answers["in_town"],
            household_symptoms=answers["household_symptoms"],
            contact_risk_area=answers["contact_risk_area"],
            contact_case=answers["contact_case"],
        )

    def tried(self) -> Tried | None:
        """Return how somebody was looked for; none, and why, where a part is missing."""
        told = self.cleaned_data if self.is_valid() else {}
        if not all(told.get(name) for name in ("channel", "outcome", "next_step")):
            self.add_error("channel", ALL_THREE)
            return None
        return Tried(
            Channel(told["channel"]), Outcome(told["outcome"]), NextStep(told["next_step"])
        )

    def untried(self) -> dict[str, object]:
        """Return what was typed without the attempt, which is kept by now."""
        parts = {f"{self.prefix}-{name}" for name in ("channel", "outcome", "next_step")}
        data = self.data.copy()  # type: ignore[attr-defined]
        for part in parts & set(data):
            del data[part]
        return data  # type: ignore[no-any-return]


def rows(found: Sequence[GridRow], data: object = None) -> list[RowForm]:
    """Return a form for each row."""
    return [RowForm(row, data) for row in found]


def _number(text: str) -> Decimal | None:
    return None if text in NO_NUMBER or not text else Decimal(text)


def _base(base: str, before: Earlier | None) -> dict[str, bool | None]:
    if base == Base.SAME and before is not None:
        return {name: getattr(before, name) for name in ANSWERS}
    if base == Base.NOTHING:
        return {name: name == "in_town" for name in ANSWERS}
    return dict.fromkeys(ANSWERS)
