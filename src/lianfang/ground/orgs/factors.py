"""Second steps as allauth keeps them: sealed, named in our words, with a QR drawn by us."""

from io import BytesIO
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext, gettext_lazy

from lianfang.ground.doors.sealing import keyring
from lianfang.ground.orgs import queries
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.sealed import Sealed

WHERE = "mfa_authenticator|secret"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Nothing by which somebody could sign in stands in the database in the clear."""

    error_messages = {  # noqa: RUF012 - allauth reads it so
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This is not the right code. Take the newest one that the app shows; if that is refused"
            " too, the clock of the phone may be wrong: let the phone set its time by itself."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an authenticator app or a passkey first; recovery codes stand in for it."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the key of the installation."""
        return bytes(keyring().seal(text, WHERE)).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return keyring().open(Sealed(bytes.fromhex(encrypted_text)), WHERE)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that the app scans, dark on white in both themes."""
        drawn = BytesIO()
        segno.make(url, error="m").save(
            drawn, kind="svg", scale=4, border=3, light="#fff", xmldecl=False
        )
        return drawn.getvalue().decode()

    def get_totp_issuer(self) -> str:
        """Name the group: that is what the app shows above the codes."""
        return str(queries.group(OPERATOR) or gettext("Lianfang"))

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the user as his device will offer him."""
        told = super().get_public_key_credential_user_entity(user)
        return {**told, "display_name": str(user)}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """Leave the name to the browser that made the passkey."""
        return gettext("Passkey")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Send no mail: what happens to an account stands in its trail."""
