"""What is typed about the command structure, as plain values."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.command import queries
from lianfang.ground.command.models import HEADING_LENGTH, NUMBER_LENGTH
from lianfang.ground.command.queries.asking import lack_word, seat_word
from lianfang.ground.command.rules.gaps import LACK_WORDS
from lianfang.ground.command.rules.notice import Content
from lianfang.ground.command.rules.seats import (
    DUTY_LENGTH,
    NAME_LENGTH,
    OWN,
    REASON_LENGTH,
    TITLE_LENGTH,
    Seat,
)
from lianfang.ground.command.services import AppointmentLine, ChargeLine, SignedLine
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.forms.fields import UnitField, day_input, offered
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor

OTHERS_LENGTH, BODY_LENGTH = 300, 20_000


def today() -> date:
    """Return the day of the matter."""
    return timezone.localtime(clock.now()).date()


class UserField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An account of those that are offered, with its unit."""

    def label_from_instance(self, obj: object) -> str:
        """Show an account by name and unit."""
        return f"{obj} · {getattr(obj, 'home', '') or ''}"


class PersonForm(forms.Form):
    """Who it is: an account, or a name, with post, duty and telephone."""

    user = UserField(label=_("Account"), required=False, queryset=None)
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("For somebody without an account; else the name of the account stands."),
    )
    title = forms.CharField(label=_("Title or rank"), required=False, max_length=TITLE_LENGTH)

    def __init__(self, actor: Actor, act: str, *args: object, **more: object) -> None:
        """Offer the accounts that the actor may name."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["user"]
        field.empty_label = _("Without an account")  # type: ignore[attr-defined]
        field.queryset = orgs.users(actor, act).order_by("home__path", "name")  # type: ignore[attr-defined]


class SeatForm(PersonForm):
    """Who takes which seat from which day on."""

    seat = forms.ChoiceField(label=pgettext_lazy("command", "Seat"))
    duty = forms.CharField(label=_("Duty"), required=False, max_length=DUTY_LENGTH)
    phone = forms.CharField(
        label=_("Telephone for calls"),
        required=False,
        max_length=40,
        help_text=_("Kept sealed; whoever opens it in order to call stands in the trail."),
    )
    since = forms.DateField(label=_("From"), widget=day_input(), initial=today)
    until = forms.DateField(label=_("First day without it"), required=False, widget=day_input())
    reason = forms.CharField(
        label=_("Reason or document"), required=False, max_length=REASON_LENGTH
    )
    field_order = ("seat", "user", "name", "title", "duty", "phone", "since", "until", "reason")

    def __init__(self, actor: Actor, act: str, *args: object, **more: object) -> None:
        """Offer the seats that a unit fills itself."""
        super().__init__(actor, act, *args, **more)
        seats = self.fields["seat"]
        seats.choices = [(seat, seat_word(seat)) for seat in OWN]  # type: ignore[attr-defined]

    @property
    def line(self) -> AppointmentLine:
        """Return what was typed."""
        return AppointmentLine(**self.cleaned_data)


class SuccessorForm(SeatForm):
    """Who follows in a seat; why is told too."""

    def __init__(self, actor: Actor, act: str, seat: str, *args: object, **more: object) -> None:
        """Keep the seat as it is and ask for the reason."""
        super().__init__(actor, act, *args, **more)
        del self.fields["seat"]
        self.fields["reason"].required = True
        self.kept = seat

    @property
    def line(self) -> AppointmentLine:
        """Return what was typed."""
        return AppointmentLine(seat=self.kept, **self.cleaned_data)


class EndForm(forms.Form):
    """From which day on somebody, or a department, does it no more, and why."""

    until = forms.DateField(label=_("First day without it"), widget=day_input(), initial=today)
    reason = forms.CharField(label=_("Reason or document"), max_length=REASON_LENGTH)


class ChargeForm(forms.Form):
    """Which department answers for a line of work, from which day on."""

    department = UnitField(label=_("Department"), queryset=None, required=False)
    name = forms.CharField(
        label=_("Or by its name"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("For a department that is no unit of the tree."),
    )
    since = forms.DateField(label=_("From"), widget=day_input(), initial=today)
    reason = forms.CharField(
        label=_("Reason or document"), required=False, max_length=REASON_LENGTH
    )

    def __init__(self, actor: Actor, unit: Unit, *args: object, **more: object) -> None:
        """Offer the units below this one."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        below = orgs.below(actor, unit, "command.charge").exclude(pk=unit.pk)
        departments = below.filter(kind=UnitKind.DEPARTMENT)
        offered(self, "department").offer(departments if departments.exists() else below)

    def line(self, code: str) -> ChargeLine:
        """Return what was typed."""
        return ChargeLine(line=code, **self.cleaned_data)


