"""The fictional group: all companies, people and numbers are invented."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GROUP, GROUP_NAME, GROUP_SHORT = "OJ", "瓯江实业集团有限公司", "瓯江实业集团"
FORMER_NAME = "瓯江市工业投资集团有限公司"
ADDRESS, PHONE, FAX, POST_CODE = (
    "瓯江市江滨东路 50 号",
    "0577-8881 0000",
    "0577-8881 0001",
    "325000",
)
STAFF_IN_ALL = 6000
STALLS = 268
TODAY_STAFF_OF_MOCK = 3928

DEPARTMENTS = (
    "办公室",
    "党群工作部",
    "人力资源部",
    "财务部",
    "投资发展部",
    "资产管理部",
    "安全生产部",
    "审计部",
    "法务部",
    "信息部",
    "纪检监察室",
)
DEPARTMENT_STAFF = 12


@dataclass(frozen=True, slots=True)
class Company:
    """A subsidiary as it stands on the demo day; `sent` is when its report comes in."""

    short: str
    sector: str
    staff: int
    returned: int
    away: int
    unreached: int
    key_area: int
    contacts: int
    observed: int
    released: int
    fever: int
    visitors: int
    refused: int
    masks: int
    masks_a_day: int
    litres: int
    sent: str
    site: str
    branches: tuple[str, ...] = ()


def _companies() -> Sequence[Company]:
    """Read the companies from the table beside this package."""
    file = Path(__file__).parents[1] / "data" / "companies.csv"
    words = {"short", "sector", "sent", "site"}
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(Company(**_values(row, words)) for row in rows)


def _values(row: Mapping[str, str], words: Collection[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: text if name in words else int(text)
        for name, text in row.items()
        if name != "branches"
    }
    return told | {"branches": tuple(row["branches"].split("、")) if row["branches"] else ()}


COMPANIES: Sequence[Company] = _companies()

#: Who holds a post on the demo day: invented people.
OFFICE = (("zhoulan", "周岚"), ("chenyue", "陈越"), ("hesiyuan", "何思源"))
LEADERS = (
    ("zhengyizhou", "郑一舟"),
    ("fanghaitao", "方海涛"),
    ("lushuwen", "卢书文"),
    ("yemingyuan", "叶明远"),
    ("jinruolin", "金若琳"),
    ("taozhiheng", "陶之恒"),
)
#: Who endorses and who issues the daily situation: the first issues it.
LEADING = (("zhengyizhou-lead", "郑一舟"), ("fanghaitao-lead", "方海涛"))
CLERKS = (
    "许蔓",
    "金雨桐",
    "沈立新",
    "蒋勇",
    "方琼",
    "罗瑾",
    "邵宁",
    "卢青",
    "温晓",
    "姜南",
    "吴芳",
    "李敏",
    "田禾",
    "杜若",
    "彭越",
    "戴云",
    "苏展",
    "程亦",
    "卢文静",
    "韩冬",
    "钱悦",
    "孟秋",
    "沈立",
    "章樾",
)
PRINCIPALS = (
    "顾长青",
    "林伯涛",
    "魏中原",
    "谢明川",
    "宋致远",
    "潘海生",
    "傅建华",
    "罗景明",
    "高远山",
    "方慕云",
    "董世安",
    "曹望舒",
    "唐晋",
    "严守业",
    "贺知秋",
    "方宁",
    "鲁承志",
    "史振邦",
    "崔云峰",
    "陆家骏",
    "汪晓阳",
    "任国栋",
    "范启明",
    "尹志成",
)
