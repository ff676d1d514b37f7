"""Whose workbook it is: what the hidden sheet says, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest
from uuid import UUID

from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.spreadsheets.tables import Column, Table
from lianfang.kernel.texts import msgid

SHAPE = "1"
DOMAIN = "daybook"
KEY, VALUE = "key", "value"
#: The hidden sheet has two columns.
STAMPED = Table((Column(KEY, kinds.text, expected=True), Column(VALUE, kinds.text, expected=True)))

NOT_OURS = msgid("This is not a workbook of a day that Lianfang gave out; take that one.")
OTHER_HOUSE = msgid("This workbook was given out by another installation; nothing of it was taken.")
TAMPERED = msgid(
    "What says whose workbook this is was changed; copy what was filled in into a fresh workbook."
)
OTHER_SHAPE = msgid("This workbook was made by another version; fetch a fresh one for the day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The identity of a workbook: which book, of which unit and day, by which pack, as of when."""

    book: UUID
    unit: str
    day: date
    pack: str
    as_of: datetime
    house: str

    @property
    def said(self) -> str:
        """Return what the seal is made over."""
        parts = (SHAPE, self.book, self.unit, self.day, self.pack, self.as_of, self.house)
        return "\n".join(map(str, parts))

    def lines(self, seal: str) -> list[tuple[str, str]]:
        """Return what is written into the hidden sheet."""
        return [
            ("shape", SHAPE),
            ("book", str(self.book)),
            ("unit", self.unit),
            ("day", str(self.day)),
            ("pack", self.pack),
            ("as_of", self.as_of.isoformat()),
            ("house", self.house),
            ("seal", seal),
        ]


def stamp_of(told: Mapping[str, str]) -> tuple[Stamp, str]:
    """Read the hidden sheet: the identity and its seal."""
    if told.get("shape") != SHAPE:
        raise FileRefused("not_ours", OTHER_SHAPE if "shape" in told else NOT_OURS)
    try:
        stamp = Stamp(
            book=UUID(told["book"]),
            unit=told["unit"],
            day=date.fromisoformat(told["day"]),
            pack=told["pack"],
            as_of=datetime.fromisoformat(told["as_of"]),
            house=told["house"],
        )
        return stamp, told["seal"]
    except (KeyError, ValueError):
        raise FileRefused("tampered", TAMPERED) from None


def check(stamp: Stamp, seal: str, *, house: str, right: str) -> Stamp:
    """Return the identity if its seal was made here; `right` is the seal that it should have."""
    if stamp.house != house:
        raise FileRefused("other_house", OTHER_HOUSE)
    if not compare_digest(seal.encode(), right.encode()):
        raise FileRefused("tampered", TAMPERED)
    return stamp
