"""Changing one's own password, and showing it once more."""

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SAME = _("This is the old password; choose another one.")


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Allauth's form without its link to a reset by mail, which there is not here."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take the link away."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""

    def clean_password1(self) -> str:
        """See that the password changes."""
        new: str = self.cleaned_data["password1"]
        if new == self.cleaned_data.get("oldpassword"):
            raise ValidationError(SAME)
        return new


class AgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, without a link to a reset by mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take the link away."""
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
