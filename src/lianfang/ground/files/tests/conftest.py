"""A place for files of each test's own, and papers to keep."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

PDF = b"%PDF-1.7\nA notice of release.\n%%EOF\n"


def office(part: str, **more: bytes) -> bytes:
    """Build the least that an Office file needs, and whatever else it shall hold."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", part):
            archive.writestr(name, "<x/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    """The folder in which contents lie."""
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"
