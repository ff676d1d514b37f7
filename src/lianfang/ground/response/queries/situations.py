"""How the response stands: level, phase, campaign, key period and the local case series."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import days, operating_day
from lianfang.ground.response.models import (
    Campaign,
    KeyPeriod,
    LocalCases,
    OfResponse,
    Phase,
    Response,
    ResponseLevel,
)
from lianfang.ground.response.queries.packs import READ, pack_or_none
from lianfang.ground.response.queries.standing import (
    CampaignNow,
    CasesDay,
    Former,
    Head,
    LevelNow,
    PeriodNow,
    PhaseNow,
    Series,
    Situation,
    Square,
)
from lianfang.ground.response.rules import (
    LEVEL_WORDS,
    STAGE_WORDS,
    Level,
    Method,
    Pack,
    Stage,
    TurningPoint,
    countdown,
    day_number,
    turning_point,
)
from lianfang.ground.response.rules.chart import Chart, chart
from lianfang.ground.response.rules.turning import means
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

WINDOW = "indicator.mean_window"
Row = TypeVar("Row", bound=OfResponse)


def current(actor: Actor) -> Response | None:
    """Return the response that is running, if there is one."""
    return visible(Response, actor, READ).filter(ended_at=None).order_by("started_at").last()


def countable(actor: Actor, unit: Unit, day: date) -> date:
    """Return a day for which a unit may be told something, or say why not.

    It lies within the response that is running, and not after the unit's own operating day.
    """
    zone = timezone.get_default_timezone()
    response, today = current(actor), operating_day(clock.now(), zone, unit.day_starts)
    if response is None:
        return days.countable(day, today)
    return days.countable(day, today, operating_day(response.started_at, zone, unit.day_starts))


def former(actor: Actor) -> list[Former]:
    """Return the responses that are over, the newest first."""
    over = visible(Response, actor, READ).exclude(ended_at=None).order_by("-started_at")
    return [
        Former(row.title_zh, row.title_en, row.started_at, row.ended_at, row.destroyed_at)
        for row in over
    ]


def head(actor: Actor, now: datetime) -> Head | None:
    """Return the response level with its day, for the top bar; none before a response."""
    response = current(actor)
    if response is None:
        return None
    rows = _rows(actor, ResponseLevel, response).filter(valid_from__lte=now)
    row = rows.last()
    words = LEVEL_WORDS[Level(row.level)] if row is not None else msgid("Response")
    start = timezone.localtime(response.started_at).date()
    return Head(words, day_number(start, timezone.localtime(now).date()))


def situation(actor: Actor, now: datetime) -> Situation | None:
    """Return how the response in force stands; none before one has begun."""
    response = current(actor)
    if response is None:
        return None
    today = timezone.localtime(now).date()
    levels = tuple(_level(row) for row in _rows(actor, ResponseLevel, response))
    phases = tuple(_phase(row) for row in _rows(actor, Phase, response))
    campaigns = tuple(_campaign(row, today) for row in _rows(actor, Campaign, response))
    level = next((each for each in reversed(levels) if each.since <= now), None)
    pack = pack_or_none(actor, now)
    started_on = timezone.localtime(response.started_at).date()
    return Situation(
        code=response.code,
        title_zh=response.title_zh,
        title_en=response.title_en,
        started_on=started_on,
        day=day_number(started_on, today),
        level=level,
        levels=levels,
        phase=next((each for each in reversed(phases) if each.since <= now), None),
        phases=phases,
        campaign=next((each for each in reversed(campaigns) if each.count.running), None),
        campaigns=campaigns,
        periods=tuple(_period(row, today) for row in _rows(actor, KeyPeriod, response)),
        series=_series(cases(actor, response, today), pack),
        pack=pack,
        pack_fits=pack is None or level is None or not pack.levels or level.level in pack.levels,
    )


def cases(actor: Actor, response: Response, until: date) -> tuple[CasesDay, ...]:
    """Return the last word on each region and day up to a day, in the order of days."""
    rows = visible(LocalCases, actor, READ).filter(response=response, day__lte=until)
    last = {(row.region, row.day): row for row in rows}
    return tuple(
        CasesDay(row.day, row.region, row.new_confirmed, row.source, row.replaces_id is not None)
        for row in sorted(last.values(), key=lambda row: (row.region, row.day))
    )


def _series(found: Sequence[CasesDay], pack: Pack | None) -> tuple[Series, ...]:
    regions: dict[str, list[CasesDay]] = {}
    for each in found:
        regions.setdefault(each.region, []).append(each)
    return tuple(
        Series(region, tuple(days), _indicator(days, pack), _method_text(pack), _chart(days, pack))
        for region, days in regions.items()
    )


def _indicator(days: Sequence[CasesDay], pack: Pack | None) -> TurningPoint | None:
    if pack is None or not pack.has("indicator.percent_under_peak"):
        return None
    method = Method(
        pack.number("indicator.percent_under_peak"),
        pack.whole("indicator.days_on_end"),
        pack.whole(WINDOW),
    )
    return turning_point({each.day: each.new_confirmed for each in days}, method)


def _chart(days: Sequence[CasesDay], pack: Pack | None) -> Chart:
    window = pack.whole(WINDOW) if pack is not None and pack.has(WINDOW) else 1
    series = {each.day: each.new_confirmed for each in days}
    return chart(series, means(series, window))


def _method_text(pack: Pack | None) -> object:
    path = "indicator.method"
    return pack.value(path) if pack is not None and pack.has(path) else None


def _rows(actor: Actor, model: type[Row], response: Response) -> QuerySet[Row]:
    return visible(model, actor, READ).filter(response=response)


def _level(row: ResponseLevel) -> LevelNow:
    level = Level(row.level)
    return LevelNow(level, LEVEL_WORDS[level], row.valid_from, row.document)


def _phase(row: Phase) -> PhaseNow:
    stage = Stage(row.stage)
    return PhaseNow(stage, STAGE_WORDS[stage], row.valid_from, row.summary)


def _campaign(row: Campaign, today: date) -> CampaignNow:
    days = [row.starts_on + timedelta(days=step) for step in range(row.days)]
    return CampaignNow(
        row.name,
        row.target,
        row.starts_on,
        countdown(row.starts_on, row.days, today),
        tuple(Square(day, day < today, day == today) for day in days),
    )


def _period(row: KeyPeriod, today: date) -> PeriodNow:
    return PeriodNow(
        row.name,
        row.starts_on,
        row.ends_on,
        max((row.ends_on - today).days, 0),
        row.starts_on <= today <= row.ends_on,
    )
