"""The shapes of reports and bulletins that outside programs rely on (architecture, part 7)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from ninja import Schema

from lianfang.ground.figures.api import FigureOut, out
from lianfang.ground.figures.rules import plain
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.queries.bulletins import (
    bulletin_content,
    bulletin_of,
    chat,
    live_content,
)
from lianfang.rollup.reports.queries.standing import Standing
from lianfang.rollup.reports.rules.bulletin import Content
from lianfang.rollup.reports.rules.contract import by_unit


class SignatureOut(Schema):
    """A name under the numbers."""

    part: str
    name: str
    at: datetime
    recorded_for: str
    valid: bool
    in_stead_of: str = ""
    heard: str = ""


class ReportOut(Schema):
    """A unit's report of a day."""

    day: date
    unit: str
    version: int
    state: str
    late: bool
    figures: list[FigureOut]
    new_situations: str
    signatures: list[SignatureOut]


class UnitReportOut(Schema):
    """The report of one unit as the bulletin sees it."""

    state: str
    version: int
    submitted_at: datetime | None
    late: bool


class UnitOut(Schema):
    """A unit that owes a report."""

    code: str
    name: str
    report: UnitReportOut


class ErratumOut(Schema):
    """A figure that a new version of a released bulletin corrects."""

    code: str
    label: str
    was: float | None
    now: float | None
    number: int
    reason: str
    by: str
    at: datetime | None


class Texts(Schema):
    """The bulletin as text for a chat group."""

    zh: str
    en: str


class BulletinOut(Schema):
    """The group's bulletin of a day."""

    group: str
    day: date
    version: int
    state: str
    as_of: datetime
    released_at: datetime | None
    units: list[UnitOut]
    missing: list[str]
    figures: list[FigureOut]
    by_unit: dict[str, dict[str, float | None]]
    errata: list[ErratumOut]
    text: Texts


def report_out(told: Standing) -> ReportOut:
    """Return a unit's report of a day as it stands."""
    asked = {"day": str(told.day), "unit": told.unit.code}
    return ReportOut(
        day=told.day,
        unit=told.unit.code,
        version=told.version,
        state=told.state.value,
        late=told.late,
        figures=[out(entry.figure, entry.value, asked) for entry in told.entries],
        new_situations=told.new_issues,
        signatures=_signatures(told),
    )


def bulletin_out(actor: Actor, day: date) -> BulletinOut:
    """Return the newest bulletin of a day as it was frozen, or as it would be now."""
    found = bulletin_of(actor, day)
    content = bulletin_content(actor, found) if found else live_content(actor, day)
    return BulletinOut(
        group=content.group,
        day=day,
        version=found.version if found else 0,
        state=_state(found.checked_at, found.released_at) if found else "draft",
        as_of=content.as_of,
        released_at=found.released_at if found else None,
        units=_units(content),
        missing=list(content.missing),
        figures=[out(line.figure, line.today) for line in content.lines],
        by_unit=by_unit(content),
        errata=[
            ErratumOut(
                code=e.code,
                label=_(e.label),
                was=plain(e.was),
                now=plain(e.now),
                number=e.number or at,
                reason=e.reason,
                by=e.by,
                at=e.at,
            )
            for at, e in enumerate(content.errata, 1)
        ],
        text=Texts(zh=chat(content, "zh-hans"), en=chat(content, "en")),
    )


def _state(checked: datetime | None, released: datetime | None) -> str:
    if released is not None:
        return "released"
    return "checked" if checked is not None else "draft"


def _units(content: Content) -> list[UnitOut]:
    return [
        UnitOut(
            code=unit.code,
            name=unit.name,
            report=UnitReportOut(
                state=unit.state.value,
                version=unit.version,
                submitted_at=unit.submitted_at,
                late=unit.late,
            ),
        )
        for unit in content.units
        if unit.owes
    ]


def _signatures(told: Standing) -> list[SignatureOut]:
    return [
        SignatureOut(
            part=row.part,
            name=row.recorder or row.name,
            at=row.at,
            recorded_for=row.name if row.recorder else "",
            valid=row.valid,
            in_stead_of=row.stead,
            heard=row.heard,
        )
        for row in told.signatures
    ]
