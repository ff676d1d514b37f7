"""What is typed of a call or visit, and what is looked for in the log."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.forms.fields import UnitField, day_input, offered
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.queries import Asked
from lianfang.work.liaison.queries.contacts import how_word, sort_word
from lianfang.work.liaison.rules.contacts import NAME_LENGTH, PLACE_LENGTH, TEXT_LENGTH, How, Sort
from lianfang.work.liaison.services import ContactLine

LOCAL = "%Y-%m-%dT%H:%M"


def now() -> datetime:
    """Return the time of the matter where the reader is."""
    return timezone.localtime(clock.now())


def known(contact: Contact) -> dict[str, object]:
    """Return what a form about a call begins with; what was said is opened by an act of its own."""
    names = ("sort", "how", "happened_at", "with_name", "with_post", "place", "next_on")
    return {name: getattr(contact, name) for name in names}


def _text(label: object, hint: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=hint,  # type: ignore[arg-type]
    )


class ContactForm(forms.Form):
    """A call or visit: when, how, with whom, what was said, agreed and passed on, what is next."""

    sort = forms.ChoiceField(label=_("What it was"))
    how = forms.ChoiceField(label=_("How"))
    happened_at = forms.DateTimeField(
        label=pgettext_lazy("call", "When"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
    )
    with_name = forms.CharField(label=_("With whom"), required=False, max_length=NAME_LENGTH)
    with_post = forms.CharField(label=_("His post"), required=False, max_length=PLACE_LENGTH)
    place = forms.CharField(label=_("Place"), required=False, max_length=PLACE_LENGTH)
    said = _text(_("What was said or found"), _("Sealed; whoever opens it stands in the trail."))
    measure = _text(_("What was agreed or asked for"))
    told = _text(_("Who else was told"))
    next_on = forms.DateField(label=_("Next call on"), required=False, widget=day_input())
    field_order = ("with_name", "with_post", "said", "measure", "next_on", "told", "place")

    def __init__(self, *args: object, **more: object) -> None:
        """Offer the ways and sorts."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        for name, words in (
            ("sort", [(each.value, sort_word(each)) for each in Sort]),
            ("how", [(each.value, how_word(each)) for each in How]),
        ):
            self.fields[name].choices = words  # type: ignore[attr-defined]

    @property
    def line(self) -> ContactLine:
        """Return what was typed."""
        return ContactLine(**self.cleaned_data)


class CallsFilter(forms.Form):
    """What is looked for in the log."""

    q = forms.CharField(label=_("Unit, leader or name"), required=False, max_length=60)
    unit = UnitField(label=pgettext_lazy("call", "Unit"), queryset=None, required=False)
    sort = forms.ChoiceField(label=_("What it was"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=day_input())
    until = forms.DateField(label=pgettext_lazy("day", "Until"), required=False, widget=day_input())

    def __init__(self, actor: Actor, *args: object, **more: object) -> None:
        """Offer the units and sorts."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = offered(self, "unit")
        field.offer(orgs.units(actor, "contacts.read"))
        field.empty_label = _("All units")
        words = [(each.value, sort_word(each)) for each in Sort]
        sorts = self.fields["sort"]
        sorts.choices = [("", _("All sorts")), *words]  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """Return what is asked for; what is not understood is left out."""
        told = self.cleaned_data if self.is_valid() else {}
        return Asked(
            words=told.get("q", ""),
            unit=told.get("unit"),
            sort=told.get("sort", ""),
            since=told.get("since"),
            until=told.get("until"),
        )
