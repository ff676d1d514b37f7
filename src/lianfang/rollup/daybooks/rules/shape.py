"""What a file is that is no workbook: each sort of wrong file has a sentence of its own."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from lianfang.kernel.spreadsheets.archive import ENCRYPTED_OLE, OLE, WORKBOOK, ZIP
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.texts import msgid

OLD_KIND = msgid(
    "This is an old Excel or WPS file (.xls, .et); open it and save it as .xlsx, then bring that."
)
IS_TEXT = msgid(
    "This is a text (CSV) with another name; bring the workbook (.xlsx) that was given out."
)
DAMAGED = msgid("The file is damaged or came only in part; have it sent once more.")
EMPTY = msgid("The file is empty; have it sent once more.")
NO_BOOK = msgid("This is no workbook (.xlsx); bring the one that was given out.")
#: How much of a file is looked at to tell a text.
A_PIECE = 4096


def look(content: bytes) -> None:
    """Refuse what is no workbook by its first bytes; what looks like one is opened elsewhere."""
    for is_one, code, sentence in SORTS:
        if is_one(content):
            raise FileRefused(code, sentence)


def _is_encrypted(content: bytes) -> bool:
    return content.startswith(OLE) and ENCRYPTED_OLE in content


def _is_text(content: bytes) -> bool:
    piece = content[:A_PIECE]
    if b"\x00" in piece or piece.startswith(b"PK"):
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _parts(content: bytes) -> list[str] | None:
    """Return the names in the zip's directory, which stands at its end; None where it is gone."""
    try:
        return zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


SORTS: tuple[tuple[Callable[[bytes], bool], str, str], ...] = (
    (lambda content: not content, "empty", EMPTY),
    (_is_encrypted, "encrypted", ""),
    (lambda content: content.startswith(OLE), "old_kind", OLD_KIND),
    (_is_text, "is_text", IS_TEXT),
    (lambda content: not content.startswith(ZIP), "not_a_spreadsheet", NO_BOOK),
    (lambda content: _parts(content) is None, "damaged", DAMAGED),
    (lambda content: WORKBOOK not in (_parts(content) or ()), "not_a_spreadsheet", NO_BOOK),
)
