"""Texts that many people read hold no number that names a person."""

import re

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

NO_NUMBERS = msgid("Leave out identity and telephone numbers: many people read this.")
IDENTIFYING = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def refuse_numbers(text: str, field: str) -> None:
    """Refuse a text that holds an identity or mobile number: papers go to many readers."""
    if IDENTIFYING.search(text):
        raise BadInput(NO_NUMBERS, field=field)
