import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from pytest_django import Settings

from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.doors.sealing import keyring
from lianfang.ground.files import intake, jobs, queries, vault
from lianfang.ground.files.models import StoredFile
from lianfang.ground.files.rules import NotStored
from lianfang.ground.files.services import keep, read
from lianfang.ground.files.tests.conftest import PDF
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.kernel.sealed import KeyMissing

CAPTURE = Callable[..., object]


def contents(shelf: Path) -> list[Path]:
    return [file for file in shelf.rglob("*") if file.is_file() and file.name != ".swept"]


def aged(file: Path, days: float) -> None:
    then = (clock.machine() - timedelta(days=days)).timestamp()
    os.utime(file, (then, then))


def test_a_file_lies_sealed_under_a_name_that_tells_nothing(
    mill: Unit, clerk: Actor, shelf: Path
) -> None:
    made = keep(clerk, mill, intake.take("../解除告知单.pdf", PDF))
    (stored,) = contents(shelf)
    assert stored.name == made.fingerprint
    assert PDF not in stored.read_bytes()
    assert b"release" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    assert (made.name, made.size, made.by) == ("解除告知单.pdf", len(PDF), clerk.who)
    assert read(clerk, made).content == PDF


def test_who_kept_and_who_opened_a_file_stands_in_the_trail_and_its_name_does_not(
    mill: Unit, clerk: Actor, principal: Actor
) -> None:
    person = ids.new()
    made = keep(clerk, mill, intake.take("张三的告知单.pdf", PDF), person)
    read(principal, queries.file(principal, made.pk))
    looked = Entry.objects.get(act="files.read")
    assert looked.who == principal.who
    subjects = Subject.objects.filter(entry=looked).values_list("subject", flat=True)
    assert set(subjects) == {made.pk, person}
    assert "张三" not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_the_same_content_lies_on_the_disk_once(mill: Unit, clerk: Actor, shelf: Path) -> None:
    first = keep(clerk, mill, intake.take("a.pdf", PDF))
    second = keep(clerk, mill, intake.take("b.pdf", PDF))
    assert first.fingerprint == second.fingerprint
    assert first.pk != second.pk
    assert len(contents(shelf)) == 1


def test_what_is_not_yours_is_not_there(
    mill: Unit, clerk: Actor, stranger: Actor, client: Client
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    with pytest.raises(NotAllowed):
        read(stranger, made)
    client.force_login(User.objects.get(pk=stranger.id))
    assert client.get(f"/files/{made.pk}").status_code == 404
    assert client.get(f"/files/{ids.new()}").status_code == 404


def test_who_kept_a_file_opens_it_whatever_his_post(
    mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    assert queries.files(overseer).get() == made
    assert queries.files(clerk).get() == made


def test_a_file_comes_as_something_to_save(mill: Unit, clerk: Actor, client: Client) -> None:
    made = keep(clerk, mill, intake.take('告知单".pdf', PDF))
    client.force_login(User.objects.get(pk=clerk.id))
    response = client.get(f"/files/{made.pk}")
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "application/pdf"


def test_a_file_that_was_kept_can_be_neither_changed_nor_deleted(mill: Unit, clerk: Actor) -> None:
    keep(clerk, mill, intake.take("a.pdf", PDF))
    for change in (
        lambda: StoredFile.objects.update(name="b.pdf"),
        lambda: StoredFile.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_content_changed_on_the_disk_is_not_handed_out(
    mill: Unit, clerk: Actor, shelf: Path
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    (stored,) = contents(shelf)
    for forged in (stored.read_bytes()[:-1] + b"x", b"", b"\x01abcd"):
        stored.write_bytes(forged)
        with pytest.raises(Conflict):
            read(clerk, made)


def test_a_content_is_not_there_any_more_without_its_file_or_key(
    mill: Unit, clerk: Actor, shelf: Path
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    contents(shelf)[0].unlink()
    with pytest.raises(Conflict):
        read(clerk, made)
    assert Entry.objects.filter(act="files.read", refused="Conflict").exists()


def test_a_key_of_a_response_opens_its_files_until_it_is_destroyed(shelf: Path) -> None:
    name = vault.put(PDF, "response-x")
    assert vault.get(name, "response-x") == PDF
    assert name != vault.put(PDF, "installation")
    keyring().destroy("response-x")
    with pytest.raises(KeyMissing):
        vault.get(name, "response-x")


def test_an_upload_that_is_too_large_is_not_even_read(settings: Settings) -> None:
    settings.FILE_MEGABYTES = 1
    with pytest.raises(BadInput):
        intake.receive(SimpleUploadedFile("a.pdf", PDF + b"x" * (1 << 20)))
    assert intake.receive(SimpleUploadedFile("a.pdf", PDF)).size == len(PDF)


def test_a_place_that_cannot_be_written_is_a_refusal_that_leaves_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "a file, not a folder"
    settings.FILES.write_text("")
    with pytest.raises(NotStored):
        intake.take("a.pdf", PDF)


def test_what_no_act_kept_is_swept_after_a_day_and_nothing_else(
    mill: Unit, clerk: Actor, shelf: Path
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    with pytest.raises(NotAllowed):
        keep(Actor(clerk.kind), mill, intake.take("b.pdf", PDF + b"b"))
    fresh = intake.take("c.pdf", PDF + b"c")
    half = shelf / "installation" / made.fingerprint[:2] / f"dead{vault.PART}"
    half.write_bytes(b"half")
    for file in contents(shelf):
        aged(file, 0 if file.name == fresh.fingerprint else 2)
    assert jobs.sweep() == 2
    assert {file.name for file in contents(shelf)} == {made.fingerprint, fresh.fingerprint}
    assert read(clerk, made).content == PDF


def test_a_content_left_aside_by_a_sweeper_that_died_is_put_back(
    mill: Unit, clerk: Actor, shelf: Path
) -> None:
    made = keep(clerk, mill, intake.take("a.pdf", PDF))
    (stored,) = contents(shelf)
    aged(stored, 2)
    vault.set_aside([stored])
    assert jobs.sweep() == 0
    assert read(clerk, made).content == PDF


def test_a_content_swept_between_the_writing_and_the_act_is_written_again(
    mill: Unit, clerk: Actor, shelf: Path, django_capture_on_commit_callbacks: CAPTURE
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        keep(clerk, mill, intake.take("a.pdf", PDF))
    assert len(contents(shelf)) == 1
    received = intake.take("a.pdf", PDF)
    contents(shelf)[0].unlink()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        made = keep(clerk, mill, received)
    assert read(clerk, made).content == PDF


def test_sweeping_happens_a_few_times_a_day(db: None, shelf: Path) -> None:
    intake.take("a.pdf", PDF)
    aged(contents(shelf)[0], 2)
    assert jobs.sweep_if_due() == 1
    intake.take("a.pdf", PDF)
    aged(contents(shelf)[0], 2)
    assert jobs.sweep_if_due() == 0
    aged(shelf / ".swept", 1)
    assert jobs.sweep_if_due() == 1
