"""What is shown of a person's data when nobody has asked for more (GB/T 35273, 7.2)."""

HIDDEN = "*"
ID_KEPT_FRONT, ID_KEPT_BACK = 3, 4
NAME_HIDDEN = 8
PHONE_KEPT_FRONT, PHONE_KEPT_BACK = 3, 4


def document(number: str) -> str:
    """Show of an identity document the first three and the last four characters."""
    return _middle(number, ID_KEPT_FRONT, ID_KEPT_BACK)


def phone(number: str) -> str:
    """Show of a telephone number the first three and the last four digits."""
    return _middle(number, PHONE_KEPT_FRONT, PHONE_KEPT_BACK)


def name(text: str) -> str:
    """Show of a name the family name only, for lists that are projected or printed."""
    return text[:1] + HIDDEN * min(max(len(text) - 1, 1), NAME_HIDDEN) if text else ""


def text(value: str) -> str:
    """Show of a free text that there is one, and nothing of it."""
    return HIDDEN * 4 if value else ""


def _middle(value: str, front: int, back: int) -> str:
    if len(value) <= front + back:
        return value[:1] + HIDDEN * max(len(value) - 1, 0)
    return value[:front] + HIDDEN * (len(value) - front - back) + value[-back:]
