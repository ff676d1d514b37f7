"""A unit's report as it stands at this moment, before it is sent."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import FAMILIES
from lianfang.ground.figures.rules import Figure, Figures, Number, State, Value
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules.features import Feature, is_on
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import DailyReport, Narrative, Override
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.hours import day_end, due_on
from lianfang.rollup.reports.queries.names import signatures_of
from lianfang.rollup.reports.queries.occasions import asked_of, owing_units
from lianfang.rollup.reports.rules.checks import (
    Contradiction,
    Draft,
    contradictions,
    says_something,
)
from lianfang.rollup.reports.rules.states import (
    ReportState,
    Signed,
    Signing,
    counts,
    report_state,
)
from lianfang.rollup.reports.rules.yesterday import as_known

CHECKS = "report.checks"
NO_RESPONSE = msgid("No epidemic response is in force; begin one first.")

NO_UNIT = msgid("There is no unit %(code)s here.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the report: today, as counted, corrected, and yesterday."""

    figure: Figure
    value: Value
    yesterday: Value | None
    counted: bool
    override: Override | None = None

    @property
    def derived(self) -> Number | None:
        """Return what was counted."""
        return self.value.derived

    @property
    def override_was(self) -> Number | None:
        """Return the counted number that a correction stands over."""
        return self.value.derived if self.override else None

    @property
    def change(self) -> Number | None:
        """Return the difference from yesterday, where both are known."""
        if self.value.value is None or self.yesterday is None or self.yesterday.value is None:
            return None
        return self.value.value - self.yesterday.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that a clerk sees of the report of a unit and day."""

    unit: Unit
    day: date
    response: Response
    as_of: datetime
    due: datetime
    owes: bool
    asked: bool
    versions: Sequence[DailyReport]
    table: Figures
    entries: Sequence[Entry]
    new_issues: str
    help_needed: str
    zero: bool
    saved_at: datetime | None
    contradictions: Sequence[Contradiction]
    says_something: bool
    asks_zero: bool
    signatures: Sequence[Signed]
    digest: str
    former_digest: str
    signed: frozenset[Signing] = field(default=frozenset())

    @property
    def report(self) -> DailyReport | None:
        """Return the newest version, if anything was sent."""
        return self.versions[-1] if self.versions else None

    @property
    def version(self) -> int:
        """Return the number of the newest version; 0 before the first."""
        return self.report.version if self.report else 0

    @property
    def state(self) -> ReportState:
        """Return the state of the newest version."""
        return report_state(frozen.times_of(self.report))

    @property
    def late(self) -> bool:
        """Tell whether the report came late or is late by now."""
        return self.asked and frozen.came_late(self.report, self.due, clock.now())

    @property
    def came_at(self) -> datetime | None:
        """Return when the report came that a next version would take the place of."""
        return self.report.came_at if self.report and counts(self.state) else None

    @property
    def changed(self) -> bool:
        """Tell whether the numbers have moved since the newest version was sent."""
        return self.report is None or self.digest != self.former_digest


def response_of(actor: Actor) -> Response:
    """Return the response in force, or say that there is none."""
    found = response.current(actor)
    if found is None:
        raise Conflict(NO_RESPONSE)
    return found


def standing(actor: Actor, unit: Unit, day: date) -> Standing:
    """Return a unit's report as it stands, with what is wrong with it."""
    now = clock.now()
    pack = response.pack_at(actor, now)
    table = figures.of_day(actor, [unit], day, now)
    versions = list(frozen.reports_of(actor, day).filter(unit=unit))
    report = versions[-1] if versions else None
    before = frozen.counting(actor, unit, day - timedelta(days=1))
    sent = frozen.values_by_report(actor, [each for each in (report, before) if each])
    settled = sent[before.pk] if before else _counted_then(actor, unit, day - timedelta(days=1))
    entries = _entries(actor, unit, table, settled)
    texts = visible(Narrative, actor, "reports.read").filter(unit=unit, day=day).first()
    draft = Draft(
        today={entry.figure.code: entry.value.value for entry in entries},
        yesterday={e.figure.code: e.yesterday.value if e.yesterday else None for e in entries},
        zero=texts.zero if texts else False,
        new_issues=texts.new_issues if texts else "",
        events=pack.texts("report.event_figures"),
        checks=pack.entries(CHECKS) if pack.has(CHECKS) else (),
    )
    owing = unit.kind in pack.texts("report.owing_unit_kinds")
    asks_zero = is_on(pack, Feature.ZERO_REPORT)
    former = sent[report.pk] if report else {}
    digest = _digest(_comparable(entries, former), draft, texts)
    signatures = signatures_of(actor, unit, day, digest)
    return Standing(
        unit=unit,
        day=day,
        response=response_of(actor),
        as_of=now,
        due=due_on(actor, day, unit),
        owes=owing,
        asked=owing and bool(asked_of(actor, [unit], day, now, table)),
        versions=versions,
        table=table,
        entries=entries,
        new_issues=draft.new_issues,
        help_needed=texts.help_needed if texts else "",
        zero=draft.zero,
        saved_at=texts.saved_at if texts else None,
        contradictions=contradictions(draft),
        says_something=says_something(draft) or not asks_zero,
        asks_zero=asks_zero,
        signatures=signatures,
        digest=digest,
        former_digest=_former_digest(report, former) if report else "",
        signed=frozenset(Signing(s.part) for s in signatures if s.valid),
    )


