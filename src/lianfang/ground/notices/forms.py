"""What is asked of somebody who sends a note."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.notices.queries import post_word, recipients, senders
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import ids, tree
from lianfang.kernel.actor import Actor

ASKED = (Role.CLERK, Role.PRINCIPAL)
TEXT_LENGTH = 1000


class NoteForm(forms.Form):
    """A note to posts: what it says, to which units, to which posts there."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("In the name of"), queryset=None, empty_label=None
    )
    text = forms.CharField(
        label=_("What it says"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
    )
    units: "forms.ModelMultipleChoiceField[Unit]" = forms.ModelMultipleChoiceField(
        label=_("To the units"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    posts = forms.MultipleChoiceField(
        label=_("To the posts there"), widget=forms.CheckboxSelectMultiple, initial=ASKED
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)

    def __init__(self, actor: Actor, *args: object, **more: object) -> None:
        """Offer the units that the actor may write for and to."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choice = {name: self.fields[name] for name in ("unit", "units", "posts")}
        choice["unit"].queryset = senders(actor)  # type: ignore[attr-defined]
        choice["units"].queryset = recipients(actor)  # type: ignore[attr-defined]
        choice["posts"].choices = [(role, post_word(role)) for role in Role]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Refuse units that do not stand below the one that writes."""
        told = super().clean() or {}
        unit, units = told.get("unit"), told.get("units", ())
        if isinstance(unit, Unit) and not all(tree.within(one.path, unit.path) for one in units):
            self.add_error("units", _("A unit writes to itself and to those below it."))
        return told

    @property
    def chosen(self) -> Sequence[Unit]:
        """Return the units that were chosen."""
        return list(self.cleaned_data["units"])
