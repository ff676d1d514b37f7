"""Workbooks of staff, as a personnel department would send them; the people belong to nobody."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import xlsxwriter

from lianfang.drills.demo.rules.people import Invented, somebody

HEAD = (
    "工号",
    "姓名",
    "性别",
    "证件号码",
    "手机号",
    "单位编码",
    "部门",
    "岗位",
    "用工性质",
    "是否党员",
    "户籍地区划代码",
    "现居住地区划代码",
    "是否在温",
    "当前所在地区划代码",
    "离开日期",
    "14天内重点地区旅居史",
    "14天内接触史",
)
GENDERS = {"male": "男", "female": "女"}
EMPLOYMENTS = {
    "regular": "正式",
    "dispatched": "派遣",
    "temporary": "临时",
    "outsourced": "外包",
    "intern": "实习",
}
HERE, KEY_AREA = "330302", "420102"


class Staff:
    """Invented staff, each once in however many workbooks."""

    def __init__(self, seed: str) -> None:
        """Begin with nobody."""
        self._random = Random(seed)
        self._seen: set[str] = set()

    def write(self, file: Path, many: int, units: Sequence[str]) -> Path:
        """Write so many rows, one in twelve of them away, a few with a history."""
        book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, HEAD)
        for at in range(many):
            person = somebody(self._random, self._seen)
            number = f"B{len(self._seen):07}"
            sheet.write_row(at + 1, 0, _row(person, number, units[at % len(units)], at))
        book.close()
        return file


def _row(person: Invented, number: str, unit: str, at: int) -> Sequence[str]:
    away = at % 12 == 0
    return (
        number,
        person.name,
        GENDERS[person.gender],
        person.document,
        person.phone,
        unit,
        person.department,
        person.job,
        EMPLOYMENTS[person.employment],
        "是" if person.party_member else "否",
        HERE,
        HERE,
        "否" if away else "是",
        KEY_AREA if at % 120 == 0 else "341203" if away else HERE,
        "2020-01-18" if away else "",
        "是" if at % 150 == 0 else "否",
        "是" if at % 400 == 0 else "否",
    )
