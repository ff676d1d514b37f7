"""Users: who signs in, with which password and posts."""

from functools import partial

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.forms.fields import Data, Known, SiteField, UnitField, offered
from lianfang.ground.orgs.queries.words import choices
from lianfang.ground.orgs.rules.words import POST
from lianfang.kernel.actor import Actor

TOO_LIKE = _("The password is too like the user name or the name; choose another one.")


def password_field(*, first: bool) -> forms.CharField:
    """Return a field for a new password, with what is asked of one."""
    return forms.CharField(
        label=_("First password") if first else _("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=password_validation.password_validators_help_text_html(),
    )


def see_to_password(form: forms.Form, username: str, name: str) -> None:
    """Say at the field what is wrong with a password for this user."""
    password = form.cleaned_data.get("password")
    if not password:
        return
    user = get_user_model()(username=username, name=name)
    try:
        password_validation.validate_password(password, user)
    except ValidationError as weak:
        form.add_error("password", [_in_our_words(one) for one in weak.error_list])


def _in_our_words(weak: ValidationError) -> ValidationError:
    """Django names the column that the password is like; a reader knows no columns."""
    return ValidationError(TOO_LIKE) if weak.code == "password_too_similar" else weak


class EnterUserForm(forms.Form):
    """A new user: where he belongs, how he signs in, and his first post."""

    home = UnitField(label=_("Unit"), queryset=None)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=50)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=_("What is typed to sign in; letters, digits and @ . + - _"),
    )
    password = password_field(first=True)

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the units where the actor may let somebody sign in."""
        super().__init__(data, initial=initial)
        offered(self, "home").offer(queries.units(actor, "users.create"))

    def clean(self) -> None:
        """See that the password is no word that others guess."""
        told = self.cleaned_data
        see_to_password(self, told.get("username", ""), told.get("name", ""))


class ChangeUserForm(forms.Form):
    """What may be changed of a user."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=50)
    active = forms.BooleanField(label=_("May sign in"), required=False)


class PasswordForm(forms.Form):
    """A new password that somebody else gives a user."""

    password = password_field(first=False)

    def __init__(self, username: str, name: str, data: Data = None) -> None:
        """Know whose password it is."""
        super().__init__(data)
        self._username, self._name = username, name

    def clean(self) -> None:
        """See that the password is no word that others guess."""
        see_to_password(self, self._username, self._name)


class PostForm(forms.Form):
    """A post that a user is given."""

    role = forms.ChoiceField(label=_("Post"), choices=partial(choices, POST, "—"))
    unit = UnitField(label=_("At the unit"), queryset=None)
    site = SiteField(
        label=_("At one site only"),
        queryset=None,
        required=False,
        empty_label=_("The whole unit and what stands under it"),
        help_text=_("A gatekeeper usually sees one site; leave it out for everybody else."),
    )

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the units and sites where the actor may give posts."""
        super().__init__(data, initial=initial)
        offered(self, "unit").offer(queries.units(actor, "posts.give"))
        offered(self, "site").offer(queries.sites(actor, "posts.give"))


class UsersFilter(forms.Form):
    """What is looked for among the users."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=_("Post"), required=False, choices=partial(choices, POST, _("All posts"))
    )
    active = forms.ChoiceField(
        label=_("May sign in"),
        required=False,
        choices=(
            ("", _("All users")),
            ("yes", _("May sign in")),
            ("no", _("May not sign in any more")),
        ),
    )
    unit = UnitField(
        label=_("Unit"),
        queryset=None,
        required=False,
        empty_label=_("All units"),
        to_field_name="code",
    )

    def __init__(self, actor: Actor, data: Data = None, initial: Known = None) -> None:
        """Offer the units that the actor may see."""
        super().__init__(data, initial=initial)
        offered(self, "unit").offer(queries.units(actor))
