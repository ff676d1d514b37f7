"""How a person's name is sorted and found, and how a place is called."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from pypinyin import Style, lazy_pinyin
from pypinyin.seg.simpleseg import seg

from lianfang.kernel import identities

KEY_LENGTH, INITIALS_LENGTH = 160, 20
STALL_KEY_LENGTH, PADDED = 60, 6
#: What may stand between the parts of a name, or not: spaces and the dots of long names.
BETWEEN = re.compile(r"[\s·•・.]")
DIGITS = re.compile("[0-9]+")
PROVINCES = (11, 83)
#: What GB/T 2260 calls a level that is no place of its own.
NAMELESS = {"县", "市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"}
#: What a name can be said with or without; a name of two characters keeps its last one.
SORTS = re.compile(
    "(?<=..)(?:(?:[\u4e00-\u9fff]{1,4}?族)+自治[州县区]|维吾尔自治区|自治[州县区]"
    "|特别行政区|地区|林区|新区|省|市|县|区|旗|盟)"
)


@lru_cache(maxsize=65_536)
def pinyin(name: str) -> tuple[str, str]:
    """Return the key that sorts and finds a name, and the initials of its syllables."""
    syllables = [each for word in seg(name) for each in _read(word)]
    initials = "".join(each[:1] for each in syllables if each)
    return " ".join(syllables)[:KEY_LENGTH], initials[:INITIALS_LENGTH]


@lru_cache(maxsize=16_384)
def _read(word: str) -> tuple[str, ...]:
    """Return how a character or a word is read; names are made of the same few thousand."""
    return tuple(each.strip().lower() for each in lazy_pinyin(word, style=Style.NORMAL))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same, whatever stands between their parts."""
    return BETWEEN.sub("", one).casefold() == BETWEEN.sub("", other).casefold()


@cache
def place_name(code: str) -> str:
    """Return province, city and county of a region code as one name; the code if unknown."""
    return "".join(_levels(code)) or code


def stall_key(number: str) -> str:
    """Return the key that sorts A2 before A10."""
    return DIGITS.sub(lambda found: found[0].zfill(PADDED), number.upper())[:STALL_KEY_LENGTH]


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    """Return the codes in force under every name by which a place can be meant."""
    found: dict[str, tuple[str, ...]] = {}
    for code in _codes():
        for name in _called(code):
            found[name] = (*found.get(name, ()), code)
    return MappingProxyType(found)


def places_named(text: str) -> tuple[str, ...]:
    """Return the regions that words can mean: 湖北武汉, 武汉市, 苍南; several where unclear."""
    whole = "".join(text.split())
    return places().get(whole) or places().get(_bare(whole), ())


def _codes() -> Iterator[str]:
    """Return every region in force, provinces first, then cities and counties."""
    for province in range(*PROVINCES):
        if not _in_force(f"{province}0000"):
            continue
        yield f"{province}0000"
        for city in range(1, 100):
            for county in range(100):
                code = f"{province}{city:02}{county:02}"
                if _in_force(code):
                    yield code


def _in_force(code: str) -> bool:
    found = identities.region(code)
    return found is not None and found.in_force and found.name not in NAMELESS


def _called(code: str) -> set[str]:
    """Return the names of a place: alone, with its city, with its province, with both."""
    levels = _levels(code)
    *above, own = map(_bare, levels)
    return {own, *(each + own for each in above), "".join((*above, own)), "".join(levels)}


def _levels(code: str) -> list[str]:
    """Return the names of the province, the city and the county that a code names."""
    levels = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = [found.name for level in levels if (found := identities.region(level))]
    return [name for name in names if name not in NAMELESS]


def _bare(name: str) -> str:
    """Return a name without province, city or county at the end of each of its parts."""
    return SORTS.sub("", name)
