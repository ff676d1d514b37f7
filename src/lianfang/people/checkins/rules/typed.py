"""A temperature as somebody types it: on the clerk's grid, in a workbook."""

import unicodedata
from decimal import Decimal, InvalidOperation

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

#: What is typed where there is no number: the thermometer said Lo, or there was none.
NO_NUMBER = frozenset({"lo", "-", "—", "无", "测不出"})
TENTHS = 3
NOT_A_TEMPERATURE = msgid("Type a temperature as 36.5 or 365, or Lo where there is none.")


def typed_temperature(told: str) -> Decimal | None:
    """Read 36.5, 365 and 36，5 alike; None where there was no number to be read."""
    text = unicodedata.normalize("NFKC", told).strip().lower()
    if text in NO_NUMBER:
        return None
    text = text.replace(",", ".").replace("℃", "").replace("°c", "").strip()
    if text.isdigit() and len(text) == TENTHS:
        text = f"{text[:2]}.{text[2]}"
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(NOT_A_TEMPERATURE, "temperature") from None
    if not value.is_finite() or value != round(value, 1):
        raise BadInput(NOT_A_TEMPERATURE, "temperature")
    return value
