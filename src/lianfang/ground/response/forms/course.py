"""What is asked when a response begins and runs its course."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.ground.response import shipped
from lianfang.ground.response.rules import (
    LEVEL_WORDS,
    STAGE_WORDS,
    Level,
    Mark,
    Stage,
)
from lianfang.kernel import clock

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
