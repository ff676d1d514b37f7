"""Marks sentences that a screen will translate."""


def msgid(sentence: str) -> str:
    """Mark an English sentence for the catalogues; it is translated where it is shown."""
    return sentence


def msgid_in(_context: str, word: str) -> str:
    """Mark a short word that means different things; it is translated within its context."""
    return word
