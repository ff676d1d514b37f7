"""What a cell holds, how it reads as text, and what of it must not become a formula."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
INVISIBLE += "\u2060\u2066\u2067\u2068\u2069\ufeff"
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
SPACES += "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
BLANK = SPACES + INVISIBLE

WIDE_LEADS = "＝＋－＠"  # noqa: RUF001 - the full-width forms are meant
DANGEROUS = re.compile(f"'*[=+\\-@\t\r{WIDE_LEADS}]")
EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that Excel itself could not work out; the code is the import contract's."""

    code: str


Cell = str | float | bool | date | datetime | Fault | None


def trimmed(text: str) -> str:
    """Return a text without white space and invisible marks at its ends."""
    return text.strip(BLANK)


def plain(text: str) -> str:
    """Return a text in its plain form: NFKC and trimmed, the same when done again."""
    while (done := trimmed(unicodedata.normalize("NFKC", text))) != text:
        text = done
    return text


def text_of(cell: Cell) -> str:
    """Return any cell as plain text; whole numbers without a point, dates as in ISO 8601."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else ""


def inexact(cell: Cell) -> bool:
    """Tell whether a number has more digits than Excel keeps, so that some are lost."""
    return isinstance(cell, int | float) and abs(cell) >= EXACT


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula in a CSV."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Take exactly that apostrophe away again."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text


def told(value: object) -> str:
    """Return a value that was read as text again, to be shown beside its problem."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)
