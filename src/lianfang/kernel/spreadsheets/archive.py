"""The directory of a workbook's zip file, looked at before anything of it is unpacked."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from lianfang.kernel.spreadsheets.problems import FileRefused

MEGABYTE = 1 << 20
LARGEST_FILE = LARGEST_UNPACKED = 100 * MEGABYTE
MOST_ENTRIES = 2_000
STEEPEST = 100
STEEP_FROM = MEGABYTE
ENCRYPTED_ENTRY = 1

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = "xl/workbook.xml"
MACROS = ("vbaproject.bin", "xl/macrosheets/")
EXTERNAL = "xl/externallinks/"
DOCUMENT_END = b"PK\x05\x06"
LONGEST_END = 65_557


def is_workbook(path: Path) -> bool:
    """Tell a workbook from a text; an old, encrypted or overlarge file is refused at once."""
    if path.stat().st_size > LARGEST_FILE:
        raise FileRefused("too_large")
    with path.open("rb") as file:
        start = file.read(len(OLE))
        if start == OLE:
            locked = ENCRYPTED_OLE in start + file.read()
            raise FileRefused("encrypted" if locked else "not_a_spreadsheet")
    return start.startswith(ZIP)


def opened(path: Path) -> zipfile.ZipFile:
    """Open a workbook whose directory promises no harm."""
    if _announced(path) > MOST_ENTRIES:
        raise FileRefused("too_large")
    archive = zipfile.ZipFile(path)
    entries = archive.infolist()
    _well_formed(entries)
    _small(entries)
    _quiet([entry.filename.lower() for entry in entries])
    return archive


def _announced(path: Path) -> int:
    """Return how many entries the end of the file announces, before a list is made of them."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, LONGEST_END), 2)
        end = file.read()
    at = end.rfind(DOCUMENT_END)
    return int.from_bytes(end[at + 10 : at + 12], "little") if at >= 0 else 0


def _well_formed(entries: Sequence[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & ENCRYPTED_ENTRY for entry in entries):
        raise FileRefused("encrypted")
    strange = any(name.startswith("/") or ".." in name.split("/") for name in names)
    if WORKBOOK not in names or len({name.lower() for name in names}) < len(names) or strange:
        raise FileRefused("not_a_spreadsheet")


def _small(entries: Sequence[zipfile.ZipInfo]) -> None:
    steep = any(
        entry.file_size > STEEP_FROM and entry.file_size > STEEPEST * max(entry.compress_size, 1)
        for entry in entries
    )
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or steep:
        raise FileRefused("too_large")


def _quiet(names: Sequence[str]) -> None:
    if any(macro in name for name in names for macro in MACROS):
        raise FileRefused("macros")
    if any(name.startswith(EXTERNAL) for name in names):
        raise FileRefused("external_links")
