"""What is looked for in the list of people."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.forms.fields import Data, UnitField, offered
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.people.register.forms.fields import offer
from lianfang.people.register.queries import policy_of_all
from lianfang.people.register.queries.words import choices, pack_choices
from lianfang.people.register.rules.listing import Special, Wanted
from lianfang.people.register.rules.wording import EMPLOYMENT, WHEREABOUTS
from lianfang.people.register.rules.words import ON_SITE, STAFF, Population

SPECIALS = [
    ("", pgettext_lazy("people list", "Everybody")),
    (Special.NOT_BACK, pgettext_lazy("people list", "Not yet back")),
    (Special.HISTORY, pgettext_lazy("people list", "With history")),
    (Special.TO_COMPLETE, pgettext_lazy("people list", "To complete")),
    (Special.LEFT, pgettext_lazy("people list", "Left")),
]


class PeopleFilter(forms.Form):
    """The population, the words and the narrowings of a list of people."""

    population = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Population],
        required=False,
        widget=forms.HiddenInput,
    )
    q = forms.CharField(label=_("Search"), required=False, max_length=60)
    special = forms.ChoiceField(
        label=_("List"), choices=SPECIALS, required=False, widget=forms.HiddenInput
    )
    unit = UnitField(
        label=_("Unit"),
        queryset=None,
        required=False,
        empty_label=_("All units"),
        to_field_name="code",
    )
    employment = forms.ChoiceField(label=_("Employment"), required=False)
    whereabouts = forms.ChoiceField(label=_("Whereabouts"), required=False)
    movement_class = forms.ChoiceField(label=_("Movement class"), required=False)

    def __init__(self, actor: Actor, data: Data = None) -> None:
        """Offer the units that the actor may see, and the classes of the pack in force."""
        super().__init__(data)
        self.policy = policy_of_all(actor, clock.now())
        self.at_hand = Population.ON_SITE if self._on_site() else Population.STAFF
        ways = ON_SITE if self.at_hand is Population.ON_SITE else STAFF
        offered(self, "unit").offer(orgs.units(actor))
        offer(self, "employment", choices(EMPLOYMENT, _("All kinds of employment"), only=ways))
        offer(self, "whereabouts", choices(WHEREABOUTS, _("Wherever they are")))
        offer(self, "movement_class", pack_choices(self.policy.classes, _("All movement classes")))

    def wanted(self) -> Wanted:
        """Return which people are asked for; what cannot be asked for is not."""
        told = self.cleaned_data if self.is_valid() else {}
        unit = told.get("unit")
        return Wanted(
            population=self.at_hand,
            words=str(told.get("q", "")).strip(),
            unit=unit.pk if unit else None,
            employment=str(told.get("employment", "")),
            movement_class=str(told.get("movement_class", "")),
            whereabouts=str(told.get("whereabouts", "")),
            special=str(told.get("special", "")),
        )

    def _on_site(self) -> bool:
        return bool(self.data.get("population") == Population.ON_SITE)
