"""A CSV file as one sheet, in UTF-8 or GB 18030 and in nothing else."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from lianfang.kernel.spreadsheets.cells import trimmed, unguarded
from lianfang.kernel.spreadsheets.grids import Grid, Numbered
from lianfang.kernel.spreadsheets.problems import FileRefused

ENCODINGS = ("utf-8-sig", "gb18030")
QUOTED = re.compile(r'"((?:[^"]|"")*)"')
FIELD = re.compile(r'("(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*)(,|\r\n|\r|\n|\Z)')


def grids(path: Path, title: str) -> Iterator[Grid]:
    """Open the one sheet, which Excel calls by the file's name."""
    text = _decoded(path.read_bytes())
    yield Grid(title, partial(_rows, text), _counts(text))


def _decoded(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused("bad_encoding")


def _rows(text: str) -> Iterator[Numbered]:
    for number, fields in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        yield number, [_cell(field) for field in fields]


def _cell(field: str) -> str | None:
    text = unguarded(field)
    return text if trimmed(text) else None


def _counts(text: str) -> Mapping[int, int]:
    """Count the fields with a value in each record by a grammar of our own."""
    counts: dict[int, int] = {}
    number = 1
    for found in FIELD.finditer(text):
        field, end = found.groups()
        if _cell(_unquoted(field)):
            counts[number] = counts.get(number, 0) + 1
        number += end != ","
    return counts


def _unquoted(field: str) -> str:
    if not (quoted := QUOTED.match(field)):
        return field
    return quoted[1].replace('""', '"') + field[quoted.end() :]
