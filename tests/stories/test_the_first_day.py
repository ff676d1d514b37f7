"""31 January 2020 from half past seven to five, through the screens of those who live it.

One company is cut off, one report is returned, one principal is away.
"""

from collections.abc import Mapping
from io import BytesIO

import openpyxl
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet

from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs.models import Post, User
from lianfang.ground.signing.models import Decision
from lianfang.kernel.actor import CLOCK, OPERATOR
from lianfang.people.checkins.models import CheckIn
from lianfang.people.register.models import Person
from lianfang.people.register.services import make_link
from lianfang.rollup.reports import services as reports
from lianfang.rollup.reports.models import Bulletin, DailyReport
from tests.stories.conftest import DAY, Sit, at
from tests.stories.screens import Screen

MILL = f"/reports/{DAY}/M/"
PAPER = f"/reports/bulletin/{DAY}/"
CHAIN = "#接龙\n1月31日体温\n1. 陈小满 36.4 在温 无症状\n2. 王芳 36.6\n3. 林海 36.5 在温"
HEAD = 3
PHONE = 40_000
NOT_AT_ALL = dict.fromkeys(("household_symptoms", "contact_risk_area", "contact_case"), "no")


def test_the_first_day(
    sit: Sit, people: dict[str, Person], cast: dict[str, User], clock: time_machine.Traveller
) -> None:
    office, second = sit("周岚"), sit("陈悦")
    clerk, principal, deputy = sit("金会计"), sit("林厂长"), sit("吴副厂长")
    boss, chief = sit("高副总"), sit("卢总")
    reports.open_day(CLOCK, None, DAY)
    he_checks_in_on_his_phone(people["M001"])
    book = the_office_gives_the_port_its_workbook(office)
    the_clerk_pastes_the_chain(clerk, people, clock)
    the_principal_is_away_and_hands_over(principal, cast, clock)
    the_clerk_reports(clerk, clock)
    the_deputy_signs_on_his_phone(deputy)
    clerk.opens(MILL)
    clerk.sends("/submit")
    the_office_returns_it_and_it_comes_again(office, clerk, deputy, clock)
    the_workbook_of_the_port_comes_back(office, second, book, people, clock)
    the_paper_goes_from_hand_to_hand(office, second, boss, chief, clock)
    clock.move_to(at(17))
    nothing_is_left_open(office)


def he_checks_in_on_his_phone(person: Person) -> None:
    """07:30, an employee: two actions, and he has his pass."""
    make_link(OPERATOR, person, "his-own-secret")
    phone = Screen(Client(headers={"Accept-Language": "zh-hans"}))
    phone.opens("/c/his-own-secret")
    phone.sends("/c/fill", temperature="36.5", symptoms=["none"], in_town="yes", **NOT_AT_ALL)
    phone.sees("可进", "陈小满")
    assert CheckIn.objects.get().person == person


def the_office_gives_the_port_its_workbook(office: Screen) -> bytes:
    """08:00, the port has no line to the house: its day goes out as one workbook."""
    office.opens(f"/daybooks/{DAY}/P/")
    return office.takes("/give")


def the_clerk_pastes_the_chain(
    clerk: Screen, people: dict[str, Person], clock: time_machine.Traveller
) -> None:
    """09:10, the mill's clerk: three lines from the chat, and which 王芳 is one tap."""
    clock.move_to(at(9, 10))
    clerk.opens("/checkins/chat")
    clerk.sends("/checkins/chat", text=CHAIN, do="match")
    clerk.sees("王芳", "陈小满")
    who = clerk.choice("who-", f"person:{people['M003'].pk}")
    again = clerk.choice("again-", "")
    clerk.sends("/checkins/chat", do="record", **who, **again)
    found = CheckIn.objects.filter(how="from_chat")
    assert {row.person_id for row in found} >= {people["M003"].pk, people["M004"].pk}


def the_principal_is_away_and_hands_over(
    principal: Screen, cast: dict[str, User], clock: time_machine.Traveller
) -> None:
    """13:30, the mill's principal drives to the port: his deputy stands in until the evening."""
    clock.move_to(at(13, 30))
    post = Post.objects.get(user=cast["林厂长"])
    principal.opens(f"/orgs/posts/{post.pk}/hand-over")
    deputy = str(cast["吴副厂长"].pk)
    principal.sends("/hand-over", deputy=deputy, until="2020-01-31T20:00", reason="去港务现场")


def the_clerk_reports(clerk: Screen, clock: time_machine.Traveller) -> None:
    """14:20, the mill's clerk: one number by hand, what is new, and her name under it."""
    clock.move_to(at(14, 20))
    clerk.opens(MILL)
    clerk.sends("/type", code="masks_balance", value="1200")
    clerk.sends("/write", new_issues="今日无异常", help_needed="")
    clerk.sends("/sign", part="filler")


def the_deputy_signs_on_his_phone(deputy: Screen) -> None:
    """14:30, the deputy: what waits for him, three changes, one tap."""
    deputy.opens("/signing/")
    deputy.follows("/signing/")
    assert deputy.weight <= PHONE
    deputy.sends("/agree")
    deputy.sees("吴副厂长", "代林厂长")


