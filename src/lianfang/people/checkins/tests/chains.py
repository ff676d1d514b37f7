"""The people and the words of a chat group, for what is read from it."""

from decimal import Decimal
from uuid import uuid4

from lianfang.people.checkins.rules import Thresholds
from lianfang.people.checkins.rules.chat import (
    Known,
    Line,
    Roster,
    Vocabulary,
    read,
    settle,
)
from lianfang.people.register.rules.names import pinyin

SYMPTOMS = {
    "fever": "发热",
    "cough": "干咳",
    "fatigue": "乏力",
    "dyspnoea": "气促",
    "sore_throat": "咽痛",
    "diarrhoea": "腹泻",
    "other": "其他不适",
}


class Limits:
    """What the parser asks of the pack's thresholds."""

    measured = True
    lowest, highest, chat_asks_above = Decimal(34), Decimal(43), Decimal(42)


LIMITS: Thresholds = Limits()  # type: ignore[assignment]


def known(name: str, **more: str) -> Known:
    key, initials = pinyin(name)
    return Known(id=uuid4(), name=name, key=key, initials=initials, **more)


PEOPLE = [
    known("张三"),
    known("王伟", department="财务部", person_no="0183", tail="1234", phone="aa"),
    known("李小满", phone="bb"),
    known("林海", tail="0001"),
    known("林海", department="仓储", tail="0002"),
    known("陈建国"),
    known("欧阳丹"),
]
ROSTER = Roster(PEOPLE)
WORDS = Vocabulary(
    SYMPTOMS,
    ("温州", "温"),
    ("3303",),
    ("湖北", "武汉"),
    frozenset(each.name for each in PEOPLE),
    frozenset({"财务部", "仓储"}),
)


def lines(text: str, *, roster: Roster = ROSTER, **more: object) -> tuple[Line, ...]:
    told: dict[str, object] = {"already": {}, "taps": {}, "phones": {}} | more
    return settle(read(text, WORDS), roster, LIMITS, **told)  # type: ignore[arg-type]


def only(text: str, **more: object) -> Line:
    (line,) = lines(text, **more)  # type: ignore[arg-type]
    return line


C = Decimal
ANYTHING = "1234567890.、，张三王伟李小满林海 36.5℃在温无症状咳嗽昨天同上\n😀-()"
