"""The text of a pass (出入凭证): whose it is and until when it holds, signed by this installation.

The status stands in no pass: it can change, and whoever reads the pass asks for it.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.signing import Signer

VERSION, SALT = "LF1", "checkins.pass"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass says."""

    person: UUID
    until: datetime


def write(told: Pass) -> str:
    """Write a pass as its QR code holds it."""
    person = base64.urlsafe_b64encode(told.person.bytes).decode().rstrip("=")
    return _signer().sign(f"{VERSION}.{person}.{int(told.until.timestamp())}")


def _signer() -> Signer:
    return Signer(salt=SALT)
