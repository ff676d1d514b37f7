import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.ground.command import queries
from lianfang.ground.command.models import (
    Appointment,
    AppointmentPaper,
    Charge,
    Letter,
    Undertaking,
)
from lianfang.ground.command.services import ChargeLine, appoint, charge, issue_letter
from lianfang.ground.command.tests.conftest import TODAY, Browse, line
from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS"
    b"\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00"
    b"IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n%%EOF\n"
FAR = {"since": TODAY.isoformat()}


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == HTTPStatus.OK, url
    return str(answer.content.decode())


def at(name: str, *args: object) -> str:
    return reverse(f"command:{name}", args=args)


def test_the_groups_page_counts_what_is_missing_and_asks_in_one_tap(
    response: Response, group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    page = text(office, at("overview"))
    assert "No leading group" in page
    assert "江海港务" in page
    told = {"key": "no_group", "back": at("overview")}
    assert office.post(at("ask", "M"), told).status_code == HTTPStatus.FOUND
    assert Loop.objects.get().unit == mill
    page = text(office, f"{at('overview')}?lack=no_liaison&q=mianfen")
    assert "江海港务" not in page
    part = office.get(at("overview"), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part


def test_a_clerk_of_one_unit_comes_to_its_page_at_once(
    response: Response, mill: Unit, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, mill)
    assert clerk.get(at("overview")).headers["Location"] == at("unit", "M")


def test_the_pages_cost_the_same_however_many_units_there_are(
    response: Response,
    group: Unit,
    mill: Unit,
    port: Unit,
    browse: Browse,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    appoint(OPERATOR, mill, line("head", "顾长青"))
    for url in (at("overview"), at("unit", "M")):
        office.get(url)
        with django_assert_max_num_queries(28):
            office.get(url)


def test_a_seat_is_filled_replaced_and_ended_on_the_page(
    response: Response, mill: Unit, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, mill)
    assert "Head" in text(clerk, f"{at('appoint', 'M')}?seat=head")
    clerk.post(at("appoint", "M"), FAR | {"seat": "head", "name": "顾长青", "phone": "13800001234"})
    held = Appointment.objects.get()
    page = text(clerk, at("unit", "M"))
    assert "顾长青" in page
    assert "138****1234" in page
    assert "13800001234" not in page
    opened = clerk.post(at("phone", held.pk))
    assert "tel:13800001234" in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    told = FAR | {"name": "林伯涛"}
    assert "This field is required" in clerk.post(at("replace", held.pk), told).content.decode()
    clerk.post(at("replace", held.pk), told | {"reason": "工作调动"})
    new = Appointment.objects.get(valid_to=None)
    assert "林伯涛" in text(clerk, at("end", new.pk))
    clerk.post(at("end", new.pk), {"until": TODAY.isoformat(), "reason": "工作调动"})
    assert not Appointment.objects.filter(valid_to=None).exists()
    page = text(clerk, f"{at('unit', 'M')}?on=2020-01-30")
    assert "This is the structure of" in page
    assert "工作调动" in page
    assert text(clerk, f"{at('unit', 'M')}?on=nonsense")


def test_what_the_rules_refuse_is_said_at_its_field_and_nothing_is_lost(
    response: Response, mill: Unit, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, mill)
    appoint(OPERATOR, mill, line("head", "顾长青"))
    page = clerk.post(at("appoint", "M"), FAR | {"seat": "head", "name": "林伯涛"})
    assert "holds this seat" in page.content.decode()
    assert "林伯涛" in page.content.decode()


def test_a_department_is_named_and_taken_away(
    response: Response, mill: Unit, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, mill)
    assert "Screening of people" in text(clerk, at("charge", "M", "screening"))
    clerk.post(at("charge", "M", "screening"), FAR | {"name": "人事部"})
    held = Charge.objects.get()
    assert "人事部" in text(clerk, at("unit", "M"))
    assert text(clerk, at("discharge", held.pk))
    clerk.post(at("discharge", held.pk), {"until": TODAY.isoformat(), "reason": "撤销"})
    assert not Charge.objects.filter(valid_to=None).exists()


def test_a_leader_is_named_for_several_units_at_once(
    response: Response, group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    told = FAR | {"name": "郑一舟", "units": [mill.pk, port.pk]}
    assert office.post(at("liaison"), told).status_code == HTTPStatus.FOUND
    assert "郑一舟" in text(office, at("liaison"))
    refused = office.post(at("liaison"), told | {"name": "方海涛"}).content.decode()
    assert "Say why" in refused
    assert Appointment.objects.count() == 2


def test_the_letter_is_issued_signed_with_a_photo_and_listed(
    response: Response, group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office, clerk = browse(Role.GROUP_OFFICE, group), browse(Role.CLERK, mill)
    assert "No letter" in text(office, at("letters"))
    assert "No letter" in text(clerk, at("sign", "M"))
    office.post(at("letter"), {"heading": "主体责任书", "text": "一、落实主体责任。"})
    photo = SimpleUploadedFile("签字.png", PNG, "image/png")
    told = {"name": "顾长青", "signed_on": TODAY.isoformat(), "file": photo}
    assert clerk.post(at("sign", "M"), told).status_code == HTTPStatus.FOUND
    signed = Undertaking.objects.get()
    assert signed.file is not None
    page = text(office, at("letters"))
    assert "1 company has not signed" in page
    assert "顾长青" in text(clerk, at("unit", "M"))
    again = {"name": "林伯涛", "signed_on": TODAY.isoformat()}
    clerk.post(at("sign", "M"), again)
    last = Undertaking.objects.exclude(replaces=None).get()
    assert last.file == signed.file


def test_a_letter_whose_form_is_sent_twice_is_issued_once(
    response: Response, group: Unit, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    (key,) = re.findall(r'name="key" value="([^"]+)"', text(office, at("letter")))
    told = {"heading": "主体责任书", "text": "一、落实主体责任。", "key": key}
    for _ in range(2):
        assert office.post(at("letter"), told).status_code == HTTPStatus.FOUND
    assert Letter.objects.count() == 1


def test_a_notice_is_written_from_the_structure_and_handed_out(
    response: Response, group: Unit, mill: Unit, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, mill)
    appoint(OPERATOR, mill, line("head", "顾长青", title="总经理"))
    charge(OPERATOR, mill, ChargeLine(line="general", since=TODAY, name="办公室"))
    page = text(clerk, at("issue", "M"))
    assert "组长：顾长青（总经理）。" in page
    assert "（一）综合协调：由办公室负责。" in page
    told = {
        "number": "江海面粉〔2020〕1号",
        "heading": "江海面粉有限公司关于成立疫情防控工作领导小组的通知",
        "addressees": "各部门",
        "body": "一、领导小组\n组长：顾长青",
        "dated_on": TODAY.isoformat(),
        "copies": "",
    }
    assert clerk.post(at("issue", "M"), told).status_code == HTTPStatus.FOUND
    paper = AppointmentPaper.objects.get()
    assert "江海面粉〔2020〕1号" in text(clerk, at("papers"))
    assert "组长：顾长青" in text(clerk, at("paper", paper.pk))
    assert clerk.get(at("file", paper.pk, "pdf")).content.startswith(b"%PDF")
    assert clerk.get(at("file", paper.pk, "docx")).content.startswith(b"PK")
    assert clerk.get(at("file", paper.pk, "exe")).status_code == HTTPStatus.NOT_FOUND
    again = clerk.post(at("issue", "M"), told).content.decode()
    assert "was given to another paper" in again
    assert "调整" in text(clerk, at("issue", "M"))


def test_the_structure_is_printed(response: Response, mill: Unit, browse: Browse) -> None:
    appoint(OPERATOR, mill, line("head", "顾长青"))
    page = text(browse(Role.CLERK, mill), f"{at('unit', 'M')}?paper")
    assert "顾长青" in page
    assert "No liaison leader" in page


@pytest.mark.parametrize("name", ["unit", "appoint", "sign", "issue"])
def test_a_stranger_finds_nothing(
    response: Response, mill: Unit, port: Unit, browse: Browse, name: str
) -> None:
    stranger = browse(Role.CLERK, port)
    assert stranger.get(at(name, "M")).status_code == HTTPStatus.NOT_FOUND
    issue_letter(OPERATOR, Unit.objects.get(code="G"), "主体责任书", "一、")
    assert "江海面粉" not in text(stranger, at("letters"))
    assert queries.letters(OPERATOR).count() == 1
