"""Where somebody is, since when and by what he came."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs.forms.fields import Data, Known, day_input
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.register.forms.fields import RegionField, ThreeWays, offer
from lianfang.people.register.queries import policy_at
from lianfang.people.register.queries.words import choices, pack_choices
from lianfang.people.register.rules.lines import WHERE, Whereabouts
from lianfang.people.register.rules.wording import HOW
from lianfang.people.register.rules.words import HowTold

ASKED = (HowTold.IN_PERSON, HowTold.BY_PHONE, HowTold.FROM_CHAT, HowTold.BY_RELATIVE)


class MovementForm(forms.Form):
    """A movement as it was told; its class follows from the rest unless one is chosen."""

    in_town = ThreeWays(_("yes"), _("no, not yet back"), label=_("In town?"))
    region = RegionField(label=_("Where now"))
    left_on = forms.DateField(label=_("Left on"), required=False, widget=day_input())
    planned_return = forms.DateField(label=_("Planned return"), required=False, widget=day_input())
    returned_on = forms.DateField(label=_("Came back on"), required=False, widget=day_input())
    from_region = RegionField(label=_("Came back from"))
    transport = forms.ChoiceField(label=_("Means of transport"), required=False)
    transport_no = forms.CharField(label=_("Train, flight or plate"), max_length=30, required=False)
    seat_no = forms.CharField(label=_("Seat"), max_length=20, required=False)
    movement_class = forms.ChoiceField(label=_("Movement class"), required=False)
    how = forms.ChoiceField(
        label=_("How it was learnt"),
        choices=partial(choices, HOW, only=ASKED),
        initial=HowTold.BY_PHONE,
    )

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the transports and classes of the pack in force."""
        super().__init__(data, initial=initial)
        policy = policy_at(actor, clock.now())
        offer(self, "transport", pack_choices(policy.transports, _("not told")))
        offer(self, "movement_class", pack_choices(policy.classes, _("as the rest says")))

    def told(self) -> Whereabouts:
        """Return what was told."""
        values = {name: self.cleaned_data[name] for name in WHERE}
        return Whereabouts(**values, how=HowTold(self.cleaned_data["how"]))
