"""The cast of the register: a response in force, people of the mill and the port, files."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
import time_machine
import xlsxwriter
from django.test import Client
from stdnum.cn import ric

from conftest import user_with
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import services as response_services
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import Level
from lianfang.ground.response.services import Beginning
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.people.register import seams, services
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2020, 1, 31, 10, tzinfo=ZONE)
TODAY = MORNING.date()
HEADINGS = (
    *("工号", "姓名", "性别", "证件号码", "手机号", "单位编码", "用工性质", "部门", "现住址"),
    *("是否在温", "当前所在地区划代码", "离开日期", "计划返回日期", "返回日期", "交通工具"),
    *("14天内重点地区旅居史", "14天内接触史", "备注"),
)
STALL_HEADINGS = (
    *("场所编码", "摊位号", "经营户", "手机", "证件号码", "户籍地区划代码", "从业人数"),
    *("营业状态", "备注"),
)
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
Row = Sequence[object]
Sheet = Callable[..., Path]
Enter = Callable[..., Person]


def identity(number: int, region: str = "330302") -> str:
    """Return an identity number that belongs to nobody."""
    born = date(1970, 1, 1) + timedelta(days=number)
    digits = f"{region}{born:%Y%m%d}999"
    return digits + ric.calc_check_digit(digits + "0")


def mobile(number: int) -> str:
    """Return a mobile number that is not given out."""
    return f"1990000{number:04d}"


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """Ten o'clock on 31 January 2020, at Wenzhou."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(morning: object, group: Unit, overseer: Actor) -> Response:
    """The response of 2020 with its pack."""
    told = Beginning(
        code="2020",
        title_zh="新冠肺炎疫情防控",
        pack_id="covid19-2020-01",
        started_at=datetime(2020, 1, 23, 9, tzinfo=ZONE),
        level=Level.I,
        document="省政府公告",
    )
    return response_services.begin(overseer, group, told)


@pytest.fixture
def enter(response: Response) -> Enter:
    """Enter somebody at a unit, with documents and telephone."""

    def make(
        unit: Unit,
        name: str,
        number: int,
        employment: Employment = Employment.REGULAR,
        where: Whereabouts | None = None,
        site: Site | None = None,
    ) -> Person:
        line = PersonLine(
            name=name,
            employment=employment,
            person_no=f"N{number:04d}",
            document=identity(number),
            phone=mobile(number),
            address=f"江海路 {number} 号",
            department="装卸一组",
        )
        return services.enter(OPERATOR, unit, line, where or Whereabouts(in_town=True), site)

    return make


@pytest.fixture
def chen(mill: Unit, enter: Enter) -> Person:
    """陈小满 of the mill, in town."""
    return enter(mill, "陈小满", 1)


@pytest.fixture
def lin(mill: Unit, enter: Enter) -> Person:
    """林海 of the mill, not back from 合肥."""
    away = Whereabouts(
        in_town=False,
        region="340102",
        left_on=date(2020, 1, 18),
        planned_return=date(2020, 2, 9),
    )
    return enter(mill, "林海", 2, where=away)


@pytest.fixture
def zhou(port: Unit, enter: Enter) -> Person:
    """周帆 of the port, who is foreign to the mill."""
    return enter(port, "周帆", 3)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Write a workbook from rows under headings."""

    def write(*rows: Row, headings: Sequence[str] = HEADINGS, name: str = "people.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            page = book.add_worksheet()
            for number, row in enumerate((headings, *rows)):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
        return path

    return write


def person_row(number: int, unit: str = "M", name: str = "王芳", /, **told: object) -> list[object]:
    """Return a row of a people file; `told` names further columns or other values."""
    values: dict[str, object] = {
        "工号": f"W{number:04d}",
        "姓名": name,
        "证件号码": identity(number),
        "手机号": mobile(number),
        "单位编码": unit,
        "用工性质": "正式",
    }
    values |= told
    return [values.get(heading) for heading in HEADINGS]


def stall_row(number: str, **told: object) -> list[object]:
    """Return a row of a stalls file."""
    values: dict[str, object] = {"场所编码": "S1", "摊位号": number, **told}
    return [values.get(heading) for heading in STALL_HEADINGS]


class Answer(Protocol):
    """What a browser was answered."""

    @property
    def content(self) -> bytes: ...


def page(answer: Answer) -> str:
    return answer.content.decode()


@pytest.fixture
def mills_clerk(mill: Unit, response: object) -> Client:
    """The mill's clerk at a browser, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with(Role.CLERK, mill, "the-clerk"), SIGN_IN)
    return client


@pytest.fixture
def office(group: Unit, response: object) -> Client:
    """Somebody of the group office at a browser."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with(Role.GROUP_OFFICE, group, "the-office"), SIGN_IN)
    return client


@pytest.fixture
def ports_clerk(port: Unit, response: object) -> Client:
    """The port's clerk at a browser, who has no business at the mill."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with(Role.CLERK, port, "the-stranger"), SIGN_IN)
    return client


@pytest.fixture
def link_page() -> Iterator[None]:
    """Some page on which personal links end."""
    before = seams.link_page()
    seams.lead_links_to("imports:bring")
    yield
    seams.lead_links_to(before)


Counts = tuple[int, int, int, int]


def counts(outcome: Outcome) -> Counts:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected


def codes(outcome: Outcome) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in outcome.problems]
