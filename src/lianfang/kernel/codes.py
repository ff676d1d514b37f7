"""Codes by which units and sites are named in addresses, files and papers."""

import re

#: Letters and digits of any script, and - _ . between them: what an address carries as it is.
SAFE = re.compile(r"[^\W_][\w.-]*")
#: What would break an address, so that no database takes it.
BREAKING = ("/", "\\", "?", "#", "%", " ")


def is_safe(code: str) -> bool:
    """Tell whether a code can stand in an address."""
    return SAFE.fullmatch(code) is not None