def owes(actor: Actor, unit: Unit) -> bool:
    """Tell whether a unit owes a daily report of its own."""
    return unit.kind in response.pack_at(actor, clock.now()).texts("report.owing_unit_kinds")


def counted_value(actor: Actor, unit: Unit, day: date, code: str) -> Value | None:
    """Return what is counted for a figure at a unit and below it; nothing where it is typed."""
    table = figures.of_day(actor, [unit], day)
    return table.total(unit.pk, code) if _counted_here(table, unit, code) else None


def _counted_here(table: Figures, unit: Unit, code: str) -> bool:
    family = table.register[code].family
    return family is not None and unit.pk in table.derived_at.get(family, frozenset())


def counted_ids(actor: Actor, told: Standing) -> Mapping[str, bytes]:
    """Return, for each counted figure, the ids of the rows that it counts, 16 bytes each."""
    table = told.table
    places = {place.id for place in table.below(told.unit.pk)}
    found: dict[str, bytes] = {}
    for entry in told.entries:
        family = FAMILIES.get(entry.figure.family or "")
        if family is None or not entry.derived:
            continue
        derived = places & table.derived_at.get(family.code, frozenset())
        rows = family.rows(actor, entry.figure.code, derived, told.day, told.as_of)
        keys = rows.order_by().values_list("pk", flat=True)
        found[entry.figure.code] = b"".join(key.bytes for key in keys)
    return found


def _entries(
    actor: Actor, unit: Unit, table: Figures, before: Mapping[str, Value]
) -> Sequence[Entry]:
    corrections = frozen.overrides_of(actor, table.day, [unit.pk])
    return [
        Entry(
            table.register[code],
            frozen.over(value, corrections.get((unit.pk, code))),
            before.get(code),
            _counted_here(table, unit, code),
            corrections.get((unit.pk, code)),
        )
        for code, value in table.of(unit.pk).items()
        if not table.is_silent(unit.pk, code)
    ]


def _counted_then(actor: Actor, unit: Unit, day: date) -> Mapping[str, Value]:
    """Return the values of a day that is over and of which nothing was sent."""
    then = figures.of_day(actor, [unit], day, day_end(day, unit.day_starts))
    return as_known(then.of(unit.pk))


def _comparable(entries: Sequence[Entry], former: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the values that are signed; a figure that came up after it was sent moves none."""
    return {
        entry.figure.code: entry.value
        for entry in entries
        if not former or entry.figure.code in former
    }


def _digest(values: Mapping[str, Value], draft: Draft, texts: Narrative | None) -> str:
    parts = [
        f"{code}={value.value if value.state == State.NUMBER else value.state}{value.text}"
        f"?{value.missing}"
        for code, value in sorted(values.items())
    ]
    parts += [draft.new_issues, texts.help_needed if texts else "", str(draft.zero)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _former_digest(report: DailyReport, values: Mapping[str, Value]) -> str:
    texts = Narrative(help_needed=report.help_needed)
    draft = Draft(today={}, yesterday={}, zero=report.zero, new_issues=report.new_issues)
    return _digest(values, draft, texts)


def is_in(actor: Actor, unit: Unit, day: date) -> bool:
    """Tell whether a unit's report of a day has come in and was not sent back."""
    report = frozen.reports_of(actor, day).filter(unit=unit).last()
    return counts(report_state(frozen.times_of(report)))


def my_units(actor: Actor) -> Sequence[Unit]:
    """Return the units in sight that owe a report."""
    return owing_units(actor, clock.now())


def unit_here(actor: Actor, code: str, act: str) -> Unit:
    """Return a unit on which the actor may do this, or nothing to be found."""
    found = orgs.unit_by_code(actor, code, act)
    if found is None:
        raise NotAllowed(NO_UNIT, code=code)
    return found
