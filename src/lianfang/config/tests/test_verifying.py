from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

WECHAT, WECOM = "MP_verify_AbCdEf0123456789.txt", "WW_verify_zYxWvU9876543210.txt"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    (tmp_path / "verify").mkdir()
    return tmp_path / "verify"


@pytest.mark.parametrize("name", [WECHAT, WECOM])
def test_a_verification_file_is_given_as_it_was_laid_there(
    db: None, folder: Path, name: str
) -> None:
    assert Client().get(f"/{name}").status_code == 404
    (folder / name).write_text("AbCdEf0123456789", encoding="utf-8")
    answer = Client().get(f"/{name}")
    assert (answer.status_code, answer.content) == (200, b"AbCdEf0123456789")
    assert answer["Content-Type"] == "text/plain"


@pytest.mark.parametrize("name", ["notes.txt", "MP_verify_.txt", "MP_verify_../keys/x.txt"])
def test_nothing_else_is_given_from_there(db: None, folder: Path, name: str) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / WECHAT).symlink_to("/etc/hostname")
    assert Client().get(f"/{name}").status_code in {302, 404}
    assert Client().get(f"/{WECHAT}").status_code == 404
