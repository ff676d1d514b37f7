"""What stands behind a number of the board: companies, people, and how it came from yesterday."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from lianfang.ground.figures.registry import FIGURES, Row
from lianfang.ground.figures.rules import Number, Override, State
from lianfang.ground.orgs.models import Unit
from lianfang.ground.web.words import counted
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.board.queries.behind import Behind, TypedLine, behind
from lianfang.rollup.board.queries.cells import address
from lianfang.rollup.board.queries.faces import Face, faces
from lianfang.rollup.board.queries.numbers import Numbers, numbers
from lianfang.rollup.board.queries.page import refuse_stranger
from lianfang.rollup.board.queries.scope import NO_NUMBER, NOTHING, Scope, scope_of
from lianfang.rollup.board.queries.stamp import stamp
from lianfang.rollup.board.rules.bridge import Bridge, bridge, told
from lianfang.rollup.board.rules.columns import COVER, STOCK, USED
from lianfang.rollup.board.rules.heat import cover, written
from lianfang.rollup.reports.queries.frozen import frozen_values

NAMED = 100
ISOLATED: tuple[str, ...] = ("home_isolation", "central_isolation")
MOVED = ("isolation_new", "isolation_released")
COVER_LABEL = msgid("Days of cover of masks")
COVER_MEANS = msgid("Masks in stock, divided by the masks used on the day.")
DAYS = msgid("days")


@dataclass(frozen=True, slots=True)
class Company:
    """A company with its share of a number of the whole."""

    name: str
    value: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A number that was opened, as its page prints it; `label` and the like are msgids."""

    day: date
    as_of: datetime
    unit: Unit | None
    house: bool
    label: str
    definition: str
    measure: str
    text: str
    yesterday: str
    typed: Sequence[TypedLine]
    companies: Sequence[Company]
    unknown: Sequence[str]
    all_url: str
    report_url: str
    yesterday_missing: int = 0
    was: Number | None = None
    override: Override | None = None
    sent: Number | None = None
    bridge: Bridge | None = None
    faces: Sequence[Face] = ()
    rows: Sequence[Row] = ()
    more: int = 0
    hidden: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing behind the number at all."""
        behind = (self.companies, self.unknown, self.faces, self.rows, self.typed)
        return not (self.hidden or any(behind))


def drill(actor: Actor, code: str, unit: str, day: date, *, named: bool) -> Drill:
    """Open a number of the board; people are named to who may read people, unless on a wall."""
    refuse_stranger(actor)
    found = numbers(actor, day, stamp())
    known = STOCK if code == COVER else code
    if known not in FIGURES or known not in found.today.total:
        raise NotAllowed(NO_NUMBER)
    scope = replace(scope_of(actor, found, unit), wall=not named)
    return _cover(actor, found, scope) if code == COVER else _figure(actor, found, scope, code)


def _figure(actor: Actor, found: Numbers, scope: Scope, code: str) -> Drill:
    figure, value = FIGURES[code], scope.today.get(code, NOTHING)
    rows = behind(actor, figure, scope.places, found.day, found.as_of, NAMED)
    sees = not scope.wall and bool(actor.reaches("people.read"))
    open_here = scope.unit is not None or scope.house or rows.count <= NAMED
    shown = rows.people[:NAMED] if sees and open_here else ()
    before = scope.yesterday.get(code, NOTHING)
    earlier = rows.before if before.value is not None else rows.people
    return Drill(
        day=found.day,
        as_of=found.as_of,
        unit=scope.unit,
        house=scope.house,
        label=figure.label,
        definition=figure.definition,
        measure=figure.unit_of_measure,
        text=counted(value.value),
        yesterday=counted(before.value),
        yesterday_missing=before.missing,
        typed=rows.typed if scope.unit or scope.house else (),
        companies=_companies(found, scope, code),
        unknown=_unknown(found, scope, code),
        all_url=address(found.day, code, wall=scope.wall),
        report_url=_report(found, scope),
        was=value.derived if value.override else None,
        override=value.override,
        sent=_sent(actor, found, scope, code),
        bridge=_bridge(code, scope, rows),
        faces=faces(actor, shown, frozenset(rows.people) - frozenset(earlier)),
        rows=rows.rows,
        more=max(rows.count - len(shown or rows.rows), 0),
        hidden=rows.of_people and not sees and bool(value.value),
    )


def _cover(actor: Actor, found: Numbers, scope: Scope) -> Drill:
    """Open the days of cover: the stock and the use of each company, from the shortest on."""
    lines = [
        replace(line, what=FIGURES[code].label)
        for code in (STOCK, USED)
        for line in behind(actor, FIGURES[code], scope.places, found.day, found.as_of, 0).typed
    ]
    return Drill(
        day=found.day,
        as_of=found.as_of,
        unit=scope.unit,
        house=scope.house,
        label=COVER_LABEL,
        definition=COVER_MEANS,
        measure=DAYS,
        text=_days(scope.today.get(STOCK, NOTHING).value, scope.today.get(USED, NOTHING).value),
        yesterday=_days(
            scope.yesterday.get(STOCK, NOTHING).value, scope.yesterday.get(USED, NOTHING).value
        ),
        typed=lines if scope.unit or scope.house else (),
        companies=_covers(found, scope),
        unknown=_unknown(found, scope, STOCK, USED),
        all_url=address(found.day, COVER, wall=scope.wall),
        report_url=_report(found, scope),
    )


def _days(stock: Number | None, used: Number | None) -> str:
    days = cover(stock, used)
    return "" if days is None else str(days)


def _report(found: Numbers, scope: Scope) -> str:
    return reverse("reports:page", args=[found.day, scope.unit.code]) if scope.unit else ""


def _companies(found: Numbers, scope: Scope, code: str) -> Sequence[Company]:
    """Return the companies that have a part in the number of the whole, the largest first."""
    if scope.unit or scope.house:
        return ()
    parts = [(unit, found.today.units[unit.pk][code].value) for unit in found.units]
    some = [(unit, value) for unit, value in parts if value]
    some.sort(key=lambda pair: (-pair[1], pair[0].path))
    return [_company(found, scope, unit, code, written(value)) for unit, value in some]


def _covers(found: Numbers, scope: Scope) -> Sequence[Company]:
    if scope.unit or scope.house:
        return ()
    today = found.today.units
    parts = [(u, cover(today[u.pk][STOCK].value, today[u.pk][USED].value)) for u in found.units]
    some = [(unit, days) for unit, days in parts if days is not None]
    some.sort(key=lambda pair: (pair[1], pair[0].path))
    return [_company(found, scope, unit, COVER, str(days)) for unit, days in some]


def _unknown(found: Numbers, scope: Scope, *codes: str) -> Sequence[str]:
    """Return the companies of which the number is not known, so that no sum is silently partial."""
    if scope.unit or scope.house:
        return ()
    today = found.today.units
    return [
        str(unit)
        for unit in found.units
        if any(today[unit.pk][code].state is State.UNKNOWN for code in codes)
    ]


def _company(found: Numbers, scope: Scope, unit: Unit, code: str, value: str) -> Company:
    return Company(str(unit), value, address(found.day, code, unit.code, wall=scope.wall))


def _bridge(code: str, scope: Scope, rows: Behind) -> Bridge | None:
    """Return how the number came from yesterday's: by its people, or by what was typed."""
    value, before = scope.today.get(code, NOTHING), scope.yesterday.get(code, NOTHING)
    now = value.value
    if before.value is None or before.missing > value.missing:
        return None
    if rows.of_people and not rows.typed:
        counted = value.derived if value.override else now
        # whoever does not see the people sees no bridge either, instead of a false one
        return bridge(rows.before, rows.people, now) if rows.count == counted else None
    if code in ISOLATED and _only_kind(code, scope):
        new, gone = (scope.today.get(each, NOTHING).value for each in MOVED)
        return told(before.value, new, gone, now)
    return None


def _only_kind(code: str, scope: Scope) -> bool:
    """Tell whether all that are under observation are so in this one way, today and yesterday."""
    others = [each for each in ISOLATED if each != code]
    days = (scope.today, scope.yesterday)
    return not any(day.get(each, NOTHING).value for day in days for each in others)


def _sent(actor: Actor, found: Numbers, scope: Scope, code: str) -> Number | None:
    """Return what today's report says of the number, where the facts have moved since."""
    report = found.reports.get(scope.unit.pk) if scope.unit else None
    if report is None or report.returned_at is not None:
        return None
    sent = frozen_values(actor, [report], [code])[report.unit_id].get(code, NOTHING).value
    return sent if sent != scope.today.get(code, NOTHING).value else None
