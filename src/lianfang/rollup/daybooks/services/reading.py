"""Opening the sheets of a returned workbook, each by its own table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.utils.timezone import get_default_timezone

from lianfang.ground.doors.sealing import key_of
from lianfang.ground.files import vault
from lianfang.ground.imports.safe import GONE, laid_out
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.sealed import KeyMissing, Tampered
from lianfang.kernel.spreadsheets.reading import Reading, read
from lianfang.kernel.spreadsheets.tables import Table
from lianfang.people.checkins.rules import Policy
from lianfang.rollup.daybooks.models import BookReturn, Daybook
from lianfang.rollup.daybooks.rules import filled, tables, words
from lianfang.rollup.daybooks.rules.clocks import instant
from lianfang.rollup.daybooks.rules.filled import News, Sheet, Signed
from lianfang.rollup.daybooks.rules.words import Name


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook as it was filled in, sheet by sheet."""

    people: Sheet
    stalls: Sheet | None
    numbers: Sheet
    news: Sheet
    names: Sheet
    written: News
    signed: Mapping[str, Signed]
    filled_by: str
    filled_at: datetime | None

    @property
    def sheets(self) -> list[Sheet]:
        """Return the sheets in their order."""
        found = (self.people, self.stalls, self.numbers, self.news, self.names)
        return [sheet for sheet in found if sheet is not None]


@dataclass(frozen=True, slots=True)
class Known:
    """What of the house a workbook is read against."""

    policy: Policy
    names: Mapping[str, str]
    typable: list[str]
    starts: time


def opened(back: BookReturn, known: Known) -> Filled:
    """Read a workbook that waits to be settled."""
    try:
        content = vault.get(back.fingerprint, key_of(back))
    except (FileNotFoundError, KeyMissing, Tampered) as gone:
        raise Conflict(GONE) from gone
    with laid_out(content, ".xlsx") as path:
        return _read(path, back, known)


def _read(path: Path, back: BookReturn, known: Known) -> Filled:
    book, policy = back.book, known.policy

    def sheet(name: Name, table: Table) -> Reading:
        return read(path, table, book.day, name=back.name, named=name.both)

    names = filled.names(sheet(words.NAMES, tables.NAMES))
    signed = filled.signed_of(names)
    filler = signed.get("filler", Signed("", None))
    people = filled.people(sheet(words.PEOPLE, tables.people(policy)), known.names, filler.at)
    numbers = filled.numbers(sheet(words.NUMBERS, tables.NUMBERS), known.typable)
    news = filled.news(sheet(words.NEWS, tables.NEWS))
    return Filled(
        people=people,
        stalls=filled.stalls(sheet(words.STALLS, tables.STALLS)) if book.has_market else None,
        numbers=numbers,
        news=news,
        names=names,
        written=filled.news_of(news),
        signed=signed,
        filled_by=filler.name,
        filled_at=at(book, filler.at, known.starts),
    )


def at(book: Daybook, told: time | None, starts: time) -> datetime | None:
    """Return the instant of a time of day on the workbook's day."""
    return instant(book.day, told, get_default_timezone(), starts) if told is not None else None
