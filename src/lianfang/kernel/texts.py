"""Marks sentences that a screen will translate."""


def msgid(sentence: str) -> str:
    """Mark an English sentence for the catalogues; it is translated where it is shown."""
    return sentence
