"""Who was chosen from a list, and what is to be made of them."""

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lianfang.kernel import ids
from lianfang.people.register.services.links import LINK_DAYS

SHEET, TABLE = "sheet", "csv"
XLSX, CSV, PAPER = "xlsx", "csv", "print"


def ticked(data: QueryDict) -> list[UUID]:
    """Return the people whose boxes were ticked; whatever is no key is nobody's."""
    return list(_keys(data.getlist("person")))


def _keys(told: list[str]) -> Iterator[UUID]:
    for each in told:
        try:
            yield UUID(each)
        except ValueError:
            continue


class ExportForm(forms.Form):
    """In what sort of file a list leaves the house."""

    kind = forms.ChoiceField(choices=[(XLSX, XLSX), (CSV, CSV), (PAPER, PAPER)])


class LinksForm(forms.Form):
    """How long the links are good for, and on what they are handed out; good for one making."""

    days = forms.IntegerField(
        label=_("Good for days"), min_value=1, max_value=366, initial=LINK_DAYS
    )
    kind = forms.ChoiceField(
        label=_("Handed out as"),
        choices=[(SHEET, _("Sheet to print")), (TABLE, _("Table (CSV)"))],
        initial=SHEET,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.new)
