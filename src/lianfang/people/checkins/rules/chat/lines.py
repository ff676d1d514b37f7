"""A pasted 接龙 taken apart: its heading, its day, and who says what in which line."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianfang.people.checkins.rules.chat.answers import Told, told
from lianfang.people.checkins.rules.chat.tokens import (
    ANSWERING,
    SEPARATORS,
    Kind,
    Piece,
    pieces,
    plain,
)
from lianfang.people.checkins.rules.chat.words import EXAMPLE, Vocabulary

NUMBERED = re.compile(
    r"\s*[(\[]?(?P<n>\d{1,3})[)\]]?(?P<dot>\s*[.、,:)\]。]\s*|\s+|(?=[^\d\s.,]))(?P<rest>.*)$"
)
NOT_A_NUMBER = re.compile(
    r"\s*(?:3[4-9]|4[0-2])\s?[.,]\s?\d(?!\d)|\s*\d{1,2}:\d{2}|\s*\d{1,2}月|\s*\d{1,2}[/-]\d"
)
DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*(?:月)\s*(\d{1,2})\s*[日号]?")
ISO_DAY = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
HEADING = re.compile(r"接龙|群接龙|打卡|上报|报备|统计|请大家|格式|^-{3,}|^[—=*·]{2,}")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂"
    "成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
)
CALLED_SO = re.compile(
    r"^(?:小|老|阿)[\u4e00-\u9fff]{1,2}$|^[\u4e00-\u9fff]{1,3}(?:姐|哥|总|工|师傅|老师|主任|经理|阿姨|叔|嫂|婶|妹|弟)$"
)
A_NAME = re.compile(r"^[\u4e00-\u9fff]{2,3}$")
OF_TWO_SIGNS = re.compile(
    r"^(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方|南宫|端木)[\u4e00-\u9fff]{1,2}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a line says of one person; the key is the same as long as the line is."""

    key: str
    line: int
    written: str
    name: str
    phone: str = ""
    hints: tuple[str, ...] = ()
    told: Told


@dataclass(frozen=True, slots=True)
class Chain:
    """A 接龙: what stands above it, the day that it names, its entries, its lines in all."""

    heading: tuple[str, ...]
    day: tuple[int | None, int, int] | None
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]
    lines: int


def read(text: str, known: Vocabulary) -> Chain:
    """Read a pasted text; whatever is no entry is kept to be shown."""
    lines = [plain(line).strip() for line in text.splitlines()]
    bodies = list(_bodies(lines, known))
    heading = tuple(
        line for number, line, body in bodies if body is None and _above(number, bodies)
    )
    other = tuple(
        line for number, line, body in bodies if body is None and not _above(number, bodies)
    )
    entries: list[Entry] = []
    for number, line, body in bodies:
        if body:
            entries += _entries(number, line, body, known)
    day = next((found for line in heading if (found := _day(line))), None)
    return Chain(heading, day, tuple(_distinct(entries)), other, sum(1 for line in lines if line))


def _bodies(lines: Sequence[str], known: Vocabulary) -> Iterator[tuple[int, str, str | None]]:
    """Return every line with what it says without its number; None for what is no entry."""
    numbered = sum(1 for line in lines if _number(line) is not None)
    started = False
    for place, line in enumerate(lines, 1):
        if not line:
            continue
        body = _number(line)
        if body is not None:
            started = True
        elif not numbered or started:
            body = line if _speaks(line, known) else None
        if body is not None and (EXAMPLE.match(body) or not SEPARATORS.sub("", body)):
            body = None
        yield place, line, body


def _number(line: str) -> str | None:
    """Return a line without its number; None where it has none."""
    if NOT_A_NUMBER.match(line):
        return None
    found = NUMBERED.match(line)
    return found["rest"] if found else None


def _speaks(line: str, known: Vocabulary) -> bool:
    """Tell whether a line without a number is somebody's answer and no heading."""
    found = pieces(line, known)
    names = any(piece.kind is Kind.NAME for piece in found)
    answers = any(piece.kind in ANSWERING for piece in found)
    looks = bool(found) and found[0].kind is Kind.TEXT and _is_person(found[0].text, known)
    if HEADING.search(line) and not names:
        return False
    return names or (answers and looks) or (looks and len(found) == 1)


def _above(number: int, bodies: Sequence[tuple[int, str, str | None]]) -> bool:
    first = next((place for place, _, body in bodies if body is not None), None)
    return first is None or number < first


def _entries(number: int, line: str, body: str, known: Vocabulary) -> Iterator[Entry]:
    for part in _people(pieces(body, known), known):
        yield from _said_by(number, line, body, part, known)