class LiaisonForm(PersonForm):
    """Who looks after which units from which day on."""

    units: "forms.ModelMultipleChoiceField[Unit]" = forms.ModelMultipleChoiceField(
        label=_("Looks after"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    since = forms.DateField(label=_("From"), widget=day_input(), initial=today)
    reason = forms.CharField(
        label=_("Reason or document"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Needed where somebody else looks after the unit so far."),
    )

    def __init__(self, actor: Actor, *args: object, **more: object) -> None:
        """Offer the units that need a liaison leader."""
        super().__init__(actor, "command.liaison", *args, **more)
        kinds = queries.asked_at(actor, clock.now()).liaison_at
        units = self.fields["units"]
        units.queryset = queries.units_of(actor, kinds, "command.liaison")  # type: ignore[attr-defined]

    @property
    def line(self) -> AppointmentLine:
        """Return what was typed of the leader."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "units"}
        return AppointmentLine(seat=Seat.LIAISON, **told)

    @property
    def chosen(self) -> Sequence[Unit]:
        """Return the units that were chosen."""
        return list(self.cleaned_data["units"])


class LetterForm(forms.Form):
    """A new version of the letter of responsibility."""

    heading = forms.CharField(label=_("Title of the paper"), max_length=HEADING_LENGTH)
    text = forms.CharField(
        label=_("What is undertaken"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea({"rows": 12}),
    )
    key = forms.UUIDField(initial=ids.new, widget=forms.HiddenInput, required=False)


class SignForm(forms.Form):
    """Who signed the letter for a company, when, with a photo of the sheet."""

    name = forms.CharField(label=_("Signed by"), max_length=NAME_LENGTH)
    title = forms.CharField(label=_("Title or rank"), required=False, max_length=TITLE_LENGTH)
    signed_on = forms.DateField(label=_("Signed on"), widget=day_input(), initial=today)
    file = forms.FileField(
        label=_("Photo or scan of the sheet"),
        required=False,
        widget=forms.ClearableFileInput({"accept": "image/*,application/pdf"}),
    )

    @property
    def line(self) -> SignedLine:
        """Return what was typed."""
        told = self.cleaned_data
        return SignedLine(name=told["name"], title=told["title"], signed_on=told["signed_on"])


class PaperForm(forms.Form):
    """A notice of appointment before it is issued; its body begins with what stands today."""

    number = forms.CharField(
        label=_("Number of the paper"),
        max_length=NUMBER_LENGTH,
        help_text=_("As the office has given it: short name of the issuer, year, number."),
    )
    heading = forms.CharField(label=_("Title of the paper"), max_length=HEADING_LENGTH)
    addressees = forms.CharField(label=_("Addressed to"), max_length=OTHERS_LENGTH)
    body = forms.CharField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea({"rows": 18}),
        help_text=_("One paragraph a line; 一、 and （一） begin its parts."),
    )
    dated_on = forms.DateField(label=_("Date of the paper"), widget=day_input(), initial=today)
    copies = forms.CharField(label=_("Copies to"), required=False, max_length=OTHERS_LENGTH)

    def content(self, issuer: str) -> Content:
        """Return what was typed as the values that are frozen."""
        told = self.cleaned_data
        lines = (line.strip() for line in told["body"].splitlines())
        return Content(
            issuer=issuer,
            number=told["number"],
            heading=told["heading"],
            addressees=told["addressees"],
            paragraphs=tuple(line for line in lines if line),
            dated_on=told["dated_on"],
            copies=told["copies"],
        )


class OverviewForm(forms.Form):
    """What is looked for on the group's page."""

    q = forms.CharField(label=_("Unit or person"), required=False, max_length=60)
    lack = forms.ChoiceField(label=_("Weak point"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=day_input())

    def __init__(self, *args: object, **more: object) -> None:
        """Offer the sorts of weak points."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        words = [(code, lack_word(code)) for code in LACK_WORDS]
        lacks = self.fields["lack"]
        lacks.choices = [("", _("All units")), *words]  # type: ignore[attr-defined]
