"""What is asked when a response begins, runs its course, or its policy pack changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, services, shipped
from lianfang.ground.response.rules import (
    LEVEL_WORDS,
    STAGE_WORDS,
    BadPack,
    Level,
    Mark,
    Pack,
    Stage,
    may_tighten,
)
from lianfang.ground.response.rules.showing import typed, written
from lianfang.ground.web.requests import sentence
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor

LOCAL = "%Y-%m-%dT%H:%M"
MARKS = (
    (Mark.FOUND.value, _("found in a document")),
    (Mark.MEMORY.value, _("from memory, to be checked")),
    (Mark.DEFAULT.value, _("our own decision")),
)


def moment(label: Any, **more: Any) -> forms.DateTimeField:  # noqa: ANN401 - as Django types it
    """Ask for day and time at the place."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, widget=widget, **more)


def day(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - as Django types it
    """Ask for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def now() -> datetime:
    """Return the minute that a form proposes."""
    return clock.now().replace(second=0, microsecond=0)


def level_words() -> list[tuple[str, str]]:
    """Return the levels in the reader's language."""
    return [(level.value, str(_(words))) for level, words in LEVEL_WORDS.items()]


def stage_words() -> list[tuple[str, str]]:
    """Return the phases in the reader's language."""
    return [(stage.value, str(_(words))) for stage, words in STAGE_WORDS.items()]


def pack_titles() -> list[tuple[str, str]]:
    """Return the packs that come with the program, in the reader's language."""
    language = get_language() or ""
    return [(code, pack.title.say(language)) for code, pack in shipped.packs().items()]


class BeginForm(forms.Form):
    """A response begins."""

    pack_id = forms.ChoiceField(label=_("Policy pack"), choices=pack_titles)
    title = forms.CharField(
        label=pgettext_lazy("response", "Title"),
        max_length=120,
        required=False,
        help_text=_("The title of the pack unless you say otherwise."),
    )
    started_at = moment(_("Began"), initial=now)
    level = forms.TypedChoiceField(label=_("Response level"), choices=level_words, coerce=Level)
    document = forms.CharField(label=_("Document that declared it"), max_length=200, required=False)


class LevelForm(forms.Form):
    """An authority has declared another level."""

    level = forms.TypedChoiceField(label=_("Response level"), choices=level_words, coerce=Level)
    valid_from = moment(_("In force from"), initial=now)
    document = forms.CharField(label=_("Document that declared it"), max_length=200)


class PhaseForm(forms.Form):
    """The next phase begins."""

    stage = forms.TypedChoiceField(
        label=pgettext_lazy("response", "Phase"), choices=stage_words, coerce=Stage
    )
    valid_from = moment(_("Begins"), initial=now)
    summary = forms.CharField(
        label=_("Summary of the phase that is over"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
    )


class CampaignForm(forms.Form):
    """A campaign starts."""

    name = forms.CharField(label=pgettext_lazy("campaign", "Name"), max_length=60)
    starts_on = day(_("First day"), initial=now)
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=366, initial=10)
    target = forms.CharField(label=_("Target"), max_length=200, required=False)


class PeriodForm(forms.Form):
    """Days in which more is at stake."""

    name = forms.CharField(label=pgettext_lazy("campaign", "Name"), max_length=60)
    starts_on = day(_("First day"), initial=now)
    ends_on = day(_("Last day"), initial=now)


class CasesForm(forms.Form):
    """New confirmed cases as published."""

    region = forms.CharField(label=_("Region"), max_length=40)
    day = day(pgettext_lazy("cases", "Day"), initial=now)
    new_confirmed = forms.IntegerField(
        label=_("New confirmed cases"), min_value=0, max_value=1_000_000
    )
    source = forms.CharField(label=_("Published by"), max_length=200)


class EndForm(forms.Form):
    """The response is over."""

    ended_at = moment(_("Ended"), initial=now)


class AdoptForm(forms.Form):
    """Another pack comes into force."""

    pack_id = forms.ChoiceField(label=_("Policy pack"), choices=pack_titles)
    reason = forms.CharField(label=pgettext_lazy("pack", "Why"), max_length=200)


class ValueForm(forms.Form):
    """A value of the pack in force, chosen by its path and typed as the page shows it."""

    path = forms.ChoiceField(label=_("Value of the pack"))
    value = forms.CharField(
        label=_("New value"), widget=forms.Textarea(attrs={"rows": 2}), max_length=20_000
    )

    def __init__(self, pack: Pack, paths: list[str], *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer the values by their labels; a chosen one is shown as it stands."""
        super().__init__(*args, **more)
        self.pack, language = pack, get_language() or ""
        choices = [(path, _label(pack, path, language)) for path in paths]
        self.fields["path"].choices = choices  # type: ignore[attr-defined]
        chosen = self.initial.get("path")
        if chosen in paths and "value" not in self.initial:
            self.initial["value"] = written(pack.leaf(chosen))

    def clean(self) -> dict[str, Any]:
        """Read the typed text as a value of the same kind."""
        told = super().clean() or {}
        if "path" in told and "value" in told:
            try:
                leaf = self.pack.leaf(told["path"])
                told["value"] = typed(leaf, told["value"], timezone.get_default_timezone())
            except BadPack as refused:
                self.add_error("value", sentence(refused))
        return told


class AmendForm(ValueForm):
    """A value changes for everybody from an instant on."""

    valid_from = moment(_("In force from"), initial=now)
    valid_to = moment(_("Until"), required=False, help_text=_("Empty: until it is changed again."))
    title = forms.CharField(label=_("What this amendment is called"), max_length=80)
    source = forms.CharField(label=_("Document and issuer"), max_length=200)
    mark = forms.TypedChoiceField(label=_("How sure"), choices=MARKS, coerce=Mark)
    note = forms.CharField(label=pgettext_lazy("pack", "Note"), max_length=200, required=False)

    def __init__(self, pack: Pack, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer every value of the pack."""
        super().__init__(pack, list(pack.leaves), *args, **more)


class TightenForm(ValueForm):
    """A value becomes stricter for a unit and all below it."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("For the unit and all below it"), queryset=None, empty_label=None
    )
    reason = forms.CharField(label=pgettext_lazy("pack", "Why"), max_length=200)
    field_order = ("unit", "path", "value", "reason")

    def __init__(self, actor: Actor, pack: Pack, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer the values that may be stricter, and the units that the reader acts for."""
        super().__init__(pack, list(may_tighten(pack)), *args, **more)
        units = orgs.units(actor, "response.supplement")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """A unit goes back to what the pack says."""

    reason = forms.CharField(label=pgettext_lazy("pack", "Why"), max_length=200)


class AskForm(forms.Form):
    """What the reader of the policy page wants to see."""

    at = moment(_("In force at"), required=False)
    versus = moment(_("Compared with"), required=False)
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=pgettext_lazy("pack", "For the unit"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("pack", "The whole group"),
        to_field_name="code",
    )
    q = forms.CharField(
        label=pgettext_lazy("pack", "Look for"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    mark = forms.ChoiceField(
        required=False, choices=[("", ""), *((mark.value, "") for mark in Mark)]
    )

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Offer the units that the reader may see."""
        super().__init__(*args, **more)
        self.fields["unit"].queryset = orgs.units(actor)  # type: ignore[attr-defined]

    @property
    def asked_for(self) -> list[forms.BoundField]:
        """Return what stands above the page; the mark is chosen on the page itself."""
        return [self[name] for name in ("at", "unit", "versus", "q")]

    def asked(self, at: datetime) -> queries.Asked:
        """Return what is wanted; what was typed wrongly is passed over and marked."""
        told = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return queries.Asked(
            at=told.get("at") or at,
            language=get_language() or "",
            unit=told.get("unit"),
            versus=told.get("versus"),
            text=told.get("q") or "",
            mark=told.get("mark") or "",
        )


def amendment(told: Mapping[str, Any]) -> services.AmendmentLine:
    """Return an amendment as it was told; its title stands in the language of who wrote it."""
    return services.AmendmentLine(
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        sets={told["path"]: told["value"]},
        source=told["source"],
        title_zh=told["title"],
        mark=told["mark"],
        note=told["note"],
    )


def page_of(unit: Unit) -> str:
    """Return the address of the policy page of a unit."""
    return f"{reverse('response:pack')}?{urlencode({'unit': unit.code})}"


def _label(pack: Pack, path: str, language: str) -> str:
    section = pack.sections.get(path.partition(".")[0])
    label = queries.label_of(pack, path, language)
    return f"{section.say(language)} · {label}" if section else label
