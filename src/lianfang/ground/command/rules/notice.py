"""The words of a notice of appointment (任命通知): an official paper is written in Chinese."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

HANZI = "一二三四五六七八九"
TEN = 10
LEAD = (
    "为加强疫情防控工作的组织领导，切实担起主体责任，经研究，{verb}{unit}疫情防控工作领导小组"
    "（以下简称领导小组）。现将有关事项通知如下："
)
SET_UP, CHANGED = "决定成立", "决定调整"
NO_NUMBER = msgid("Type the number of the paper as the office has given it.")
NO_HEADING = msgid("Give the paper a title.")
NO_BODY = msgid("The paper says nothing.")
NO_ADDRESSEE = msgid("Say to whom the paper goes.")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a seat, as a paper writes him."""

    name: str
    title: str = ""
    duty: str = ""

    @property
    def told(self) -> str:
        """Return the name with post and duty behind it."""
        behind = "，".join(filter(None, (self.title, self.duty)))
        return f"{self.name}（{behind}）" if behind else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a notice of appointment is made of."""

    unit: str
    again: bool
    group: Sequence[tuple[str, Sequence[Named]]]
    office: Sequence[tuple[str, Sequence[Named]]]
    lines: Sequence[tuple[str, str]]
    leaders: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A notice of appointment as it is frozen when it is issued."""

    issuer: str
    number: str
    heading: str
    addressees: str
    paragraphs: tuple[str, ...]
    dated_on: date
    copies: str = ""

    def plain(self) -> dict[str, object]:
        """Return the values as they are stored."""
        return {
            "issuer": self.issuer,
            "number": self.number,
            "heading": self.heading,
            "addressees": self.addressees,
            "paragraphs": list(self.paragraphs),
            "dated_on": self.dated_on.isoformat(),
            "copies": self.copies,
        }


def heading(unit: str, *, again: bool) -> str:
    """Return the title: who, about what, and what sort of paper it is."""
    return f"{unit}关于{'调整' if again else '成立'}疫情防控工作领导小组的通知"


def paragraphs(body: Body) -> list[str]:
    """Write the notice: numbered parts with names and duties; a part with nothing is left out."""
    lead = LEAD.format(verb=CHANGED if body.again else SET_UP, unit=body.unit)
    parts = (
        ("领导小组组成人员", _seats(body.group)),
        ("领导小组办公室组成人员", _seats(body.office)),
        ("工作线和责任部室", _lines(body.lines)),
        ("联系领导", [f"{name}：联系{'、'.join(units)}。" for name, units in body.leaders]),
    )
    told = [(title, lines) for title, lines in parts if lines]
    found = [lead]
    for number, (title, lines) in enumerate(told):
        found += [f"{HANZI[number]}、{title}", *lines]
    return [*found, "特此通知。"]


def checked(content: Content) -> Content:
    """Return the notice, or say what it lacks before it can be issued."""
    for field, text, wrong in (
        ("number", content.number, NO_NUMBER),
        ("heading", content.heading, NO_HEADING),
        ("addressees", content.addressees, NO_ADDRESSEE),
        ("body", "".join(content.paragraphs), NO_BODY),
    ):
        if not text.strip():
            raise BadInput(wrong, field=field)
    return content


def chinese_day(day: date) -> str:
    """Write a day as official papers date themselves, with Arabic digits."""
    return f"{day.year}年{day.month}月{day.day}日"


def _seats(seats: Sequence[tuple[str, Sequence[Named]]]) -> list[str]:
    """Write each seat with all who sit in it, one after another."""
    return [f"{word}：{'、'.join(each.told for each in named)}。" for word, named in seats if named]


def _lines(lines: Sequence[tuple[str, str]]) -> list[str]:
    named = [(line, department) for line, department in lines if department]
    return [
        f"（{_numeral(at)}）{line}：由{department}负责。"
        for at, (line, department) in enumerate(named, 1)
    ]


def _numeral(number: int) -> str:
    if number < TEN:
        return HANZI[number - 1]
    tens, ones = divmod(number, TEN)
    head = "十" if tens == 1 else f"{HANZI[tens - 1]}十"
    return f"{head}{HANZI[ones - 1]}" if ones else head
