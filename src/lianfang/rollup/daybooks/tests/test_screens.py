"""The pages: given out, brought back by phone or desk, looked at, settled; and who sees none."""

import zipfile
from io import BytesIO

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianfang.ground.figures.models import Typed
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import CheckIn
from lianfang.rollup.daybooks.models import BookReturn, Daybook
from lianfang.rollup.daybooks.services import HandedOut
from lianfang.rollup.daybooks.tests.conftest import (
    DAY,
    Book,
    SignIn,
    at,
    number,
    opened,
    person,
    saved,
    signed,
)

HOME = f"/daybooks/{DAY}/M/"


def upload(client: Client, content: bytes, url: str = f"{HOME}bring") -> str:
    file = SimpleUploadedFile("M_2020-01-31(2).xlsx", content)
    answer = client.post(url, {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def filled(out: HandedOut) -> Book:
    book = opened(out.content)
    person(book, "陈小满", 体温=36.4, 测量时间="8:30", 备注="明天到")
    number(book, "masks_used", 今日=120)
    signed(book, "负责人", "周总")
    return book


def test_a_clerk_gives_out_brings_back_and_settles(
    out: HandedOut, clerk: Actor, mill: Unit, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    file = client.post(f"{HOME}give", {"reason": "no_network", "language": "en"})
    assert file["Content-Disposition"] == 'attachment; filename="M_2020-01-31.xlsx"'
    assert "People" in opened(file.content).sheetnames
    page = client.get(HOME).content.decode()
    assert page.count("waiting to come back") == 2
    clock.move_to(at(15, 30))
    client = sign_in(clerk)
    type_in(clerk, mill, DAY, Line("masks_used", "90"))
    preview = upload(client, saved(filled(out)))
    text = client.get(preview).content.decode()
    assert "Which one counts?" in text
    refused = client.post(f"{preview}settle", {"key": "1"})
    assert refused.status_code == 409
    assert not CheckIn.objects.exists()
    told = {"key": "2", "choice-figure-masks_used": "book"}
    assert client.post(f"{preview}settle", told).status_code == 302
    assert Typed.objects.order_by("recorded_at", "id").last().value == 120  # type: ignore[union-attr]
    assert client.post(f"{preview}settle", told).status_code == 302
    assert CheckIn.objects.count() == 1
    result = client.get(preview).content.decode()
    assert "What was decided" in result
    assert "明天到" not in result
    assert "明天到" in client.post(f"{preview}remarks").content.decode()


def test_a_wrong_row_is_shown_with_sheet_row_column_and_value(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    clock.move_to(at(15, 30))
    book = filled(out)
    person(book, "林海", 体温="高烧", 测量时间="8:30")
    client = sign_in(clerk)
    preview = upload(client, saved(book))
    text = client.get(preview).content.decode()
    assert "高烧" in text
    assert "Type a temperature as 36.5" in text
    assert client.post(f"{preview}settle", {"key": "1"}).status_code == 409
    assert client.post(f"{preview}settle", {"key": "2", "partial": "1"}).status_code == 302
    assert BookReturn.objects.get().rejected == 1


def test_the_office_gives_out_all_in_one_file_and_sees_what_is_out(
    out: HandedOut, overseer: Actor, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    client = sign_in(overseer)
    url = f"/daybooks/{DAY}/"
    file = client.post(f"{url}give", {"reason": "ahead", "language": "zh-hans", "all": "1"})
    names = zipfile.ZipFile(BytesIO(file.content)).namelist()
    assert names == ["M_2020-01-31.xlsx", "P_2020-01-31.xlsx"]
    assert Daybook.objects.count() == 3
    assert client.post(f"{url}give", {"reason": "ahead", "language": "en"}).status_code == 422
    clock.move_to(at(15, 30))
    client = sign_in(overseer)
    upload(client, saved(filled(out)), "/daybooks/bring")
    page = client.get(f"{url}?state=out").content.decode()
    assert "P_" not in page
    assert "/P/" in page
    assert "/M/" not in page
    reports = client.get(f"/reports/{DAY}/").content.decode()
    assert url in reports


def test_a_workbook_brought_on_the_wrong_page_is_refused_at_the_field(
    out: HandedOut, overseer: Actor, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    clock.move_to(at(15, 30))
    file = SimpleUploadedFile("a.xlsx", out.content)
    answer = sign_in(overseer).post(f"/daybooks/{DAY}/P/bring", {"file": file})
    assert answer.status_code == 422
    assert "bring it on the page of that day" in answer.content.decode()


def test_a_stranger_finds_nothing(
    out: HandedOut, clerk: Actor, stranger: Actor, clock: time_machine.Traveller, sign_in: SignIn
) -> None:
    clock.move_to(at(15, 30))
    preview = upload(sign_in(clerk), saved(filled(out)))
    other = sign_in(stranger)
    assert other.get(HOME).status_code == 404
    assert other.get(preview).status_code == 404
    assert other.post(f"{preview}settle").status_code == 404
