"""The file that somebody brings, and for which unit."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from lianfang.ground.imports import queries
from lianfang.ground.orgs.forms.fields import UnitField, offered
from lianfang.ground.web.imports import ImportKind
from lianfang.kernel.actor import Actor

TABLES = (".xlsx", ".csv")
NO_TABLE = _("Only a spreadsheet can be imported: .xlsx or .csv. Save another one as .xlsx first.")
Files = MultiValueDict[str, Any] | None


class BringForm(forms.Form):
    """A spreadsheet to import."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("Excel or WPS (.xlsx), or CSV; the columns may stand in any order."),
    )
    unit = UnitField(
        label=_("For the unit"),
        queryset=None,
        empty_label=None,
        help_text=_("Rows of other units are not taken."),
    )

    def __init__(
        self,
        actor: Actor,
        kind: ImportKind,
        data: Mapping[str, Any] | None = None,
        files: Files = None,
    ) -> None:
        """Offer the units for which the actor may import this."""
        super().__init__(data, files)
        offered(self, "unit").offer(queries.places(actor, kind))

    def clean_file(self) -> object:
        """Take spreadsheets only; what else the house keeps is nothing to import."""
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(TABLES):
            raise forms.ValidationError(NO_TABLE)
        return file
