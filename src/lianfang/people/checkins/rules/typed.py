"""A temperature as somebody types it: on the clerk's grid, in a workbook."""

import re
import unicodedata
from decimal import Decimal

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

#: What is typed where there is no number: the thermometer said Lo, or there was none.
NO_NUMBER = frozenset({"lo", "-", "—", "无", "测不出"})
WRITTEN = re.compile(r"[0-9]{2}(?:\.[0-9]0*)?|(?P<short>[0-9]{3})")
NOT_A_TEMPERATURE = msgid("Type a temperature as 36.5 or 365, or Lo where there is none.")


def typed_temperature(told: str) -> Decimal | None:
    """Read 36.5, 365 and 36，5 alike; None where there was no number to be read."""
    text = unicodedata.normalize("NFKC", told).strip().lower()
    if text in NO_NUMBER:
        return None
    text = text.replace(",", ".").replace("℃", "").replace("°c", "").strip()
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise BadInput(NOT_A_TEMPERATURE, "temperature")
    short = found["short"]
    return Decimal(f"{short[:2]}.{short[2]}" if short else text)
