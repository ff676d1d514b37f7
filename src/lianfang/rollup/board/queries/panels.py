"""The panels beside the table: people, the campaign with the city's curve, new situations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import Number
from lianfang.ground.response import queries as response
from lianfang.ground.response.queries.standing import CampaignNow, PeriodNow, Series
from lianfang.kernel.actor import Actor
from lianfang.rollup.board.queries.cells import address
from lianfang.rollup.board.queries.numbers import Numbers
from lianfang.rollup.board.rules.columns import (
    COMING_IN,
    ON_SITE_ROWS,
    OVERLAPPING,
    PARTS,
    RARE,
)
from lianfang.rollup.board.rules.curve import Curve, curve
from lianfang.rollup.board.rules.heat import Limits, Sign, sign_of
from lianfang.rollup.reports.models import DailyReport

FED = 8


@dataclass(frozen=True, slots=True)
class PeopleLine:
    """A number of people of the whole, and its change since yesterday where there was one.

    `fresh` places have no yesterday; what is still coming in today is not `compared` to a full day.
    """

    code: str
    label: str
    value: Number | None
    missing: int
    change: Number | None
    sign: Sign
    url: str
    part: int = 0
    fresh: int = 0
    compared: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar of whereabouts, in percent."""

    number: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class People:
    """How many there are, where they are, at what risk and under which control."""

    headcount: Number | None
    bar: Sequence[Part]
    lines: Sequence[PeopleLine]
    on_site: Sequence[PeopleLine]


@dataclass(frozen=True, slots=True)
class Course:
    """The campaign and the city's curve, with the method by which a turning point is stated."""

    campaign: CampaignNow | None
    period: PeriodNow | None
    series: Series | None
    curve: Curve | None


@dataclass(frozen=True, slots=True)
class News:
    """A new situation as a company has sent it; on a wall that there is one, and no words."""

    at: datetime
    unit: str
    text: str
    url: str


def people(told: Numbers, limits: Limits, *, wall: bool = False) -> People:
    """Return the panel of people: whereabouts add up, risk and control overlap."""

    def line(code: str, part: int = 0) -> PeopleLine:
        return _line(told, code, part, limits=limits, wall=wall)

    heads = told.today.total.get("headcount_total")
    parts = [line(code, at) for at, code in enumerate(PARTS, 1) if _known(told, code)]
    others = [line(code) for code in OVERLAPPING if _says(told, code)]
    on_site = [line(code) for code in ON_SITE_ROWS if _known(told, code)]
    some = bool(on_site and on_site[0].value)
    lines = [*parts, *others]
    return People(heads.value if heads else None, _bar(parts), lines, on_site if some else ())


def course(actor: Actor, now: datetime) -> Course | None:
    """Return the campaign that runs and the first case series; nothing where there is neither."""
    told = response.situation(actor, now)
    if told is None or not (told.campaign or told.series):
        return None
    series = told.series[0] if told.series else None
    days = {each.day: each.new_confirmed for each in series.days} if series else {}
    return Course(told.campaign, told.period, series, curve(days, _stretch(told.campaign)))


def news(told: Numbers, *, wall: bool = False) -> tuple[Sequence[News], int]:
    """Return the new situations that were sent for a day, the latest first, and how many."""
    sent = [row for row in told.reports.values() if row.new_issues and row.returned_at is None]
    sent.sort(key=lambda row: row.submitted_at, reverse=True)
    return [
        News(row.submitted_at, str(row.unit), "" if wall else row.new_issues, _page(row))
        for row in sent[:FED]
    ], len(sent)


def _page(row: DailyReport) -> str:
    return reverse("reports:page", args=[row.day, row.unit.code])


def _stretch(campaign: CampaignNow | None) -> tuple[date, date] | None:
    if campaign is None:
        return None
    return campaign.starts_on, campaign.starts_on + timedelta(days=campaign.count.of - 1)


def _known(told: Numbers, code: str) -> bool:
    return code in told.today.total and told.today.total[code].value is not None


def _says(told: Numbers, code: str) -> bool:
    """Tell whether a number is worth a line: a rare one is when it is not zero, or was not."""
    if code not in RARE or not _known(told, code):
        return _known(told, code)
    before = told.yesterday.total.get(code)
    return bool(told.today.total[code].value or (before and before.value))


def _line(told: Numbers, code: str, part: int, *, limits: Limits, wall: bool) -> PeopleLine:
    value = told.today.total[code]
    return PeopleLine(
        code,
        FIGURES[code].label,
        value.value,
        value.missing,
        told.change(code),
        sign_of(code, value.value, limits),
        address(told.day, code, wall=wall),
        part,
        told.fresh(code),
        code not in COMING_IN,
    )


def _bar(parts: Sequence[PeopleLine]) -> Sequence[Part]:
    whole = sum(part.value or 0 for part in parts)
    found, x = [], Decimal(0)
    for part in parts:
        if part.value and whole:
            share = Decimal(part.value) * 100 / Decimal(whole)
            found.append(Part(part.part, f"{x:.2f}%", f"{share:.2f}%"))
            x += share
    return found
