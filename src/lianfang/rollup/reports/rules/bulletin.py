"""How the bulletin of a day is put together from the units' reports: never a silent partial sum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lianfang.ground.figures.rules import Figure, Kind, Number, Source, State, Value, total
from lianfang.ground.signing.rules import Hand
from lianfang.kernel import tree
from lianfang.rollup.reports.rules.states import ReportState

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What the bulletin knows of one unit: its report, or that it is missing."""

    code: str
    name: str
    sector: str
    state: ReportState
    version: int
    submitted_at: datetime | None
    late: bool
    values: Values
    previous: Values
    stale: bool = False
    owes: bool = True
    nested: bool = False
    new_issues: str = ""
    help_needed: str = ""

    @property
    def missing(self) -> bool:
        """Tell whether the unit's report has not come in, or was sent back and not sent again."""
        return self.owes and self.state in {ReportState.DRAFT, ReportState.RETURNED}

    @property
    def stands(self) -> bool:
        """Tell whether there is any number of it: a missing one may have none of yesterday."""
        return _told(self.values)

    @property
    def compared(self) -> bool:
        """Tell whether there is any number of its yesterday."""
        return _told(self.previous)


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much a unit moved a figure since yesterday."""

    code: str
    name: str
    by: Number


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the group: today, yesterday, which units moved it, and whose have none before."""

    figure: Figure
    today: Value
    yesterday: Value
    moved: Sequence[Moved] = ()
    fresh: Sequence[Moved] = ()

    @property
    def change(self) -> Number | None:
        """Return by how much the units moved it of which both days are known."""
        if self.today.value is None or self.yesterday.value is None:
            return None
        return sum((move.by for move in self.moved), 0)


@dataclass(frozen=True, slots=True)
class Erratum:
    """A figure of the group that a later version of a released bulletin corrects, numbered.

    Versions of before errata were numbered tell neither number nor reason.
    """

    code: str
    label: str
    was: Number | None
    now: Number | None
    number: int = 0
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The bulletin of a day as one value."""

    group: str
    group_name: str
    day: date
    number: int
    as_of: datetime
    units: Sequence[UnitReport]
    lines: Sequence[Line]
    remark: str = ""
    missing: Sequence[str] = field(default=())
    errata: Sequence[Erratum] = field(default=())
    signatures: Sequence[Hand] = field(default=())

    @property
    def marked(self) -> int:
        """Return how many missing units stand with yesterday's numbers."""
        return sum(1 for unit in self.units if unit.missing and unit.stands)

    @property
    def absent(self) -> int:
        """Return how many missing units have no numbers of yesterday either."""
        return sum(1 for unit in self.units if unit.missing and not unit.stands)

    def line(self, code: str) -> Line | None:
        """Return a figure of the group by its code."""
        return next((line for line in self.lines if line.figure.code == code), None)


def compose(
    figures: Iterable[Figure], units: Sequence[UnitReport]
) -> tuple[Sequence[Line], Sequence[str]]:
    """Add the units up; a missing unit stands with yesterday's values, marked, and is named.

    A unit under another one that reports is in that one's numbers already and is not added again.
    """
    adding = [unit for unit in units if not unit.nested]
    lines = [_line(figure, adding) for figure in figures]
    return lines, [unit.code for unit in units if unit.missing]


@dataclass(frozen=True, slots=True)
class Correction:
    """Why released figures are corrected: for each figure, or once for all, by whom and when."""

    reasons: Mapping[str, str]
    reason: str
    by: str
    at: datetime

    def of(self, code: str) -> str:
        """Return why a figure is corrected."""
        return self.reasons.get(code, "").strip() or self.reason.strip()


def errata(released: Content, fresh: Content) -> Sequence[Erratum]:
    """Return what a new version says otherwise than the released one, in the order of figures.

    Their numbers go on after those that the released version already carries.
    """
    before = {line.figure.code: line.today.value for line in released.lines}
    changed = [
        line
        for line in fresh.lines
        if line.figure.code in before and before[line.figure.code] != line.today.value
    ]
    first = max((each.number for each in released.errata), default=0) + 1
    return [
        Erratum(line.figure.code, line.figure.label, before[line.figure.code], line.today.value, n)
        for n, line in enumerate(changed, first)
    ]


def explained(found: Sequence[Erratum], told: Correction) -> Sequence[Erratum]:
    """Return corrections with why, who and when."""
    return [replace(each, reason=told.of(each.code), by=told.by, at=told.at) for each in found]


def carried(released: Content, found: Sequence[Erratum]) -> Sequence[Erratum]:
    """Return all corrections that a later version carries: those of before and the new ones."""
    return [*released.errata, *found]


def nested(path: str, paths: Iterable[str]) -> bool:
    """Tell whether a unit stands under another one of these."""
    return any(path != other and tree.within(path, other) for other in paths)


def _line(figure: Figure, units: Sequence[UnitReport]) -> Line:
    today = _total(figure, [unit.values.get(figure.code) for unit in units])
    yesterday = _total(figure, [unit.previous.get(figure.code) for unit in units])
    return Line(figure, today, yesterday, _moved(figure.code, units), _fresh(figure.code, units))


def _total(figure: Figure, values: Sequence[Value | None]) -> Value:
    if not figure.additive or figure.kind is Kind.TEXT:
        return Value(None, State.NOT_APPLICABLE, Source.DERIVED)
    missing = Value(None, State.UNKNOWN, Source.TYPED, missing=1)
    return total(value if value is not None else missing for value in values)


def _moved(code: str, units: Sequence[UnitReport]) -> Sequence[Moved]:
    """Return the units that moved a figure, the largest move first."""
    found: list[Moved] = []
    for unit in units:
        today, before = unit.values.get(code), unit.previous.get(code)
        if today is None or before is None or today.value is None or before.value is None:
            continue
        if today.value != before.value:
            found.append(Moved(unit.code, unit.name, today.value - before.value))
    return sorted(found, key=lambda move: (min(move.by, -move.by), move.code))


def _fresh(code: str, units: Sequence[UnitReport]) -> Sequence[Moved]:
    """Return the units that tell a figure today and did not yesterday, the largest first."""
    found: list[Moved] = []
    for unit in units:
        today, before = unit.values.get(code), unit.previous.get(code)
        if today is not None and today.value and (before is None or before.value is None):
            found.append(Moved(unit.code, unit.name, today.value))
    return sorted(found, key=lambda move: (-move.by, move.code))


def _told(values: Values) -> bool:
    return any(value.value is not None for value in values.values())
