"""Kinds of columns: each takes a cell and returns its value, or says what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from lianfang.kernel import codes, identities
from lianfang.kernel.identities import BadValue
from lianfang.kernel.spreadsheets.cells import (
    WIDE_LEADS,
    Cell,
    inexact,
    plain,
    text_of,
    trimmed,
)
from lianfang.kernel.spreadsheets.problems import SENTENCES
from lianfang.kernel.spreadsheets.tables import Row

DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日"
    r"|([0-9]{2})([0-9]{2}))"
)
FIRST_YEAR = 1900
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+")
THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
DIGITS = re.compile(r"[0-9]+")
BETWEEN_NAMES = re.compile(r"[、,;\n]")
UNKEPT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
NARROW_LEADS = ("=", "+", "-", "@")


def bad(code: str, **values: object) -> BadValue:
    """Return the usual complaint of a problem code."""
    return BadValue(code, SENTENCES[code], **values)


def text(cell: Cell, _row: Row) -> str:
    """Take words as they are; a leading full-width = + - @ stays what it is."""
    if inexact(cell):
        raise bad("bad_number")
    value = text_of(cell)
    if isinstance(cell, str) and value[:1] in NARROW_LEADS and trimmed(cell)[:1] in WIDE_LEADS:
        value = trimmed(cell)[:1] + value[1:]
    if UNKEPT.search(value):
        raise bad("bad_character")
    return value


def code(cell: Cell, row: Row) -> str:
    """Take a code that can stand in an address."""
    value = text(cell, row)
    if not codes.is_safe(value):
        raise bad("bad_code")
    return value


def day(cell: Cell, _row: Row) -> date:
    """Take a real date, or one written in a way that cannot be mistaken."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = DATE.fullmatch(text_of(cell))
    if found is None:
        raise bad("bad_date")
    parts = [int(part) for part in found.groups() if part and part.isdigit()]
    try:
        value = date(parts[0], parts[1], parts[2])
    except ValueError:
        raise bad("bad_date") from None
    if value.year < FIRST_YEAR:
        raise bad("bad_date")
    return value


@lru_cache(maxsize=1024)
def _folded(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).casefold()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, in Chinese or English; the value is the code that they stand for."""

    codes: Mapping[str, object]
    shown: str

    def __call__(self, cell: Cell, _row: Row) -> object:
        """Return the code that the word stands for."""
        try:
            return self.codes[_folded(text_of(cell))]
        except KeyError:
            raise bad("unknown_choice", choices=self.shown) from None


def choice(words: Mapping[str, str]) -> Choice:
    """Make a choice of `{code: "word|another word"}`; the code itself is a word too."""
    pairs = [(word, code) for code, told in words.items() for word in (*told.split("|"), code)]
    shown = "、".join(told.split("|")[0] for told in words.values())
    return Choice({_folded(word): code for word, code in pairs}, shown)


YES, NO = ("是", "有", "y", "yes", "true", "1"), ("否", "无", "n", "no", "false", "0")
boolean = Choice(dict.fromkeys(YES, True) | dict.fromkeys(NO, False), "是、否")

DOCUMENT = choice(
    {
        identities.Document.IDENTITY_CARD: "居民身份证|身份证|resident identity card",
        identities.Document.PASSPORT: "护照",
        identities.Document.HK_MACAO_PERMIT: "港澳通行证|港澳居民来往内地通行证",
        identities.Document.TAIWAN_PERMIT: "台胞证|台湾居民来往大陆通行证",
    }
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of an identity document; `sort` is the column that says which document."""

    sort: str = ""

    def __call__(self, cell: Cell, row: Row) -> str:
        """Return the number as it is kept; one stored as a figure is never repaired."""
        number = text_of(cell)
        if not isinstance(cell, str) or SCIENTIFIC.fullmatch(number):
            raise bad("id_as_number")
        sort = row.cell(self.sort) if self.sort else None
        try:
            code = DOCUMENT(sort, row) if sort is not None else identities.Document.IDENTITY_CARD
        except BadValue:
            return number
        return identities.document(identities.Document(str(code)), number, row.today)


def _told(check: Callable[[str], str]) -> Callable[[Cell, Row], str]:
    def kind(cell: Cell, _row: Row) -> str:
        return check(text_of(cell))

    return kind


mobile = _told(identities.mobile)
phone = _told(identities.phone)
region = _told(identities.region_in_force)


def credit_code(cell: Cell, _row: Row) -> str:
    """Take a unified social credit code; one stored as a figure has lost digits."""
    if inexact(cell):
        raise bad("id_as_number")
    return identities.credit_code(text_of(cell))


def region_or_words(cell: Cell, row: Row) -> str:
    """Take a region code, or words for a place, which are kept as said."""
    told = text_of(cell)
    if identities.SIX_DIGITS.fullmatch(told):
        return identities.region_in_force(told)
    return text(cell, row)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that cannot be negative, exact to so many places and below a limit."""

    places: int = 2
    below: int = 10**12

    def __call__(self, cell: Cell, _row: Row) -> Decimal:
        """Return the exact number."""
        value = _number(cell)
        if value < 0:
            raise bad("negative")
        if value >= self.below or value != round(value, self.places):
            raise bad("bad_number")
        return value


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number that cannot be negative; `in_words` finds the only one inside words."""

    in_words: bool = False
    below: int = 10**9

    def __call__(self, cell: Cell, row: Row) -> int:
        """Return the number."""
        told = text_of(cell)
        found = DIGITS.findall(told) if self.in_words else []
        single = len(found) == 1 and not NUMBER.fullmatch(told)
        return int(Amount(0, self.below)(found[0] if single else cell, row))


@dataclass(frozen=True, slots=True)
class Names:
    """Several names in one cell, separated by 、."""

    max_length: int

    def __call__(self, cell: Cell, row: Row) -> tuple[str, ...]:
        """Return the names in their order."""
        names = tuple(filter(None, map(plain, BETWEEN_NAMES.split(text(cell, row)))))
        if any(len(name) > self.max_length for name in names):
            raise bad("too_long", limit=self.max_length)
        return names


def _number(cell: Cell) -> Decimal:
    told = text_of(cell)
    if THOUSANDS.fullmatch(told):
        told = told.replace(",", "")
    if isinstance(cell, bool) or not NUMBER.fullmatch(told):
        raise bad("bad_number")
    return Decimal(told)
