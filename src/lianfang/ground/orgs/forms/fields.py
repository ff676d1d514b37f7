"""What several forms share: codes, units, days, the kernel's checks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from lianfang.ground.orgs.rules.codes import safe
from lianfang.ground.web.requests import sentence
from lianfang.kernel import tree
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets.cells import plain

Data = Mapping[str, Any] | None
Known = dict[str, object] | None
WIDE_SPACE = "\u3000"


class CodeField(forms.CharField):
    """A code, kept in its plain form however wide it was typed."""

    def to_python(self, value: object) -> str:
        """Return the plain form."""
        return checked(safe, super().to_python(value) or "")


def checked(check: Callable[[str], str], told: str) -> str:
    """Return a text as it is kept, or say what is wrong with it; nothing told is nothing."""
    told = plain(told)
    try:
        return check(told) if told else ""
    except BadInput as wrong:
        raise ValidationError(sentence(wrong)) from wrong


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of those that are offered, shown where it stands in the tree."""

    def label_from_instance(self, obj: object) -> str:
        """Show a unit by its place, code and short name."""
        path, code = str(getattr(obj, "path", "")), getattr(obj, "code", "")
        return f"{WIDE_SPACE * (len(tree.ancestors(path)) - 1)}{code} {obj}"

    def offer(self, found: QuerySet[Any]) -> None:
        """Offer these units, superiors first."""
        self.queryset = found.order_by("path")


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A site of those that are offered, shown with its code and unit."""

    def label_from_instance(self, obj: object) -> str:
        """Show a site by its code, name and unit."""
        return f"{getattr(obj, 'code', '')} {obj} · {getattr(obj, 'unit', '')}"

    def offer(self, found: QuerySet[Any]) -> None:
        """Offer these sites in the order of their codes."""
        self.queryset = found.order_by("code")


def day_input() -> forms.DateInput:
    """Return the browser's own picker of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """Return the browser's own picker of a time."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def offered(form: forms.Form, name: str) -> UnitField | SiteField:
    """Return the field of a form that offers units or sites."""
    field = form.fields[name]
    if not isinstance(field, UnitField | SiteField):
        raise TypeError(name)
    return field
