"""What a row of a file of people or stalls tells, column by column."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lianfang.kernel import identities
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.policy import Policy
from lianfang.people.register.rules.words import DocumentKind, Employment, History, HowTold

NAME = "姓名"
UNIT, PERSON_NO, DOCUMENT, DOCUMENT_KIND = "单位编码", "工号", "证件号码", "证件类型"
SITE, STALL_NO, HOLDER, STALL_PHONE = "场所编码", "摊位号", "经营户", "手机"
WHERE = (
    *("是否在温", "当前所在地区划代码", "离开日期", "计划返回日期", "返回日期"),
    *("交通工具", "车次航班"),
)
HISTORY = {"14天内重点地区旅居史": History.KEY_AREA, "14天内接触史": History.PEOPLE_FROM_THERE}

#: At which column of a people file a change of what is known shows.
COLUMN_OF = {
    "unit": UNIT,
    "name": "姓名",
    "employment": "用工性质",
    "person_no": PERSON_NO,
    "gender": "性别",
    "document_kind": DOCUMENT_KIND,
    "document": DOCUMENT,
    "phone": "手机号",
    "address": "现住址",
    "remark": "备注",
    "home_region": "户籍地区划代码",
    "live_region": "现居住地区划代码",
    "department": "部门",
    "job": "岗位",
    "party_member": "是否党员",
    "whereabouts": "是否在温",
    History.KEY_AREA: "14天内重点地区旅居史",
    History.PEOPLE_FROM_THERE: "14天内接触史",
}

#: The same for a stalls file.
STALL_COLUMN_OF = {
    "name": HOLDER,
    "phone": STALL_PHONE,
    "document": DOCUMENT,
    "home_region": "户籍地区划代码",
    "home_said": "户籍地区划代码",
    "helpers_declared": "从业人数",
    "state": "营业状态",
    "remark": "备注",
}


class Line(Protocol):
    """A row of a file that can be taken."""

    @property
    def number(self) -> int:
        """Return its number in the sheet."""
        ...

    def __getitem__(self, column: str) -> object:
        """Return the value of a column; None where nothing stands."""
        ...


@dataclass(frozen=True, slots=True)
class StallTold:
    """What a row tells of the stall itself."""

    number: str
    helpers_declared: int | None
    state: str
    remark: str = field(repr=False)


def person_line(line: Line) -> PersonLine:
    """Read what a row of a people file tells of the person."""
    return PersonLine(
        name=_text(line, "姓名"),
        employment=Employment(_text(line, "用工性质")),
        person_no=_text(line, PERSON_NO),
        gender=_text(line, "性别"),
        document_kind=DocumentKind(_text(line, DOCUMENT_KIND) or DocumentKind.IDENTITY_CARD),
        document=_text(line, DOCUMENT),
        phone=_text(line, "手机号"),
        address=_text(line, "现住址"),
        remark=_text(line, "备注"),
        home_region=_text(line, "户籍地区划代码"),
        live_region=_text(line, "现居住地区划代码"),
        department=_text(line, "部门"),
        job=_text(line, "岗位"),
        party_member=_flag(line, "是否党员"),
    )


def where_told(line: Line, policy: Policy) -> Whereabouts | None:
    """Read where the person is; None where the row says nothing of it."""
    if all(line[column] is None for column in WHERE):
        return None
    region = _text(line, "当前所在地区划代码")
    in_town = _flag(line, "是否在温")
    if in_town is None and region and policy.home:
        in_town = policy.is_home(region)
    return Whereabouts(
        in_town=in_town,
        region=region,
        left_on=_day(line, "离开日期"),
        planned_return=_day(line, "计划返回日期"),
        returned_on=_day(line, "返回日期"),
        transport=_text(line, "交通工具"),
        transport_no=_text(line, "车次航班"),
        how=HowTold.FROM_FILE,
    )


def history_told(line: Line) -> tuple[History, ...]:
    """Read which epidemiological history the row says yes to."""
    return tuple(about for column, about in HISTORY.items() if line[column] is True)


def stall_told(line: Line) -> StallTold:
    """Read what a row of a stalls file tells of the stall."""
    helpers = line["从业人数"]
    return StallTold(
        number=_text(line, STALL_NO),
        helpers_declared=helpers if isinstance(helpers, int) else None,
        state=_text(line, "营业状态"),
        remark=_text(line, "备注"),
    )


def holder_line(line: Line) -> PersonLine | None:
    """Read who holds the stall; None where no name is told."""
    name, home = _text(line, HOLDER), _text(line, "户籍地区划代码")
    coded = bool(identities.SIX_DIGITS.fullmatch(home))
    if not name:
        return None
    return PersonLine(
        name=name,
        employment=Employment.STALL_HOLDER,
        document=_text(line, DOCUMENT),
        phone=_text(line, STALL_PHONE),
        home_region=home if coded else "",
        home_said="" if coded else home,
    )


def key_of(line: Line) -> tuple[str, str]:
    """Return what names a person in a file: the sort of his document and its number."""
    return _text(line, DOCUMENT_KIND) or DocumentKind.IDENTITY_CARD, _text(line, DOCUMENT)


def name_column(line: Line) -> str:
    """Return the column in which a row names the person: that of a people or of a stalls file."""
    return NAME if line[NAME] is not None else HOLDER


def number_of(line: Line) -> str:
    """Return the staff number that a row tells; people on site have none."""
    return _text(line, PERSON_NO)


def _text(line: Line, column: str) -> str:
    value = line[column]
    return str(value) if value is not None else ""


def _flag(line: Line, column: str) -> bool | None:
    value = line[column]
    return value if isinstance(value, bool) else None


def _day(line: Line, column: str) -> date | None:
    value = line[column]
    return value if isinstance(value, date) else None
