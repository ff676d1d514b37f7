"""Sealing a column of a row and opening it again, with the key that the row belongs to."""

import unicodedata

from django.conf import settings
from django.db.models import Model

from lianfang.kernel.sealed import INSTALLATION, Keyring, Sealed


def seal(row: Model, column: str, text: str) -> Sealed | None:
    """Return a text encrypted for this column of this row; nothing for an empty text."""
    return keyring().seal(text, _where(row, column), key_of(row)) if text else None


def reveal(row: Model, column: str) -> str:
    """Return the text of a sealed column; call it inside one act only, which enters who looked."""
    value = getattr(row, column)
    return keyring().open(value, _where(row, column), key_of(row)) if value else ""


def holds(row: Model, column: str, text: str) -> bool:
    """Tell whether a sealed column holds just this text; nobody gets to see the one it holds."""
    value = getattr(row, column)
    return bool(value) and keyring().holds(value, text, _where(row, column), key_of(row))


def blind(text: str, domain: str, key: str = INSTALLATION) -> bytes:
    """Return the keyed index of a value among its like (documents, phones), for exact look-up."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return keyring().blind(plain, domain, key)


def keyring() -> Keyring:
    """Return the keys of this installation."""
    found: Keyring = settings.KEYRING
    return found


def key_of(row: Model) -> str:
    """Name the key of a row: its response's, or the installation's for staff master data."""
    response = getattr(row, "response_id", None)
    return f"response-{response}" if response else INSTALLATION


def _where(row: Model, column: str) -> str:
    return f"{row._meta.db_table}|{row.pk}|{column}"