def _people(found: Sequence[Piece], known: Vocabulary) -> Iterator[list[Piece]]:
    """Cut a line in which several people answer into what each of them says."""
    part: list[Piece] = []
    answered = False
    for place, piece in enumerate(found):
        if answered and _begins(found, place, known):
            yield part
            part, answered = [], False
        part.append(piece)
        answered = answered or (piece.kind in ANSWERING and _named(part))
    if part:
        yield part


def _named(part: Sequence[Piece]) -> bool:
    return any(piece.kind in {Kind.NAME, Kind.TEXT} for piece in part)


def _begins(found: Sequence[Piece], place: int, known: Vocabulary) -> bool:
    """Tell whether the next one's answer begins here: a known name, or a likely one."""
    piece = found[place]
    if piece.kind is Kind.NAME:
        return True
    if piece.kind is not Kind.TEXT:
        return False
    rest = found[place + 1 :]
    follows = bool(rest) and rest[0].kind in {
        Kind.TEMPERATURE,
        Kind.WHOLE,
        Kind.SAME,
        Kind.WELL,
        Kind.FINE,
    }
    return follows and _is_person(piece.text, known)


def _is_person(text: str, known: Vocabulary) -> bool:
    if text.casefold() in known.names or CALLED_SO.match(text):
        return True
    if OF_TWO_SIGNS.match(text):
        return True
    return bool(A_NAME.match(text)) and text[0] in SURNAMES and text not in known.departments


def _said_by(
    number: int, line: str, body: str, part: Sequence[Piece], known: Vocabulary
) -> Iterator[Entry]:
    """Return an entry for everybody who is named at the head of an answer."""
    names, rest = _names(body, part, known)
    hints = [piece.text for piece in part if piece.kind in {Kind.NUMBER, Kind.TAIL}]
    own = body[part[0].start : part[-1].end].strip()
    said = told([piece for piece in rest if piece.kind is not Kind.NUMBER], known, own)
    whole = len(part) == 1 and bool(names)
    written = line if whole else own
    phone = next((piece.text for piece in part if piece.kind is Kind.PHONE), "")
    for name in names or [""]:
        yield Entry(
            key="",
            line=number,
            written=written,
            name=name,
            phone=phone,
            hints=tuple(hints),
            told=replace(said, shared=len(names) > 1),
        )


def _names(body: str, part: Sequence[Piece], known: Vocabulary) -> tuple[list[str], list[Piece]]:
    """Return the names at the head of an answer, each with what is written close to it."""
    names: list[str] = []
    rest: list[Piece] = []
    place = 0
    while place < len(part):
        piece = part[place]
        if piece.kind in {Kind.NAME, Kind.TEXT} and (not rest or not names):
            end = _close(body, part, place)
            run = part[place:end]
            said = body[run[0].start : run[-1].end]
            if _is_name(run, names, known):
                names.append(said.strip("-_·•()[]<>~=*#&+—–. "))
            else:
                rest += run
            place = end
            continue
        rest.append(piece)
        place += 1
    return names, rest


def _is_name(run: Sequence[Piece], names: Sequence[str], known: Vocabulary) -> bool:
    if not names:
        return True
    return any(
        piece.kind is Kind.NAME or (piece.kind is Kind.TEXT and _is_person(piece.text, known))
        for piece in run
    )


def _close(body: str, part: Sequence[Piece], place: int) -> int:
    """Return where the pieces end that are written together with this one, without a gap."""
    end = place + 1
    while end < len(part) and part[end].kind in {Kind.NAME, Kind.TEXT, Kind.NUMBER}:
        if part[end].start != part[end - 1].end or SEPARATORS.search(
            body, part[end - 1].end, part[end].start
        ):
            break
        end += 1
    return end


def _distinct(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give every entry a key that only its own words decide, and how often they came before."""
    seen: Counter[str] = Counter()
    for entry in entries:
        words = f"{entry.name}|{entry.written}"
        seen[words] += 1
        digest = hashlib.blake2s(f"{seen[words]}|{words}".encode(), digest_size=8)
        yield replace(entry, key=digest.hexdigest())


def _day(line: str) -> tuple[int | None, int, int] | None:
    """Return the day that a heading names, if it names one."""
    for pattern in (ISO_DAY, DAY):
        if found := pattern.search(line):
            year, month, day = found.groups()
            if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:  # noqa: PLR2004 (a calendar)
                return int(year) if year else None, int(month), int(day)
    return None


def is_other_day(chain: Chain, day: date) -> bool:
    """Tell whether the heading names another day than this one."""
    if chain.day is None:
        return False
    year, month, number = chain.day
    return (month, number) != (day.month, day.day) or year not in {None, day.year}
