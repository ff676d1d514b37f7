"""What the inbox is asked for, what comes with a step, and a task as it is written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.files import File
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lianfang.ground.loops.queries import Filter, Seat, Tab, issuing
from lianfang.ground.loops.rules import NOTE_LENGTH
from lianfang.ground.notices.queries import post_word
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor

TITLE_LENGTH = 120
CLOCK_FORMAT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Asked:
    """The list that is asked for, what it is narrowed to, and its page."""

    tab: Tab | None
    told: Filter
    page: str

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """Read an address; what it does not understand it leaves out."""
        tab = query.get("tab", "")
        told = Filter(
            kind=query.get("kind", ""),
            unit=query.get("unit", ""),
            words=query.get("q", "").strip(),
            late="late" in query,
        )
        return cls(Tab(tab) if tab in set(Tab) else None, told, query.get("page", "1"))

    def query(self, tab: Tab, **more: str) -> str:
        """Write the address of the same list."""
        told = {"tab": tab, "kind": self.told.kind, "unit": self.told.unit, "q": self.told.words}
        told |= {"late": "1" if self.told.late else ""} | more
        return urlencode({name: value for name, value in told.items() if value})


class Papers(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several files, each of which the files app looks at before it is kept."""

    widget = Papers

    def clean(self, data: object, _initial: object = None) -> "list[File[Any]]":
        """Return the files that came."""
        found = data if isinstance(data, list | tuple) else [data]
        return [each for each in found if isinstance(each, File)]


class StepForm(forms.Form):
    """What comes with a step; which of it is needed, the step itself says."""

    note = forms.CharField(required=False)
    reason = forms.CharField(required=False)
    met = forms.TypedMultipleChoiceField(
        required=False, coerce=int, choices=[(str(at), str(at)) for at in range(100)]
    )
    due = forms.DateTimeField(required=False)
    papers = PapersField(required=False)
    back = forms.CharField(required=False)

    @property
    def said(self) -> str:
        """Return the reason that was chosen, else the note as it was typed."""
        return str(self.cleaned_data["reason"] or self.cleaned_data["note"])

    @property
    def asked(self) -> Asked:
        """Return the list from which the step was taken."""
        return Asked.read(QueryDict(self.data.get("back", "")))


class TaskForm(forms.Form):
    """A task: what, for which units, which post there owes it, by when, in whose name."""

    title = forms.CharField(label=_("What is to be done"), max_length=TITLE_LENGTH)
    units: "forms.ModelMultipleChoiceField[Unit]" = forms.ModelMultipleChoiceField(
        label=_("By which units"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    owner_role = forms.ChoiceField(label=_("By which post there"), initial=Role.PRINCIPAL)
    due = forms.DateTimeField(
        label=_("To be done by"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=CLOCK_FORMAT),
    )
    lines = forms.CharField(
        label=_("Requirements"),
        help_text=_("One a line; each is ticked off when it is reported done."),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    note = forms.CharField(
        label=_("Where it comes from"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )
    issuer = forms.ChoiceField(label=_("In the name of"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)

    def __init__(self, actor: Actor, *args: object, **more: object) -> None:
        """Offer the units and the seats that the actor may ask for and in whose name."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._seats = {seat.code: seat for seat in issuing(actor)}
        self._choose("issuer").choices = [(code, seat.word) for code, seat in self._seats.items()]
        roles = [role for role in Role if role not in {Role.AUDITOR, Role.ADMINISTRATOR}]
        self._choose("owner_role").choices = [(role, post_word(role)) for role in roles]
        units = self.fields["units"]
        units.queryset = orgs.units(actor, "loops.assign")  # type: ignore[attr-defined]

    def _choose(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    @property
    def seat(self) -> Seat:
        """Return the seat in whose name the task is asked for."""
        return self._seats[self.cleaned_data["issuer"]]

    @property
    def asked(self) -> Sequence[Unit]:
        """Return the units that are asked."""
        return list(self.cleaned_data["units"])

    @property
    def requirements(self) -> tuple[str, ...]:
        """Return the requirements, one a line."""
        return tuple(str(self.cleaned_data["lines"]).splitlines())

    @property
    def once(self) -> UUID:
        """Return what tells this form from the same one sent again."""
        return UUID(str(self.cleaned_data["key"]))
