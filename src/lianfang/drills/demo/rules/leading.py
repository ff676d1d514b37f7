"""Who commands in the fictional group: its leading group, its departments, and two gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

SINCE = date(2020, 1, 25)
#: Seat, name, title, and the user name of those who sign in.
GROUP_SEATS: Sequence[tuple[str, str, str, str]] = (
    ("head", "沈启明", "党委书记、董事长", ""),
    ("deputy", "郑一舟", "党委副书记、总经理", "zhengyizhou"),
    ("deputy", "方海涛", "党委委员、副总经理", "fanghaitao"),
    ("member", "卢书文", "党委委员、纪委书记", "lushuwen"),
    ("member", "叶明远", "副总经理", "yemingyuan"),
    ("member", "金若琳", "总会计师", "jinruolin"),
    ("member", "陶之恒", "总工程师", "taozhiheng"),
    ("office_head", "周岚", "集团办公室主任", "zhoulan"),
    ("office_member", "陈越", "办公室副主任", "chenyue"),
    ("office_member", "何思源", "办公室秘书", "hesiyuan"),
)
TITLES: Mapping[str, str] = {name: title for _, name, title, _ in GROUP_SEATS}
#: The line 值班信息 has no department yet: a gap for the visitor to find.
GROUP_LINES: Mapping[str, str] = {
    "general": "办公室",
    "screening": "人力资源部",
    "supplies": "资产管理部",
    "publicity": "党群工作部",
    "inspection": "安全生产部",
}
COMPANY_LINES: Mapping[str, str] = {
    "general": "综合办公室",
    "screening": "人事部",
    "supplies": "后勤部",
    "duty": "综合办公室",
}
#: The company whose leading group has no head, and those that nobody has called for days.
HEADLESS = 17
FORGOTTEN, FORGOTTEN_SINCE = frozenset({7, 19}), date(2020, 1, 28)
NUMBER, LETTER = "瓯实防〔2020〕1号", "疫情防控主体责任书"
LETTER_TEXT = (
    "一、主要负责人为本单位疫情防控第一责任人，领导小组和办公室到岗到人。\n"
    "二、每日按时报送情况，没有新情况也报，数字真实，不瞒报、不漏报、不迟报。\n"
    "三、人员排查、场所消毒、物资保障责任到部室、到人。\n"
    "四、集团和属地交办的事项按时办结。"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the demo: its minute of the morning, what was said and agreed."""

    minute: int
    said: str
    measure: str


SAID = (
    ("问了返岗和排查情况，名单已核到班组。", "下午再核一遍未联系上的人。"),
    ("口罩库存和值班安排都问过，值班表已贴出。", ""),
    ("询问体温异常人员去向，已转定点门诊。", "结果出来马上报。"),
    ("问了市场进出口管理，北门已关闭。", "货运门晚上也要有人。"),
)


def call(number: int, day: date) -> Call | None:
    """Return the call that a company gets on a day, if it gets one."""
    if number in FORGOTTEN and day > FORGOTTEN_SINCE:
        return None
    if (number + day.day) % 3 == 0:
        return None
    said, measure = SAID[(number * 7 + day.day) % len(SAID)]
    return Call((number * 11 + day.day * 5) % 110, said, measure)


def phone(number: int) -> str:
    """Return an invented telephone."""
    return f"1390000{number:04}"
