"""Which files are kept, and under which name: what a file is, is told by its content."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from types import MappingProxyType

from lianfang.kernel.refusals import BadInput, Refused
from lianfang.kernel.spreadsheets.archive import LARGEST_UNPACKED, MOST_ENTRIES, STEEPEST
from lianfang.kernel.texts import msgid

NAME_LENGTH = 120
NAMELESS = "file"
MEGABYTE = 1 << 20
SYMLINK, MODE_SHIFT = 0o120000, 16
TYPE_BITS = 0o170000
ENCRYPTED_ENTRY = 1
STEEP_FROM = MEGABYTE
MACROS = ("vbaproject.bin", "xl/macrosheets/")
EXTERNAL = "xl/externallinks/"
ARCHIVES = (".zip", ".rar", ".7z", ".jar", ".tar", ".gz", ".exe", ".dll", ".js", ".vbs")
CONTENT_TYPES = "[Content_Types].xml"

NOT_KEPT = msgid(
    "Files of this kind are not kept; send a photo (JPEG, PNG), PDF, Word (docx), Excel or CSV."
)
HEIC = msgid(
    "Photos in the HEIC format are not kept; send %(name)s as JPEG"
    " (in the camera settings: most compatible)."
)
NOT_WHAT_IT_SAYS = msgid("%(name)s is not what its name says; save it once more and send that.")
TOO_LARGE = msgid("The file has more than %(most)s MB; send a smaller one or send it in parts.")
EMPTY = msgid("The file is empty.")
ENCRYPTED = msgid("%(name)s is protected by a password; remove the password and send it again.")
MACROS_IN = msgid("%(name)s holds macros or links to other files; save it without them.")
BLOWN_UP = msgid("%(name)s unpacks to more than is taken; send a smaller file.")
GONE = msgid("The content of this file is not there any more.")
NOT_STORED = msgid("The file cannot be stored at this moment and was not; try again later.")

HEIC_MARKS = {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftyphevc"}
PHOTO = "image/jpeg"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class NotStored(Refused):
    """There is no room for the file now, or its place cannot be written."""

    status = 503


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    media_type: str


def clean_name(told: str) -> str:
    """Return the name under which a file is offered again; on the disk it has another one."""
    name = told.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFC", name)
    name = "".join(part for part in plain if unicodedata.category(part)[0] != "C")
    name = name.strip(" .") or NAMELESS
    end = PurePosixPath(name).suffix[:10]
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - len(end)] + end


def checked(told: str, content: bytes, most: int) -> Checked:
    """Return what a file is, or say why it is not kept; `most` is in megabytes."""
    name = clean_name(told)
    if not content:
        raise BadInput(EMPTY, field="file")
    if len(content) > most * MEGABYTE:
        raise BadInput(TOO_LARGE, field="file", most=most)
    ending = PurePosixPath(name).suffix.lower()
    if ending in {".heic", ".heif"} or content[4:12] in HEIC_MARKS:
        raise BadInput(HEIC, field="file", name=name)
    kind = KINDS.get(ending)
    if kind is None:
        raise BadInput(NOT_KEPT, field="file")
    media_type, is_one = kind
    if not is_one(name, content):
        raise BadInput(NOT_WHAT_IT_SAYS, field="file", name=name)
    return Checked(name, media_type)


def _pdf(_name: str, content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def _jpeg(_name: str, content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _png(_name: str, content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def _webp(_name: str, content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _csv(_name: str, content: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return not CONTROLS.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


def _docx(name: str, content: bytes) -> bool:
    return _office(name, content, "word/document.xml")


def _xlsx(name: str, content: bytes) -> bool:
    return _office(name, content, "xl/workbook.xml")


def _office(name: str, content: bytes, part: str) -> bool:
    """Look at the directory of an Office file without unpacking it."""
    if content.startswith(b"\xd0\xcf\x11\xe0") and _utf16("EncryptedPackage") in content:
        raise BadInput(ENCRYPTED, field="file", name=name)
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if any(entry.flag_bits & ENCRYPTED_ENTRY for entry in entries):
        raise BadInput(ENCRYPTED, field="file", name=name)
    _small(name, entries)
    _quiet(name, [entry.filename.lower() for entry in entries])
    names = {entry.filename for entry in entries}
    return {CONTENT_TYPES, part} <= names and not any(_strays(entry) for entry in entries)


def _small(name: str, entries: list[zipfile.ZipInfo]) -> None:
    steep = any(
        entry.file_size > STEEP_FROM and entry.file_size > STEEPEST * max(entry.compress_size, 1)
        for entry in entries
    )
    unpacked = sum(entry.file_size for entry in entries)
    if steep or len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED:
        raise BadInput(BLOWN_UP, field="file", name=name)


def _quiet(name: str, parts: list[str]) -> None:
    loud = any(macro in part for part in parts for macro in MACROS)
    if loud or any(part.startswith(EXTERNAL) or part.endswith(ARCHIVES) for part in parts):
        raise BadInput(MACROS_IN, field="file", name=name)


def _strays(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry would land outside the folder that it is unpacked to."""
    steps = entry.filename.replace("\\", "/").split("/")
    link = (entry.external_attr >> MODE_SHIFT) & TYPE_BITS == SYMLINK
    return link or ".." in steps or steps[0] == "" or ":" in steps[0]


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, tuple[str, Callable[[str, bytes], bool]]] = MappingProxyType(
    {
        ".pdf": ("application/pdf", _pdf),
        ".docx": (f"{_OFFICE}.wordprocessingml.document", _docx),
        ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
        ".csv": ("text/csv", _csv),
        ".jpg": (PHOTO, _jpeg),
        ".jpeg": (PHOTO, _jpeg),
        ".png": ("image/png", _png),
        ".webp": ("image/webp", _webp),
    }
)
