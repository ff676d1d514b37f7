"""Which row of a sheet names the columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from lianfang.kernel.spreadsheets.cells import Cell, text_of, trimmed
from lianfang.kernel.spreadsheets.grids import Numbered
from lianfang.kernel.spreadsheets.tables import heading

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: where each column stands, what nobody asked for, and what is missing."""

    row: int
    places: Mapping[str, int]
    written: Sequence[str]
    ignored: Sequence[str]
    missing: Sequence[str]


def find(
    head: Sequence[Numbered], headings: Mapping[str, str], compulsory: Sequence[str]
) -> Header | None:
    """Return the first row with all compulsory columns, else the one that names most columns."""
    found = [_header(number, cells, headings, compulsory) for number, cells in head]
    found = [header for header in found if len(header.places) >= min(FEWEST, len(headings))]
    whole = [header for header in found if not header.missing]
    if whole:
        return whole[0]
    return max(found, key=lambda header: len(header.places), default=None)


def _header(
    number: int, cells: Sequence[Cell], headings: Mapping[str, str], compulsory: Sequence[str]
) -> Header:
    written = [trimmed(cell) if isinstance(cell, str) else text_of(cell) for cell in cells]
    bare = [heading(words) for words in written]
    places: dict[str, int] = {}
    for canonical in (True, False):
        for place, words in enumerate(bare):
            name = headings.get(words)
            if name and name not in places and (not canonical or words == heading(name)):
                places[name] = place
    places = dict(sorted(places.items(), key=itemgetter(1)))
    taken = set(places.values())
    ignored = [words for place, words in enumerate(written) if words and place not in taken]
    missing = [name for name in compulsory if name not in places]
    return Header(number, places, written, ignored, missing)
