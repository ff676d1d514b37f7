"""The process that opens a foreign file: little memory, little time, nothing else within reach.

It is told by one line of JSON what to read and answers with lines of JSON: the header, the rows,
and at the end how far they went. `sandbox` is its other end.
"""

import csv
import json
import os
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError

from lianfang.kernel.spreadsheets import archive, delimited, headers, workbook
from lianfang.kernel.spreadsheets.cells import Cell, Fault
from lianfang.kernel.spreadsheets.grids import Grid
from lianfang.kernel.spreadsheets.problems import COUNTED_DIFFERENTLY, FileRefused
from lianfang.kernel.spreadsheets.tables import columns_of

MEMORY = 512 * archive.MEGABYTE
SECONDS = 10
OUT_OF_MEMORY = 3
BROKEN = (
    CalamineError,
    EOFError,
    ExpatError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    csv.Error,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
Request = Mapping[str, Any]


def main() -> None:
    """Read the request, confine this process, and answer."""
    request = json.loads(sys.stdin.readline())
    _confine()
    _say({"ready": True})
    sys.stdout.flush()
    try:
        for line in answer(request):
            _say(line)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    sys.stdout.flush()


def answer(request: Request) -> Iterator[object]:
    """Answer a request line by line; a file that cannot be taken ends in its refusal."""
    try:
        yield from _answer(request)
    except FileRefused as refused:
        yield {"refused": [refused.code, refused.sentence, refused.values]}
    except BROKEN:
        yield {"refused": ["not_a_spreadsheet", "", {}]}


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: Request) -> Iterator[object]:
    named = request.get("named", ())
    grids = _grids(Path(request["path"]), request["name"], named)
    if "sheet" in request:
        return _rows_again(grids, request)
    return _table(grids, request)


def _grids(path: Path, name: str, named: Sequence[str] = ()) -> Iterator[Grid]:
    if archive.is_workbook(path):
        return workbook.grids(path, named)
    if named or not name.lower().endswith((".csv", ".txt")):
        raise FileRefused("not_a_spreadsheet")
    return delimited.grids(path, name.rpartition(".")[0])


def _table(grids: Iterator[Grid], request: Request) -> Iterator[object]:
    incomplete, anything, named = None, False, request.get("named", ())
    for grid in grids:
        header = headers.find(grid.head(), request["headings"], request["compulsory"])
        if header and not header.missing:
            return _told(grid, header)
        incomplete, anything = incomplete or header, anything or bool(grid.counts)
        named = ()
    if named:
        raise FileRefused("missing_sheet", sheet=named[0])
    if incomplete:
        raise FileRefused("missing_column", columns=columns_of(incomplete.missing))
    raise FileRefused("no_header" if anything else "empty")


def _told(grid: Grid, header: headers.Header) -> Iterator[object]:
    yield {
        "sheet": grid.name,
        "header_row": header.row,
        "columns": {name: header.written[place] for name, place in header.places.items()},
        "ignored": header.ignored,
        **({"merged": list(grid.merged)} if grid.merged else {}),
    }
    places = list(header.places.values())
    last = sent = 0
    for number, cells, faults in _filled(grid, header.row):
        if len(cells) > cells.count(None) or any(place in faults for place in places):
            last, sent = number, sent + 1
            yield [number, *_sent(cells, faults, places)]
    if not sent:
        raise FileRefused("empty")
    yield {"last": last, "sent": sent}


def _filled(grid: Grid, after: int) -> Iterator[tuple[int, Sequence[Cell], Mapping[int, str]]]:
    """Go through the rows and count the values on the way; both counts must agree."""
    counts: dict[int, int] = {}
    nothing: Mapping[int, str] = {}
    number = 0
    for number, cells in grid.rows():
        if held := len(cells) - cells.count(None):
            counts[number] = held
        faults = grid.faults.get(number, nothing)
        if number > after and (held or faults):
            yield number, cells, faults
    below = sorted(row for row in grid.faults if row > max(number, after))
    yield from ((row, (), grid.faults[row]) for row in below)
    if counts != grid.counts:
        first, second = sum(counts.values()), sum(grid.counts.values())
        raise FileRefused("not_a_spreadsheet", COUNTED_DIFFERENTLY, first=first, second=second)


def _rows_again(grids: Iterator[Grid], request: Request) -> Iterator[object]:
    """Send the header and some rows once more, all cells of them as they are."""
    wanted = {request["header_row"], *request["only"]}
    grid = next(grid for grid in grids if grid.name == request["sheet"])
    for number, cells in grid.rows():
        if number in wanted:
            faults = grid.faults.get(number, {})
            yield [number, *_sent(cells, faults, range(len(cells)))]
    yield {"last": max(wanted), "sent": len(wanted)}


def _sent(
    cells: Sequence[Cell], faults: Mapping[int, str], places: Sequence[int]
) -> Sequence[Cell]:
    width = len(cells)
    sent = [cells[place] if place < width else None for place in places]
    if faults:
        pairs = zip(sent, places, strict=True)
        return [Fault(faults[place]) if place in faults else cell for cell, place in pairs]
    return sent


def _as_json(cell: object) -> Mapping[str, str]:
    if isinstance(cell, Fault):
        return {"fault": cell.code}
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    raise TypeError(cell)


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, separators=(",", ":"), default=_as_json) + "\n")


if __name__ == "__main__":
    main()
