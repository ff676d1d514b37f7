from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from conftest import user_with
from lianfang.ground.orgs.models import Site, Unit
from lianfang.kernel.spreadsheets import writing

Browse = Callable[..., Client]
Sheet = Callable[[Sequence[str], Sequence[Sequence[object]]], Path]


@pytest.fixture
def browse(db: None) -> Browse:
    """A browser in which somebody with a post is signed in."""

    def sign_in(role: str, unit: Unit, site: Site | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        user = user_with(role, unit, f"browsing-{role}-{unit.code}".lower(), site)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What allauth does after the commit is done at once: a test never commits."""
    monkeypatch.setattr(transaction, "on_commit", lambda after: after())


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Write a workbook as a clerk would."""

    def write(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
        path = tmp_path / "表.xlsx"
        path.write_bytes(writing.workbook(headers, rows))
        return path

    return write
