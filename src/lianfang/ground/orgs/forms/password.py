"""Changing one's own password."""

from allauth.account.forms import ChangePasswordForm


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Allauth's form without its link to a reset by mail, which there is not here."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take the link away."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
