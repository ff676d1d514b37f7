"""The visible sheets of a workbook (.xlsx)."""

import posixpath
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lianfang.kernel.spreadsheets import archive, marks
from lianfang.kernel.spreadsheets.cells import Cell, trimmed
from lianfang.kernel.spreadsheets.grids import Grid, Numbered
from lianfang.kernel.spreadsheets.problems import FileRefused

RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"


def grids(path: Path, named: Collection[str] = ()) -> Iterator[Grid]:
    """Open one visible sheet after the other; where some are named, those and hidden ones too."""
    with archive.opened(path) as parts, CalamineWorkbook.from_path(str(path)) as book:
        blank = _blank_strings(parts)
        places = _places(parts)
        for sheet in book.sheets_metadata:
            seen = sheet.name in named if named else sheet.visible is SheetVisibleEnum.Visible
            if sheet.typ is SheetTypeEnum.WorkSheet and seen:
                with parts.open(places[sheet.name]) as part:
                    found = marks.marks(part, blank)
                counts = dict(zip(found.rows, found.counts, strict=True))
                rows = partial(_rows, book.get_sheet_by_name(sheet.name))
                yield Grid(sheet.name, rows, counts, found.faults, found.merged)


def _blank_strings(parts: zipfile.ZipFile) -> Collection[int]:
    if STRINGS not in parts.namelist():
        return ()
    with parts.open(STRINGS) as part:
        return marks.blank_strings(part)


def _places(parts: zipfile.ZipFile) -> Mapping[str, str]:
    """Return in which part of the file each sheet stands."""
    with parts.open(RELATIONS) as part:
        targets = {
            relation["Id"]: posixpath.normpath(posixpath.join("/xl", relation["Target"]))
            for relation in marks.elements(part, "Relationship")
        }
    with parts.open(archive.WORKBOOK) as part:
        sheets = marks.elements(part, "sheet")
    names = [sheet["name"] for sheet in sheets]
    if len(set(names)) < len(names):
        raise FileRefused("not_a_spreadsheet")
    return {sheet["name"]: targets[_relation(sheet)].lstrip("/") for sheet in sheets}


def _relation(sheet: Mapping[str, str]) -> str:
    return next(value for key, value in sheet.items() if key.rpartition(":")[2] == "id")


def _rows(sheet: CalamineSheet) -> Iterator[Numbered]:
    left: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, left + [_cell(cell) for cell in cells]


def _cell(cell: object) -> Cell:
    if isinstance(cell, str):
        return cell if trimmed(cell) else None
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    return cell if isinstance(cell, bool | int | date) else str(cell)
