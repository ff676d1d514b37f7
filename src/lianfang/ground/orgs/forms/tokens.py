"""Tokens: what a program is let do, and for how long."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.forms.fields import Data, Known, UnitField, offered
from lianfang.ground.orgs.queries.words import choices
from lianfang.ground.orgs.rules.words import POST
from lianfang.kernel.actor import Actor

DAYS_AT_MOST = 730


class TokenForm(forms.Form):
    """A token for a program."""

    label = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        help_text=_("The program and where it runs, say: attendance system, head office."),
    )
    unit = UnitField(label=_("Acts for the unit"), queryset=None)
    role = forms.ChoiceField(label=_("With the post"), choices=partial(choices, POST, "—"))
    days = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=DAYS_AT_MOST, initial=90
    )

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the units for which the actor may give tokens."""
        super().__init__(data, initial=initial)
        offered(self, "unit").offer(queries.units(actor, "tokens.create"))