def the_office_returns_it_and_it_comes_again(
    office: Screen, clerk: Screen, deputy: Screen, clock: time_machine.Traveller
) -> None:
    """14:50, the office: the masks cannot be right; the clerk mends, and all sign anew."""
    clock.move_to(at(14, 50))
    office.opens(MILL)
    office.sends("/return", reason="口罩库存与昨天对不上")
    clerk.opens(MILL)
    clerk.sees("口罩库存与昨天对不上")
    clerk.sends("/type", code="masks_balance", value="120")
    clerk.sends("/sign", part="filler")
    the_deputy_signs_on_his_phone(deputy)
    clerk.opens(MILL)
    clerk.sends("/submit")
    office.opens(MILL)
    office.sends("/accept")
    versions = DailyReport.objects.filter(unit__code="M").order_by("version")
    assert [bool(row.accepted_at) for row in versions] == [False, True]


def the_workbook_of_the_port_comes_back(
    office: Screen,
    second: Screen,
    book: bytes,
    people: dict[str, Person],
    clock: time_machine.Traveller,
) -> None:
    """15:20, the port's workbook comes by chat; one of its people has checked in meanwhile."""
    clock.move_to(at(15, 0))
    make_link(OPERATOR, people["P001"], "the-secret-of-zhao")
    phone = Screen(Client(headers={"Accept-Language": "zh-hans"}))
    phone.opens("/c/the-secret-of-zhao")
    phone.sends("/c/fill", temperature="36.8", symptoms=["none"], in_town="yes", **NOT_AT_ALL)
    clock.move_to(at(15, 20))
    office.opens("/daybooks/bring")
    office.sends("/bring", file=SimpleUploadedFile("P_2020-01-31(1).xlsx", filled(book)))
    office.sees("赵港")
    office.sees("36.5", "36.8")
    office.sends("/settle", send="1")
    report = DailyReport.objects.get(unit__code="P")
    assert CheckIn.objects.filter(person=people["P001"]).count() == 2
    assert (
        Decision.objects.filter(step="principal", sheet__unit__code="P").get().by_name == "余经理"
    )
    assert (report.submitted_by_name, report.version) == ("周岚", 1)
    second.opens(f"/reports/{DAY}/P/")
    second.sees("代录", "余经理")
    second.sends("/accept")


def filled(content: bytes) -> bytes:
    """Fill the workbook in as the port's clerk does, in a program that knows nothing of ours."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, whose, told in (
        ("人员", "赵港", {"体温": 36.5, "症状": "无", "在本地": "是", "谁说的": "电话"}),
        ("人员", "钱浪", {"体温": 36.7, "症状": "无", "在本地": "是", "谁说的": "电话"}),
        ("手填数", "masks_balance", {"今日": 300, "数据来源": "仓库数"}),
        ("新情况", "新情况新问题", {"内容": "网络中断，今日无异常"}),
        ("签字", "填报人", {"签字人": "许办事", "签字时间": "14:40"}),
        ("签字", "负责人", {"签字人": "余经理", "签字时间": "14:50"}),
    ):
        _put(book[sheet], whose, told)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _put(sheet: Worksheet, whose: str, told: Mapping[str, object]) -> None:
    columns = {cell.value: cell.column for cell in sheet[HEAD]}
    rows = [row for row in sheet.iter_rows(min_row=HEAD + 1) if whose in {c.value for c in row}]
    for name, value in told.items():
        sheet.cell(rows[0][0].row, columns[name]).value = value


def the_paper_goes_from_hand_to_hand(
    office: Screen, second: Screen, boss: Screen, chief: Screen, clock: time_machine.Traveller
) -> None:
    """16:10 to 17:00: 拟稿, 核稿, 审签 with an instruction, 签发, each at his own screen."""
    clock.move_to(at(16, 10))
    office.opens(PAPER)
    office.sends("/draft", remark="港务公司网络中断，已用工作簿报送。")
    second.opens(PAPER)
    second.sends("/check")
    clock.move_to(at(16, 30))
    boss.opens("/reports/leader/")
    assert boss.weight <= PHONE
    boss.opens("/signing/")
    boss.follows("/signing/")
    told = {"text": "派人去港务公司看网络", "whom": "P:principal", "due": "2020-02-01T12:00"}
    boss.sends("/instruct", **told)
    boss.sends("/agree")
    clock.move_to(at(16, 50))
    chief.opens("/signing/")
    chief.follows("/signing/")
    chief.sends("/agree")
    paper = Bulletin.objects.get()
    assert (paper.number, paper.released_at) == (1, at(16, 50))
    hands = [paper.drafted_by_name, paper.checked_by_name, paper.released_by_name]
    assert hands == ["周岚", "陈悦", "卢总"]
    office.opens(PAPER)
    office.sees("高副总", "卢总", "第 1 期")


def nothing_is_left_open(office: Screen) -> None:
    """17:00: every report is seen and every name given; the instruction waits for tomorrow."""
    waiting = Loop.objects.filter(verified_at=None, waived_at=None)
    found = [(loop.kind, loop.unit.code, loop.owner_role) for loop in waiting]
    assert found == [("instruction", "P", "principal")]
    office.opens(f"/reports/{DAY}/")
    office.sees("江海面粉", "江海港务", "已收")
