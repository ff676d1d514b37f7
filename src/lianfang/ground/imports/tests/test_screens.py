from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from conftest import user_with
from lianfang.ground.doors.models import Entry
from lianfang.ground.files import jobs, vault
from lianfang.ground.imports import services
from lianfang.ground.imports.models import Upload
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.sealed import INSTALLATION
from lianfang.kernel.spreadsheets import writing

HEAD = ("单位编码", "上级编码", "单位名称", "单位类型", "门牌")
RIGHT = ("N", "M", "江海面粉三厂", "分公司")
WRONG = ("X", "ZZ", "无主分厂", "分公司")
SAME = ("M", "G", "江海面粉有限公司", "子公司")
RENAMED = ("P", "G", "江海港口有限公司", "子公司")


@pytest.fixture(autouse=True)
def shelves(settings: object, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]


@pytest.fixture
def office(group: Unit) -> Client:
    """The administrator of the group at his browser."""
    return browser(Role.ADMINISTRATOR, group)


def browser(role: str, unit: Unit) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = user_with(role, unit, f"bringing-{role}-{unit.code}".lower())
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def place(name: str, *args: object) -> str:
    return reverse(f"imports:{name}", args=args)


def bring(
    client: Client, unit: Unit, rows: Sequence[Sequence[object]], kind: str = "units"
) -> HttpResponse:
    file = SimpleUploadedFile("单位表.xlsx", writing.workbook(HEAD, rows))
    answer = client.post(place("bring", kind), {"file": file, "unit": unit.pk}, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_file_is_looked_at_confirmed_and_imported(
    group: Unit, mill: Unit, port: Unit, office: Client
) -> None:
    page = bring(office, group, [RIGHT, SAME, RENAMED]).content.decode()
    assert "Import 2 rows" in page
    for shown in ("N 江海面粉三厂", "P 江海港口有限公司", "门牌", "单位名称"):
        assert shown in page
    assert "<s>江海港务" in page
    assert "<b>江海港口有限公司</b>" in page
    assert not Unit.objects.filter(code="N").exists()
    upload = Upload.objects.get()
    done = office.post(place("carry_out", upload.pk), follow=True).content.decode()
    assert "2 rows were imported" in done
    assert Unit.objects.filter(code="N").exists()
    upload.refresh_from_db()
    assert (upload.rows, upload.created, upload.updated, upload.unchanged) == (3, 1, 1, 1)
    assert "单位表.xlsx" in office.get(place("index")).content.decode()


def test_only_the_right_rows_go_in_when_that_is_confirmed(
    group: Unit, mill: Unit, office: Client
) -> None:
    page = bring(office, group, [RIGHT, WRONG]).content.decode()
    assert "Import the 1 right row only" in page
    assert "There is no such unit." in page
    upload = Upload.objects.get()
    office.post(place("carry_out", upload.pk), {"partial": "1"})
    assert Unit.objects.filter(code="N").exists()
    assert not Unit.objects.filter(code="X").exists()
    page = office.get(place("upload", upload.pk)).content.decode()
    assert "Download the 1 rejected row" in page
    book = office.get(place("rejected", upload.pk)).content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["单位编码", "X"]


def test_nothing_goes_in_when_something_changed_since_the_preview(
    group: Unit, mill: Unit, office: Client
) -> None:
    bring(office, group, [RIGHT])
    upload = Upload.objects.get()
    bring(office, group, [("M", "G", "江海面粉有限公司", "子公司")])
    Unit.objects.filter(pk=mill.pk).update(code="OTHER")
    page = office.post(place("carry_out", upload.pk), follow=True).content.decode()
    assert "Nothing was imported" in page
    assert not Unit.objects.filter(code="N").exists()
    upload.refresh_from_db()
    assert upload.carried_out_at is None


def test_a_file_is_imported_once(group: Unit, mill: Unit, office: Client) -> None:
    bring(office, group, [RIGHT])
    upload = Upload.objects.get()
    office.post(place("carry_out", upload.pk))
    again = office.post(place("carry_out", upload.pk))
    assert again.status_code == HTTPStatus.CONFLICT
    assert Entry.objects.filter(act="units.import").count() == 1


def test_a_file_that_says_nothing_new_has_nothing_to_confirm(
    group: Unit, mill: Unit, office: Client
) -> None:
    page = bring(office, group, [SAME]).content.decode()
    assert "there is nothing to import" in page
    wrong = bring(office, group, [WRONG]).content.decode()
    assert "No row of this file can be taken" in wrong


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("表.xlsx", writing.workbook(HEAD[:2], [("N", "G")]), "compulsory column"),
        ("表.xlsx", b"PK\x03\x04 nonsense", "not what its name says"),
        ("表.exe", b"MZ", "Only a spreadsheet"),
        ("表.pdf", b"%PDF-1.7", "Only a spreadsheet"),
        ("表.csv", "单位编码,单位名称\n".encode("utf-16"), "not what its name says"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    group: Unit, office: Client, name: str, content: bytes, sentence: str
) -> None:
    told = {"file": SimpleUploadedFile(name, content), "unit": group.pk}
    page = office.post(place("bring", "units"), told).content.decode()
    assert sentence in page
    assert not Upload.objects.exists()


def test_a_file_of_another_sort_is_called_by_what_it_looks_like(
    group: Unit, mill: Unit, office: Client
) -> None:
    page = bring(office, group, [RIGHT], kind="sites").content.decode()
    assert "looks like a file of another sort: Units" in page
    assert not Upload.objects.exists()


def test_a_file_lies_sealed_and_is_swept_after_a_day(
    group: Unit, mill: Unit, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(office, group, [RIGHT])
    upload = Upload.objects.get()
    assert vault.holds(upload.fingerprint, INSTALLATION)
    monkeypatch.setattr(jobs, "ORPHAN", timedelta(days=-1))
    jobs.sweep()
    answer = office.get(place("upload", upload.pk))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "not kept any more" in answer.content.decode()


def test_a_template_has_the_columns_and_marks_the_compulsory_ones(
    group: Unit, office: Client
) -> None:
    book = office.get(place("template", "units")).content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["单位编码*", "上级编码", "单位名称*", "简称"]
    assert "单位编码*" in office.get(place("bring", "units")).content.decode()


def test_an_import_reaches_only_the_unit_for_which_it_was_brought(
    group: Unit, mill: Unit, port: Unit, office: Client
) -> None:
    page = bring(office, mill, [RIGHT, ("P1", "P", "港务二队", "分公司")]).content.decode()
    assert "There is no such unit." in page
    upload = Upload.objects.get()
    office.post(place("carry_out", upload.pk), {"partial": "1"})
    assert not Unit.objects.filter(code="P1").exists()


def test_a_stranger_brings_nothing_and_sees_nothing(
    group: Unit, mill: Unit, port: Unit, office: Client
) -> None:
    bring(office, mill, [RIGHT])
    upload = Upload.objects.get()
    local = browser(Role.ADMINISTRATOR, port)
    assert "单位表.xlsx" not in local.get(place("index")).content.decode()
    for name in ("upload", "rejected"):
        assert local.get(place(name, upload.pk)).status_code == HTTPStatus.NOT_FOUND
    assert local.post(place("carry_out", upload.pk)).status_code == HTTPStatus.NOT_FOUND
    clerk = browser(Role.CLERK, mill)
    for name in ("bring", "template"):
        assert clerk.get(place(name, "units")).status_code == HTTPStatus.NOT_FOUND
    assert clerk.get(place("upload", upload.pk)).status_code == HTTPStatus.NOT_FOUND
    duty = browser(Role.GATEKEEPER, mill)
    assert duty.get(place("index")).status_code == HTTPStatus.NOT_FOUND
    assert not Unit.objects.filter(code="N").exists()


def test_there_is_no_kind_of_that_name(group: Unit, office: Client) -> None:
    assert office.get(place("bring", "stars")).status_code == HTTPStatus.NOT_FOUND


def test_the_trail_names_the_kind_and_nothing_of_the_rows(
    group: Unit, mill: Unit, office: Client
) -> None:
    bring(office, group, [RIGHT])
    entry = Entry.objects.get(act="imports.bring")
    assert entry.arguments["kind"] == "units"
    upload = Upload.objects.get()
    office.post(place("carry_out", upload.pk))
    told = str(list(Entry.objects.values_list("arguments", flat=True)))
    assert "三厂" not in told
    with pytest.raises(Conflict):
        services.carry_out(
            orgs.signed_in(user_with(Role.ADMINISTRATOR, group, "second")),
            Upload.objects.get(),
            partial=False,
        )
