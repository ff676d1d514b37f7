"""What is asked when a response begins: the pack, and what the pack leaves open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.ground.response import shipped
from lianfang.ground.response.forms.course import level_words, moment, now, pack_titles
from lianfang.ground.response.rules import Level, Mark, Pack
from lianfang.ground.response.rules.drafting import Line
from lianfang.ground.response.rules.features import left_open
from lianfang.ground.response.rules.showing import written

VALUE, SOURCE = "say-", "source-"


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A value that a pack leaves open and that is needed before it can be put in force."""

    path: str
    label: str
    note: str
    unit: str


def open_values(pack: Pack) -> Sequence[OpenValue]:
    """Return what the group has to say itself before a pack can be put in force."""
    language, known = get_language() or "", shipped.known()
    found = []
    for path in left_open(pack):
        told, leaf = pack.unknown.get(path), known.get(path)
        label = told.label if told else leaf.label if leaf else None
        found.append(
            OpenValue(
                path,
                label.say(language) if label else path,
                told.note.say(language) if told else "",
                told.unit if told else leaf.unit if leaf else "1",
            )
        )
    return found


class PackForm(forms.Form):
    """A pack is chosen, and what it leaves open is said with it."""

    pack_id = forms.ChoiceField(label=_("Policy pack"), choices=pack_titles)

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:  # noqa: ANN401
        """Ask for what the chosen pack leaves open."""
        super().__init__(data, **more)
        chosen = str((data or self.initial).get("pack_id") or "")
        pack = shipped.packs().get(chosen)
        self.open = open_values(pack) if pack is not None else ()
        for each in self.open:
            leaf = shipped.known().get(each.path)
            example = written(leaf) if leaf is not None else ""
            self.fields[VALUE + each.path] = forms.CharField(
                label=each.label,
                widget=forms.Textarea(attrs={"rows": 3, "placeholder": example}),
                max_length=20_000,
                help_text=each.note,
            )
            self.fields[SOURCE + each.path] = forms.CharField(
                label=_("Document and issuer"), max_length=200
            )


class BeginForm(PackForm):
    """A response begins."""

    title = forms.CharField(
        label=pgettext_lazy("response", "Title"),
        max_length=120,
        required=False,
        help_text=_("The title of the pack unless you say otherwise."),
    )
    started_at = moment(_("Began"), initial=now)
    level = forms.TypedChoiceField(label=_("Response level"), choices=level_words, coerce=Level)
    document = forms.CharField(label=_("Document that declared it"), max_length=200, required=False)


class AdoptForm(PackForm):
    """Another pack is to come into force."""

    reason = forms.CharField(label=pgettext_lazy("pack", "Why"), max_length=80)


def said_of(told: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return what the group said of the values that its pack leaves open."""
    paths = [name.removeprefix(VALUE) for name in told if name.startswith(VALUE)]
    return tuple(
        Line(path, told[VALUE + path], told[SOURCE + path], Mark.FOUND.value) for path in paths
    )
