"""The bulletin of a day: as it would be now, and as it was drafted, checked and released."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, override

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import ordered
from lianfang.ground.figures.rules import Figures, Kind, Value, total
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing.rules import Hand
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import Bulletin, DailyReport
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.hours import dues_on, everywhere_over
from lianfang.rollup.reports.queries.occasions import owing_units, units_of_day
from lianfang.rollup.reports.queries.standing import response_of
from lianfang.rollup.reports.rules.bulletin import Content, UnitReport, compose, nested
from lianfang.rollup.reports.rules.chat import chat_text
from lianfang.rollup.reports.rules.contract import thaw
from lianfang.rollup.reports.rules.days import situation_key
from lianfang.rollup.reports.rules.states import (
    DAILY_SITUATION,
    ReportState,
    Situation,
    report_state,
)
from lianfang.rollup.reports.rules.wording import Paper, paper
from lianfang.rollup.reports.rules.yesterday import as_known

NO_GROUP = msgid("There is no daily situation for you here.")
Reports = Mapping[UUID, DailyReport]
Values = Mapping[UUID, Mapping[str, Value]]


def bulletins(actor: Actor, act: str = "bulletins.read") -> QuerySet[Bulletin]:
    """Return the bulletins on which the actor may do this, the newest version of a day last."""
    return visible(Bulletin, actor, act).select_related("unit", "response")


def bulletin_of(actor: Actor, day: date, act: str = "bulletins.read") -> Bulletin | None:
    """Return the newest version of the bulletin of a day."""
    return bulletins(actor, act).filter(day=day).order_by("version").last()


def released_of(actor: Actor, day: date) -> Bulletin | None:
    """Return the newest issued version of the bulletin of a day."""
    return bulletins(actor).filter(day=day, released_at__isnull=False).order_by("version").last()


def bulletin_content(actor: Actor, bulletin: Bulletin) -> Content:
    """Return a bulletin's content as it was frozen; a draft has the number that it will get."""
    number = bulletin.number or number_of(actor, bulletin.response_id, bulletin.day)[0]
    told = thaw(bulletin.content, bulletin.remark)
    return replace(told, number=number, signatures=told.signatures or _hands(actor, bulletin))


def _hands(actor: Actor, bulletin: Bulletin) -> Sequence[Hand]:
    """Return who has signed a draft so far, or what was issued before hands were frozen."""
    key = situation_key(bulletin.day, bulletin.version)
    rows, held = signing.said_on(actor, DAILY_SITUATION, key, [*Situation], bulletin.digest)
    if rows:
        return [hand for row, hand in rows if row.pk in held]
    told = [(step, getattr(bulletin, f"{step}_at")) for step in Situation]
    return [
        Hand(part=step, name=getattr(bulletin, f"{step}_by_name"), at=at)
        for step, at in told
        if at is not None
    ]


def number_of(actor: Actor, response: UUID, day: date) -> tuple[int, bool]:
    """Return the number of a day's bulletin in a response, and whether the day has it already."""
    given = visible(Bulletin, actor, "bulletins.read").filter(
        response=response, number__isnull=False
    )
    found = given.aggregate(own=Max("number", filter=Q(day=day)), last=Max("number"))
    if found["own"] is not None:
        return found["own"], True
    return (found["last"] or 0) + 1, False


def live_content(actor: Actor, day: date) -> Content:
    """Return the bulletin as it would be now: reports in, missing ones by yesterday's, marked."""
    now = clock.now()
    group = the_group(actor)
    owing = owing_units(actor, now)
    told = units_of_day(actor, day, now)
    units = [*of_units(actor, told, day, now), _of_group(actor, group, owing, day, now)]
    counted = [f for f in ordered() if f.kind is not Kind.TEXT]
    silent = figures.silent_everywhere(actor, [f.code for f in counted], day)
    lines, missing = compose([f for f in counted if f.code not in silent], units)
    return Content(
        group=group.code,
        group_name=orgs.name_on(actor, group, day),
        day=day,
        number=number_of(actor, response_of(actor).pk, day)[0],
        as_of=now,
        units=units,
        lines=lines,
        missing=missing,
    )


def the_group(actor: Actor) -> Unit:
    """Return the group itself, for those who may see the whole of it."""
    group = orgs.group(actor)
    if group is None or not tree.is_root(group.path):
        raise NotAllowed(NO_GROUP)
    return group


def draft_paper(content: Content, language: str) -> Paper:
    """Return the daily situation as it is read, in the installation's own wording if it has one."""
    with override(language):
        return paper(content, language, get_default_timezone(), settings.DATA / "papers", gettext)


def chat(content: Content, language: str) -> str:
    """Return the bulletin as text for a chat group."""
    return chat_text(content, language, get_default_timezone(), settings.DATA / "papers")


def of_units(actor: Actor, owing: Sequence[Unit], day: date, now: datetime) -> Sequence[UnitReport]:
    """Return the reports of units as a total takes them in: a missing one by its yesterday."""
    dues = dues_on(actor, day, owing)
    newest = frozen.newest(actor, day)
    sent = {unit: report for unit, report in newest.items() if report.returned_at is None}
    before = frozen.newest(actor, day - timedelta(days=1), counting=True)
    values = frozen.frozen_values(actor, [*sent.values()])
    previous = frozen.frozen_values(actor, [*before.values()])
    paths = [unit.path for unit in owing]
    found = [
        _of_unit(unit, newest.get(unit.pk), values, previous, dues[unit.pk], now)
        for unit in sorted(owing, key=lambda unit: unit.path)
    ]
    return [
        replace(one, nested=nested(path, paths))
        for one, path in zip(found, sorted(paths), strict=True)
    ]


def _of_unit(
    unit: Unit,
    report: DailyReport | None,
    values: Values,
    previous: Values,
    due: datetime,
    now: datetime,
) -> UnitReport:
    came = unit.pk in values and report is not None
    return UnitReport(
        code=unit.code,
        name=str(unit),
        sector=unit.sector,
        state=report_state(frozen.times_of(report)),
        version=report.version if report else 0,
        submitted_at=report.submitted_at if report else None,
        late=frozen.came_late(report, due, now),
        values=values[unit.pk] if came else previous.get(unit.pk, {}),
        previous=previous.get(unit.pk, {}),
        stale=not came,
        new_issues=report.new_issues if report and came else "",
        help_needed=report.help_needed if report and came else "",
    )


def _of_group(
    actor: Actor, group: Unit, owing: Sequence[Unit], day: date, now: datetime
) -> UnitReport:
    """Return what the group's own house counts: its departments, which owe no report."""
    yesterday = day - timedelta(days=1)
    today = figures.of_day(actor, [group], day, min(now, everywhere_over(actor, day)))
    before = figures.of_day(actor, [group], yesterday, everywhere_over(actor, yesterday))
    return UnitReport(
        code=group.code,
        name=str(group),
        sector=group.sector,
        state=ReportState.ACCEPTED,
        version=0,
        submitted_at=None,
        late=False,
        values=own_house(table=today, owing=owing, codes=today.register),
        previous=as_known(own_house(table=before, owing=owing, codes=before.register)),
        owes=False,
    )


def own_house(
    *, table: Figures, owing: Sequence[Unit], codes: Iterable[str]
) -> Mapping[str, Value]:
    """Return what is counted outside of the units that report: the group's own departments."""
    paths = [unit.path for unit in owing]
    own = [
        place for place in table.places if not any(tree.within(place.path, path) for path in paths)
    ]
    return {code: total(table.own(place.id, code) for place in own) for code in codes}
