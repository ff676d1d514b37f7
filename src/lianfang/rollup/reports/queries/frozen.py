"""Reports as they were sent, and the corrections that lie over counted numbers."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import Kind, Number, Override, Source, State, Value
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import DailyReport, ReportFigure
from lianfang.rollup.reports.models import Override as Correction
from lianfang.rollup.reports.rules.states import Times, counts, is_late, report_state


def reports_of(actor: Actor, day: date, act: str = "reports.read") -> QuerySet[DailyReport]:
    """Return all versions of the reports of a day on which the actor may do this."""
    found = visible(DailyReport, actor, act).filter(day=day).select_related("unit", "response")
    return found.order_by("unit__path", "version")


def report_by_id(actor: Actor, pk: UUID, act: str = "reports.read") -> DailyReport:
    """Return a version of a report, or nothing to be found."""
    return get_object_or_404(visible(DailyReport, actor, act).select_related("unit"), pk=pk)


def newest(actor: Actor, day: date, *, counting: bool = False) -> Mapping[UUID, DailyReport]:
    """Return each unit's newest version of a day; only those that the bulletin takes, if asked."""
    return {
        report.unit_id: report
        for report in reports_of(actor, day)
        if not counting or counts(report_state(times_of(report)))
    }


def times_of(report: DailyReport | None) -> Times | None:
    """Return the times from which a report's state follows."""
    if report is None:
        return None
    return Times(report.submitted_at, report.accepted_at, report.returned_at)


def came_late(report: DailyReport | None, due: datetime, now: datetime) -> bool:
    """Tell whether a report came after it was due then, or is still out when it is due now."""
    if report is None or report.returned_at is not None:
        return is_late(due, None, now)
    return is_late(report.due, report.came_at, now)


def counting(actor: Actor, unit: Unit, day: date) -> DailyReport | None:
    """Return the newest version of a unit's report of a day that the bulletin takes."""
    came = [
        report
        for report in reports_of(actor, day).filter(unit=unit)
        if counts(report_state(times_of(report)))
    ]
    return came[-1] if came else None


def frozen_values(
    actor: Actor, reports: Iterable[DailyReport], codes: Collection[str] | None = None
) -> Mapping[UUID, Mapping[str, Value]]:
    """Return the frozen values of reports (of some figures), by unit and figure, by one query."""
    told = list(reports)
    found = values_by_report(actor, told, codes)
    return {report.unit_id: found[report.pk] for report in told}


def values_by_report(
    actor: Actor, reports: Iterable[DailyReport], codes: Collection[str] | None = None
) -> Mapping[UUID, Mapping[str, Value]]:
    """Return the frozen values of versions, by version and figure, by one query."""
    found: dict[UUID, dict[str, Value]] = {report.pk: {} for report in reports}
    rows = visible(ReportFigure, actor, "reports.read").filter(report__in=found)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    for row in rows.defer("counted") if found else ():
        found[row.report_id][row.code] = _value(row)
    return found


def overrides_of(
    actor: Actor, day: date, units: Collection[UUID] | None = None, as_of: datetime | None = None
) -> Mapping[tuple[UUID, str], Correction]:
    """Return the corrections that hold for a day, by unit and figure."""
    rows = visible(Correction, actor, "reports.read").filter(day=day)
    if units is not None:
        rows = rows.filter(unit__in=units)
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    last = {(row.unit_id, row.code): row for row in rows.order_by("id")}
    return {key: row for key, row in last.items() if not row.withdrawn}


def over(value: Value, correction: Correction | None) -> Value:
    """Lay a correction over a counted value, which stays beside it."""
    if correction is None:
        return value
    told = Override(
        plain(correction.code, correction.value),
        correction.reason,
        correction.by_name,
        correction.recorded_at,
    )
    derived = value.derived if value.derived is not None else value.value
    return Value(told.value, State.NUMBER, value.source, derived, told, value.text)


def plain(code: str, value: Number | None) -> Number | None:
    """Return a stored number as the register counts it: whole where things are counted."""
    whole = code not in FIGURES or FIGURES[code].kind is not Kind.DECIMAL
    return int(value) if value is not None and whole else value


def _value(row: ReportFigure) -> Value:
    override = None
    if row.override_at is not None:
        override = Override(
            plain(row.code, row.value), row.override_reason, row.override_by, row.override_at
        )
    return Value(
        plain(row.code, row.value),
        State(row.state),
        Source(row.source),
        plain(row.code, row.derived),
        override,
        row.text,
        row.missing,
    )
