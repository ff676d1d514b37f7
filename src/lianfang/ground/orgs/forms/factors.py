"""The second step: a code that counts once, tries that are counted, the name of a passkey."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs.queries.people import agent_of, device_of
from lianfang.ground.orgs.services import guarding
from lianfang.ground.orgs.services.factors import take_code

TOO_MANY = _("There were too many wrong codes for this account; wait a quarter of an hour.")
CODE = pgettext_lazy("second step", "Code")
#: A phone offers digits for it, and letters to nobody.
ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "placeholder": ""}


class _CodeOnce:
    """A code of the app is taken once, and only so many wrong ones."""

    fields: dict[str, forms.Field]
    user: Any
    authenticator: Any

    def _prepare(self) -> None:
        self.fields["code"].label = CODE
        self.fields["code"].widget.attrs.update(ATTRS)

    def clean_code(self) -> str:
        """Refuse a code that was taken before, and every code after too many wrong ones."""
        if not guarding.may_try_step(context.request, self.user):
            raise ValidationError(TOO_MANY)
        code: str = super().clean_code()  # type: ignore[misc]
        if not take_code(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        guarding.forgive_step(self.user)
        return code


class SecondStepForm(_CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let phones offer digits."""
        super().__init__(*args, **kwargs)
        self._prepare()


class SecondStepAgainForm(_CodeOnce, ReauthenticateForm):  # type: ignore[misc]
    """The code before something that is protected."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let phones offer digits."""
        super().__init__(*args, **kwargs)
        self._prepare()


class ClockForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app, which shows that it was set up."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say where the code is read."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that the app shows now")
        self.fields["code"].widget.attrs.update(ATTRS)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey with the name by which its owner knows it again."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the machine's own name; the passkey alone is enough unless somebody says no."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of the passkey"),
            max_length=60,
            required=False,
            initial=device_of(agent_of(context.request)),
        )
        self.initial.pop("name", None)
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _("The device asks for your finger, face or PIN each time.")
        alone.initial = True
        self.order_fields(("name", "passwordless", "credential"))
