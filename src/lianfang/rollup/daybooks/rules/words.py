"""The words of the workbook: the names of its sheets and columns, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianfang.ground.orgs.rules import StallState
from lianfang.kernel.texts import msgid
from lianfang.people.register.rules.words import HowTold


class Reason(StrEnum):
    """Why a workbook with people in it leaves the house."""

    NO_NETWORK = "no_network"
    NO_ACCOUNT = "no_account"
    AHEAD = "ahead"
    PRACTICE = "practice"


REASON_WORDS: Mapping[Reason, str] = {
    Reason.NO_NETWORK: msgid("The unit cannot reach Lianfang"),
    Reason.NO_ACCOUNT: msgid("Nobody there has an account yet"),
    Reason.AHEAD: msgid("Given out ahead, in case the line breaks"),
    Reason.PRACTICE: msgid("To practise"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """What a sheet or a column is called; the Chinese name is the one that readings go by."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """Return the name in a language."""
        return self.zh if language.startswith("zh") else self.en

    @property
    def both(self) -> tuple[str, str]:
        """Return both names: a sheet is looked for by either."""
        return (self.zh, self.en)


HIDDEN = "lianfang"
READ_ME = Name("说明", "Read me")
PEOPLE = Name("人员", "People")
STALLS = Name("摊位", "Stalls")
NUMBERS = Name("手填数", "Numbers")
NEWS = Name("新情况", "New situations")
NAMES = Name("签字", "Names")

NUMBER = Name("序号", "No.")
PERSON = Name("姓名", "Name")
STAFF_NO = Name("工号", "Staff number")
POPULATION = Name("人群", "Population")
KIND = Name("类别", "Kind")
PLACE = Name("部门或摊位", "Department or stall")
DOCUMENT = Name("证件号码", "Document number")
PHONE = Name("手机", "Phone")
LAST = Name("上次情况", "Last time")
TIME = Name("测量时间", "Time")
TEMPERATURE = Name("体温", "Temperature")
METHOD = Name("测量部位", "Measured at")
SYMPTOMS = Name("症状", "Symptoms")
IN_TOWN = Name("在本地", "In town")
REGION = Name("现在哪里", "Where now")
HOUSEHOLD = Name("同住人有症状", "Household has symptoms")
AREA = Name("去过或接触过重点地区", "Risk area")
CASE = Name("接触过病例", "Met a case")
HOW = Name("谁说的", "How told")
REMARK = Name("备注", "Remarks")
SITE = Name("场所编码", "Site")
SITE_NAME = Name("场所", "Place")
STALL_NO = Name("摊位号", "Stall")
HOLDER = Name("经营户", "Holder")
KNOWN = Name("登记在册", "As registered")
STATE = Name("今日状态", "State today")
HELPERS = Name("帮工人数", "Helpers")
CODE = Name("指标代码", "Code")
FIGURE = Name("指标", "Figure")
DEFINITION = Name("口径", "Definition")
MEASURE = Name("计量单位", "Measure")
YESTERDAY = Name("昨日", "Yesterday")
TODAY = Name("今日", "Today")
NO_NUMBER = Name("没有数的原因", "Why there is none")
SOURCE = Name("数据来源", "Where it comes from")
MATTER = Name("项目", "Matter")
TEXT = Name("内容", "What to write")
PART = Name("职责", "Part")
SIGNER = Name("签字人", "Signed by")
SIGNED = Name("签字时间", "Time of signing")
HINT = Name("怎么填", "How to")
IN_POST = Name("现任", "In the post")
#: The answers that the policy pack asks for, by the name of the reading's own field.
ANSWER_NAMES = {
    "household_symptoms": HOUSEHOLD,
    "contact_risk_area": AREA,
    "contact_case": CASE,
}

#: How an answer was learnt, as a clerk says it.
HOW_NAMES: Mapping[HowTold, Name] = {
    HowTold.SELF: Name("本人", "Himself"),
    HowTold.IN_PERSON: Name("当面问", "Asked in person"),
    HowTold.BY_PHONE: Name("电话", "By phone"),
    HowTold.FROM_CHAT: Name("接龙", "From the chat"),
    HowTold.BY_RELATIVE: Name("家属", "A relative"),
}


class Matter(StrEnum):
    """What a line of the sheet of new situations is about."""

    ISSUE = "issue"
    HELP = "help"
    ZERO = "zero"


MATTER_NAMES: Mapping[Matter, Name] = {
    Matter.ISSUE: Name("新情况新问题", "New situation"),
    Matter.HELP: Name("需上级协调解决", "To be settled by the superior"),
    Matter.ZERO: Name("零报告", "Zero report"),
}
STATES: Mapping[StallState, Name] = {
    StallState.OPEN: Name("营业", "open"),
    StallState.CLOSED: Name("停业", "closed"),
    StallState.NOT_RETURNED: Name("未返", "not returned"),
}
PART_NAMES = {
    "filler": Name("填报人", "Filled in by"),
    "reviewer": Name("审核人", "Reviewer"),
    "principal": Name("负责人", "Principal"),
}
#: What stands beside the inputs to be read by people; no reading asks for it.
SHOWN = (POPULATION, PLACE, LAST, SITE_NAME, HOLDER, KNOWN, FIGURE, DEFINITION, MEASURE)
SHOWN_NAMES = frozenset(name for each in (*SHOWN, YESTERDAY, HINT, IN_POST) for name in each.both)
YES, NO = Name("是", "yes"), Name("否", "no")
NONE = Name("无", "none")
NOT_APPLICABLE, UNKNOWN = Name("不适用", "not applicable"), Name("不清楚", "not known")
