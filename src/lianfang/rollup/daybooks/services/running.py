"""One workbook on its way in: in whose hands it is, and what becomes of its rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import pgettext

from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor, Grant, Subtree
from lianfang.kernel.identities import BadValue
from lianfang.kernel.refusals import Refused
from lianfang.rollup.daybooks.models import Daybook
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.filled import Row, Sheet
from lianfang.rollup.daybooks.rules.settling import Chosen, Met, SheetCount, Wrong
from lianfang.rollup.daybooks.rules.words import Name
from lianfang.rollup.daybooks.services.reading import Filled

#: What stands on a workbook: whoever may settle one takes all of it in, within its unit alone.
CARRIED = frozenset(
    {
        "people.enter",
        "people.read",
        "checkins.record",
        "checkins.read",
        "screening.read",
        "screening.rescreen",
        "stalls.import",
        "stalls.read",
        "sites.read",
        "units.read",
        "figures.read",
        "figures.type",
        "reports.read",
        "reports.write",
        "reports.sign",
        "signing.read",
        "response.read",
    }
)
VIA = "daybook"


#: Besides, where the report itself may be sent with it.
SENT = frozenset({"reports.submit"})
#: Who sends a cut-off unit's report with its workbook, under its principal's name: whoever sends it
#: on other days, and the office that it comes to; another one of the office accepts it.
SENDING = ("reports.submit", "reports.accept")


def hand(actor: Actor, book: Daybook, *, sends: bool = False) -> Actor:
    """Return whoever brings a workbook, with what it carries, within its own unit.

    Whoever settles it as a deputy does all of it in the stead of whose post that is.
    """
    given = _given(actor, book, CARRIED, "daybooks.settle")
    if sends:
        able = next((each for each in SENDING if actor.reaches(each)), SENDING[0])
        given = (*given, *_given(actor, book, SENT, able))
    return replace(actor, grants=(*actor.grants, *given), via=f"{VIA}:{book.pk}", once=None)


def _given(actor: Actor, book: Daybook, acts: frozenset[str], able: str) -> tuple[Grant, ...]:
    reach, steads = Subtree(book.unit.path), actor.in_stead(able) or (None,)
    return tuple(Grant(acts, reach, stead=stead) for stead in steads)


@dataclass(slots=True)
class Run:
    """What is known of a workbook while it is taken in."""

    actor: Actor
    hand: Actor
    book: Daybook
    told: Filled
    before: Mapping[str, Mapping[str, str]]
    entered: dict[str, str]
    choices: Mapping[str, Chosen]
    people: Mapping[str, UUID]
    names: frozenset[str]
    kept: dict[str, Mapping[str, str]] = field(default_factory=dict)
    met: list[Met] = field(default_factory=list)
    differs: list[tuple[str, str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _unchanged: dict[str, set[int]] = field(default_factory=dict)
    _taken: dict[str, set[int]] = field(default_factory=dict)

    @property
    def unit(self) -> Unit:
        """Return the unit that the workbook is about."""
        return self.book.unit

    def fresh(self, sheet: Sheet) -> Iterator[Row]:
        """Give the right rows that say something else than the return before; note the others."""
        for row in sheet.right:
            before = self.before.get(key(sheet, row))
            if before == row.said:
                self.same(sheet, row)
                continue
            if before is not None:
                was, now = changed(sheet, before, row.said)
                self.differs.append((f"{sheet.reading.sheet} {row.key}", was, now))
            yield row

    def take(self, sheet: Sheet, row: Row) -> None:
        """Note that a row was taken."""
        self._taken.setdefault(sheet.name.zh, set()).add(row.line.number)
        self.kept[key(sheet, row)] = row.said

    def same(self, sheet: Sheet, row: Row) -> None:
        """Note that all of a row was known already."""
        self._unchanged.setdefault(sheet.name.zh, set()).add(row.line.number)
        self.kept[key(sheet, row)] = row.said

    def chosen(self, about: str) -> Chosen:
        """Return which of two values counts; as long as nobody said so, the workbook's."""
        return self.choices.get(about, Chosen.BOOK)

    def count(self, what: str, number: int = 1) -> None:
        """Count what was brought, sort by sort."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    def sheets(self) -> list[SheetCount]:
        """Return what became of the rows, sheet by sheet, counted by rows and by what was done."""
        return [self._count(sheet) for sheet in self.told.sheets]

    def _count(self, sheet: Sheet) -> SheetCount:
        wrong = {problem.row for problem in sheet.problems}
        name = sheet.name.zh
        return SheetCount(
            sheet=sheet.reading.sheet,
            rows=sheet.reading.rows,
            taken=len(self._taken.get(name, set()) - wrong),
            unchanged=len(self._unchanged.get(name, set()) - wrong),
            rejected=len(wrong),
            blank=sheet.blank,
            ignored=tuple(c for c in sheet.reading.ignored_columns if c not in words.SHOWN_NAMES),
        )

    def wrongs(self) -> list[Wrong]:
        """Return all that is wrong, sheet by sheet."""
        return [Wrong(s.reading.sheet, p) for s in self.told.sheets for p in s.problems]


def key(sheet: Sheet, row: Row) -> str:
    """Return under what a row is found again in the next return of the same workbook."""
    return f"{sheet.name.en}:{row.key}"


def changed(sheet: Sheet, was: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, str]:
    """Return what a row said and says where it differs, masked; of a remark only that it does."""
    before, after = list[str](), list[str]()
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) == now.get(name):
            continue
        column, head = sheet.reading.table.column(name), sheet.reading.headers.get(name, name)
        if name == words.REMARK.zh:
            after.append(f"{head} {pgettext('remark', 'changed')}")
            continue
        for told, shown in ((was.get(name), before), (now.get(name), after)):
            if told is not None:
                shown.append(f"{head} {column.mask(told) if column.mask else told}")
    return "、".join(before), "、".join(after)


def refuse(sheet: Sheet, row: Row, refused: Refused, places: Mapping[str, Name]) -> None:
    """Say at its cell why the rules refused what a row says."""
    name = places.get(refused.field) or next(iter(places.values()))
    sheet.refuse(row.line, name, BadValue("refused", refused.sentence, **refused.values))
