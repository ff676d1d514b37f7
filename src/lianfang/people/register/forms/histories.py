"""A piece of epidemiological history, as it was told."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs.forms.fields import Data, day_input
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.register.forms.fields import RegionField, offer
from lianfang.people.register.forms.movements import ASKED
from lianfang.people.register.queries import day_of, policy_at
from lianfang.people.register.queries.words import choices, pack_choices
from lianfang.people.register.rules.lines import Told
from lianfang.people.register.rules.wording import HOW
from lianfang.people.register.rules.words import HowTold


class ExposureForm(forms.Form):
    """What was told, of which place, and until which day it went on."""

    kind = forms.ChoiceField(label=_("What was told"))
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=day_input(),
        help_text=_("The last day there, or of the meeting; empty counts from today."),
    )
    region = RegionField(label=_("Place of it"))
    how = forms.ChoiceField(
        label=_("How it was learnt"),
        choices=partial(choices, HOW, only=ASKED),
        initial=HowTold.BY_PHONE,
    )

    def __init__(self, actor: Actor, data: Data = None) -> None:
        """Offer the kinds of history of the pack in force."""
        super().__init__(data)
        offer(self, "kind", pack_choices(policy_at(actor, clock.now()).kinds))

    def told(self) -> Told:
        """Return what was told; a last day that nobody knows is today at the latest."""
        told = self.cleaned_data
        return Told(
            told["kind"],
            told["last_day"] or day_of(None, clock.now()),
            told["region"],
            last_day_known=told["last_day"] is not None,
            how=HowTold(told["how"]),
        )
