"""What is asked when somebody reads the policy pack, or makes it stricter for a unit."""

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
from lianfang.ground.response import queries
from lianfang.ground.response.forms.course import moment
from lianfang.ground.response.rules import (
    BadPack,
    Mark,
    Pack,
    may_tighten,
)
from lianfang.ground.response.rules.showing import typed, written
from lianfang.ground.web.requests import sentence
from lianfang.kernel.actor import Actor


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


class TightenForm(ValueForm):
    """A value becomes stricter for a unit and all below it."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("For the unit and all below it"), queryset=None, empty_label=None
    )
    reason = forms.CharField(label=pgettext_lazy("pack", "Why"), max_length=200)
    valid_to = moment(_("Until"), required=False, help_text=_("Empty: until it is lifted."))
    field_order = ("unit", "path", "value", "valid_to", "reason")

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


def page_of(unit: Unit) -> str:
    """Return the address of the policy page of a unit."""
    return f"{reverse('response:pack')}?{urlencode({'unit': unit.code})}"


def _label(pack: Pack, path: str, language: str) -> str:
    section = pack.sections.get(path.partition(".")[0])
    label = queries.label_of(pack, path, language)
    return f"{section.say(language)} · {label}" if section else label
