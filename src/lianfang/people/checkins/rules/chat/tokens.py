"""A line of a 接龙 cut into pieces: names, temperatures, answers, numbers and what is left."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from lianfang.people.checkins.rules.chat import words
from lianfang.people.checkins.rules.chat.words import Vocabulary
from lianfang.people.register.rules.names import places_named

LONGEST_PLACE = 8
LONGEST_NAME = 20
JOINERS = "-_·•()[]{}<>~=*#^&+—–"
SEPARATORS = re.compile(r"[\s,，、;；/\\|:：。!?！？…\"“”'‘’「」【】《》@]+")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,2}月\d{1,2}[日号]?")
TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}点(?:\d{1,2}分|半|钟)|(?:上午|下午|凌晨)")
UNIT = r"\s*(?:°\s?c?|度|c(?![a-z]))?"
DECIMAL = re.compile(rf"(\d{{1,2}})(?:\s?[.。]\s?|,)(\d{{1,2}})(?!\d|\.\d){UNIT}", re.IGNORECASE)
SPOKEN = re.compile(rf"([34]\d)\s?(?:度|°\s?c?|点)\s?(\d)?(?!\d){UNIT}", re.IGNORECASE)
SHORT = re.compile(rf"(3[4-9]\d|4[0-2]\d)(?!\d|[室房号栋幢楼层.]){UNIT}", re.IGNORECASE)
WHOLE = re.compile(r"(3[4-9]|4[0-2])(?!\d|[.,岁号楼组层栋幢室]|\s*\.)")
TAIL = re.compile(r"(?:尾号|手机尾号|手机)\s*(\d{4})(?!\d)")
NUMBER = re.compile(r"\d+")


class Kind(StrEnum):
    """What a piece of a line is."""

    NAME = "name"
    TEXT = "text"
    TEMPERATURE = "temperature"
    WHOLE = "whole"
    PHONE = "phone"
    TAIL = "tail"
    NUMBER = "number"
    MOMENT = "moment"
    WELL = "well"
    FINE = "fine"
    HAS = "has"
    PAST = "past"
    DENIED = "denied"
    IN_TOWN = "in_town"
    AWAY = "away"
    FAMILY_WELL = "family_well"
    FAMILY_ILL = "family_ill"
    NO_RISK = "no_risk"
    RISK = "risk"
    NO_CASE = "no_case"
    CASE = "case"
    SAME = "same"
    SHARED = "shared"


#: What answers a question, so that a name that follows is the next person.
ANSWERING = frozenset(Kind) - {
    Kind.NAME, Kind.TEXT, Kind.PHONE, Kind.TAIL, Kind.NUMBER, Kind.MOMENT, Kind.SHARED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: what it is, what was written, and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Decimal | None = None
    code: str = ""


def plain(text: str) -> str:
    """Return a line in half-width signs, without emoji and what cannot be seen."""
    wide = unicodedata.normalize("NFKC", text.replace("\ufe0f", "").replace("\u20e3", ""))
    kept = (
        sign if sign == "°" or unicodedata.category(sign) not in {"So", "Sk", "Cn", "Co"} else " "
        for sign in wide
        if unicodedata.category(sign) not in {"Cf", "Cc", "Mn", "Me"} or sign == "\t"
    )
    return "".join(kept)


def pieces(text: str, known: Vocabulary) -> list[Piece]:
    """Cut a line into its pieces; what nothing is known of stays as text."""
    found: list[Piece] = []
    place, loose = 0, -1
    while place < len(text):
        gap = SEPARATORS.match(text, place)
        piece = None if gap else _piece(text, place, known)
        if gap or piece:
            if loose >= 0:
                found += _text(text, loose, place)
            loose = -1
            if piece:
                found.append(piece)
            place = piece.end if piece else gap.end() if gap else place
            continue
        loose = place if loose < 0 else loose
        place += 1
    return found + (_text(text, loose, place) if loose >= 0 else [])


def _text(text: str, start: int, end: int) -> list[Piece]:
    said = text[start:end].strip(JOINERS + ".")
    return [Piece(Kind.TEXT, said, start, end)] if said else []


def _piece(text: str, at: int, known: Vocabulary) -> Piece | None:
    if text[at].isdigit():
        return _number(text, at)
    return next(_said(text, at, known), None)


def _number(text: str, at: int) -> Piece:
    for kind, pattern in ((Kind.PHONE, PHONE), (Kind.MOMENT, DAY), (Kind.MOMENT, TIME)):
        if found := pattern.match(text, at):
            return Piece(kind, found[0], at, found.end())
    for pattern in (DECIMAL, SPOKEN, SHORT):
        if found := pattern.match(text, at):
            return Piece(Kind.TEMPERATURE, found[0], at, found.end(), _degrees(found))
    if found := WHOLE.match(text, at):
        return Piece(Kind.WHOLE, found[0], at, found.end(), Decimal(found[1]))
    digits = NUMBER.match(text, at)
    end = digits.end() if digits else at + 1
    return Piece(Kind.NUMBER, text[at:end], at, end)


def _degrees(found: re.Match[str]) -> Decimal:
    if found.re is SHORT:
        return Decimal(f"{found[1][:2]}.{found[1][2]}")
    return Decimal(f"{found[1]}.{found[2] or 0}")


def _said(text: str, at: int, known: Vocabulary) -> Iterator[Piece]:
    """Return what the words at a place mean, the surest reading first."""
    if name := _name(text, at, known):
        yield Piece(Kind.NAME, name, at, at + len(name))
    if found := TAIL.match(text, at):
        yield Piece(Kind.TAIL, found[1], at, found.end())
    for kind, pattern in _patterns(known):
        if found := pattern.match(text, at):
            what = found.groupdict().get("what") or ""
            code = known.code_of.get(what, "")
            yield Piece(kind, found[0], at, found.end(), code=code)
    if found := TIME.match(text, at):
        yield Piece(Kind.MOMENT, found[0], at, found.end())
    yield from _place(text, at, known)


@lru_cache(maxsize=16)
def _compiled(symptom: str) -> re.Pattern[str]:
    return words.family_has(symptom)


def _patterns(known: Vocabulary) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return (
        (Kind.FAMILY_WELL, words.FAMILY_IS_WELL),
        (Kind.FAMILY_ILL, _compiled(known.symptom)),
        (Kind.NO_RISK, known.not_risk),
        (Kind.NO_CASE, words.NOT_CASE),
        (Kind.RISK, known.risk),
        (Kind.CASE, words.WITH_CASE),
        (Kind.PAST, known.past),
        (Kind.WELL, words.WELL_SAID),
        (Kind.DENIED, known.denied),
        (Kind.AWAY, known.away),
        (Kind.IN_TOWN, known.in_town),
        (Kind.HAS, known.has),
        (Kind.FINE, words.FINE_SAID),
        (Kind.SAME, words.SAME_SAID),
        (Kind.SHARED, words.SHARED_SAID),
    )


def _name(text: str, at: int, known: Vocabulary) -> str:
    for length in range(min(LONGEST_NAME, len(text) - at), 1, -1):
        if text[at : at + length].casefold() in known.names:
            return text[at : at + length]
    return ""


def _place(text: str, at: int, known: Vocabulary) -> Iterator[Piece]:
    """Return where somebody says to be, if the place has a code: 在武汉, 人在杭州."""
    lead = re.compile(r"(?:人|目前|现)?在").match(text, at)
    if lead is None:
        return
    for length in range(LONGEST_PLACE, 1, -1):
        name = text[lead.end() : lead.end() + length]
        codes = places_named(name) if len(name) == length else ()
        if codes:
            home = any(code.startswith(tuple(known.home_regions)) for code in codes)
            kind = Kind.IN_TOWN if home and known.home_regions else Kind.AWAY
            code = codes[0] if len(codes) == 1 and kind is Kind.AWAY else ""
            yield Piece(kind, lead[0] + name, at, lead.end() + length, code=code)
            return
